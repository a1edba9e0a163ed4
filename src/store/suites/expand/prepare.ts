import type { Item, Task } from "../../../domain/suite.ts";
import type { Problem, Text } from "../../../domain/text.ts";
import type { Cell } from "../../../domain/variables/matrix.ts";
import type { VariableUse, Variables } from "../../../domain/variables/variables.ts";
import type { Locate } from "../../yaml/yaml.ts";
import type { Row } from "../rows.ts";
import type { ParsedSuite } from "../suites.ts";
import type { ExamplePool } from "./examples.ts";

import { cellsOf, idInCell } from "../../../domain/variables/matrix.ts";
import { filled, usesVariables, variableUses } from "../../../domain/variables/variables.ts";
import { unknownNames } from "../../../domain/wrap/template.ts";
import { problemError } from "../../../files/text-file.ts";
import { unknownName } from "../../../validation/suggest.ts";
import { problemAt } from "../../yaml/yaml.ts";
import { examplesFile, fileProblem } from "../suites.ts";
import { drawExamples, readExamples, replyNames } from "./examples.ts";

/** Makes of an item as it was written those that are asked: one in each cell of the task's matrix. */
export type Preparer = {
  readonly cells: readonly Cell[];
  /** The item in a cell, with its variables filled in and its examples drawn; `locate` is relative to the item. */
  readonly prepare: (item: Item, cell: Cell, locate: Locate) => Row<Item>;
  /** Variables that the task or an item prepared so far uses. */
  readonly used: ReadonlySet<string>;
  /** Variables that an item prepared so far defines, with the place of the first definition. */
  readonly defined: ReadonlyMap<string, Problem["place"]>;
};

/** Opens what the items of a task need besides themselves. Rejects with a `UserError` where their examples cannot be drawn. */
export async function openPreparer(suite: ParsedSuite, task: Task): Promise<Preparer> {
  const index = suite.suite.tasks.indexOf(task);
  const pool = await openPool(suite, index, task);
  const { items: _i, vars, matrix, ...texts } = task;
  const ofTask = variableUses(texts, ["tasks", index]);
  const outer = { ...suite.suite.vars, ...vars };
  const used = new Set(ofTask.map(({ name }) => name));
  const defined = new Map<string, Problem["place"]>();
  const isPlain =
    pool === null && matrix === undefined && ofTask.length === 0 && Object.keys(outer).length === 0;
  const prepare: Preparer["prepare"] = (item, cell, locate) => {
    if (isPlain && item.vars === undefined && !usesVariables(item)) {
      return { ok: true, value: item, text: null };
    }
    const { vars: own = {}, ...rest } = item;
    const all: Variables = { ...outer, ...own, ...cell };
    const uses = variableUses(rest);
    for (const { name } of uses) used.add(name);
    for (const name of Object.keys(own)) {
      // A generator has read what its matrix says.
      if (item.axes?.includes(name) !== true && !defined.has(name))
        defined.set(name, locate(["vars", name], "key"));
    }
    const problems = [
      ...unknownIn(uses, all, locate),
      ...unknownIn(ofTask, all, suite.locate),
      ...Object.keys(own)
        .filter((name) => Object.hasOwn(cell, name))
        .map((name) => problemAt(locate, ["vars", name], isAxis(name), "key")),
    ];
    if (problems.length > 0) return { ok: false, problems };
    const shots = pool === null ? 0 : shotsOf(pool, all);
    if (typeof shots !== "number") {
      const problem = problemAt(suite.locate, ["tasks", index, "examples", "n"], shots);
      return { ok: false, problems: [problem] };
    }
    const examples =
      item.examples === undefined && pool !== null
        ? { examples: drawExamples(pool, item, shots) }
        : {};
    const axes = [...(item.axes ?? []), ...Object.keys(cell)];
    const value = {
      ...filled(rest, all),
      ...examples,
      id: idInCell(item.id, cell),
      ...(Object.keys(cell).length === 0 ? {} : { cluster: clusterOf(task, item) }),
      ...(Object.keys(all).length === 0 ? {} : { vars: all }),
      ...(axes.length === 0 ? {} : { axes }),
    };
    return { ok: true, value: value as Item, text: null };
  };
  return { cells: cellsOf(matrix), prepare, used, defined };
}

/** What is asked in several cells is one item for the intervals. */
const clusterOf = (task: Task, item: Item): string =>
  item.cluster ?? task.cluster ?? `${task.id}/${item.id}`;

function unknownIn(
  uses: readonly VariableUse[],
  known: Variables,
  locate: Locate,
): readonly Problem[] {
  return uses
    .filter(({ name }) => !Object.hasOwn(known, name))
    .map(({ name, path }) => {
      const names = Object.keys(known);
      const message = unknownName({ zh: "变量", en: "variable" }, name, names);
      return problemAt(locate, path, names.length === 0 ? withoutAny(message) : message);
    });
}

const withoutAny = ({ zh, en }: Text): Text => ({
  zh: `${zh}；变量写在 vars: 里，要原样写出这几个字，前面加反斜杠：\\{{`,
  en: `${en}; variables stand under vars:, and a backslash before the braces, \\{{, writes them as they are`,
});

const isAxis = (name: string): Text => ({
  zh: `${name} 是 matrix 的轴，题目不能另给它一个值`,
  en: `${name} is an axis of the matrix, so an item cannot give it a value of its own`,
});

async function openPool(
  suite: ParsedSuite,
  index: number,
  task: Task,
): Promise<ExamplePool | null> {
  const named = examplesFile(suite, task);
  const { examples } = task;
  if (named === null || examples === undefined || !("from" in examples)) return null;
  const at = (path: readonly PropertyKey[], message: Text): Problem =>
    problemAt(suite.locate, ["tasks", index, "examples", ...path], message);
  const kind = { zh: "模板变量", en: "template name" };
  const unknown = unknownNames(examples.reply ?? "", replyNames);
  const problems = unknown.map((name) => at(["reply"], unknownName(kind, name, replyNames)));
  const problem = await fileProblem(suite, ["tasks", index, ...named.path], named);
  if (problem !== null || problems.length > 0)
    throw problemError([...problems, ...(problem === null ? [] : [problem])]);
  const pool = await readExamples(named.file, examples);
  const shots = typeof examples.n === "number" ? shotsOf(pool, {}) : 0;
  if (typeof shots === "number") return pool;
  throw problemError([at(["n"], shots)]);
}

/** How many examples an item gets, or what is wrong with that. */
function shotsOf({ rows, settings: { n, from } }: ExamplePool, vars: Variables): number | Text {
  const wanted = typeof n === "number" ? n : Number(filled(n, vars).trim() || "NaN");
  if (!Number.isSafeInteger(wanted) || wanted < 0) return notANumber(filled(String(n), vars));
  return wanted <= rows.length ? wanted : tooFew(wanted, from, rows.length);
}

const notANumber = (value: string): Text => ({
  zh: `示例的个数应为不小于 0 的整数，实为 ${value}`,
  en: `expected a whole number of examples from 0; got ${value}`,
});

const tooFew = (n: number, file: string, rows: number): Text => ({
  zh: `要 ${n} 个示例，${file} 里只有 ${rows} 行`,
  en: `${n} examples are wanted, and ${file} has ${rows} rows`,
});
