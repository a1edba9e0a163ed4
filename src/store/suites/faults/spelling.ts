import type { Item, Task, Turn } from "../../../domain/suite.ts";
import type { Problem, Text } from "../../../domain/text.ts";
import type { Locate } from "../../yaml/yaml.ts";
import type { ParsedSuite } from "../suites.ts";

import { isObject } from "../../../domain/json.ts";
import { problemAt } from "../../yaml/yaml.ts";

/** Graders for which 010 and 10 are one answer. */
const numberGraders: ReadonlySet<string> = new Set(["numeric", "math"]);

type Path = readonly PropertyKey[];

/** A number or a truth value as it stands in the file, or null where that is not known. */
type Written = (path: Path) => string | null;

/**
 * Golds and options that YAML or JSON read as another text than the one written: 000001 is the number 1, 1.10 is 1.1, 1e3 is
 * 1000, True is true. Options are shown to the model, so they count whatever the grader; golds where texts are compared.
 * `line` is the item's line of a data file, null for an item of the suite's own file.
 */
export function lostSpellingIn(
  suite: Pick<ParsedSuite, "file" | "text">,
  task: Task,
): (item: Item, locate: Locate, line: string | null) => readonly Problem[] {
  const inYaml = writtenInYaml(suite);
  return (item, locate, line) =>
    line === null
      ? lostIn(item, item.grader ?? task.grader, (path) => inYaml(locate, path), locate)
      : mayLose.test(line)
        ? lostIn(item, item.grader ?? task.grader, writtenInJson(line), locate)
        : [];
}

/** The same for what a task or a suite says for all its items. */
export function lostSpellingOf(
  suite: Pick<ParsedSuite, "file" | "text">,
  holder: Partial<Pick<Task, "grader">> & Omit<Golds, "turns">,
  locate: Locate,
): readonly Problem[] {
  const inYaml = writtenInYaml(suite);
  return lostIn(holder, holder.grader ?? { use: "" }, (path) => inYaml(locate, path), locate);
}

/** What becomes part of a text that is sent or compared. */
type Golds = Pick<Turn, "options" | "answer" | "answers"> &
  Pick<Item, "turns" | "vars"> &
  Pick<Task, "matrix">;

function lostIn(
  golds: Golds,
  grader: { readonly use: string },
  written: Written,
  locate: Locate,
): readonly Problem[] {
  const own = (holder: Pick<Turn, "options" | "answer" | "answers">, use: string, base: Path) => [
    ...scalarsOf(holder.options, [...base, "options"]),
    ...(numberGraders.has(use)
      ? []
      : [
          ...scalarsOf(holder.answer, [...base, "answer"]),
          ...scalarsOf(holder.answers, [...base, "answers"]),
        ]),
  ];
  const all = [
    ...scalarsOf(golds.vars, ["vars"]),
    ...scalarsOf(golds.matrix, ["matrix"]),
    ...own(golds, grader.use, []),
    ...(golds.turns ?? []).flatMap((turn, index) =>
      own(turn, (turn.grader ?? grader).use, ["turns", index]),
    ),
  ];
  return all.flatMap(({ value, path }) => {
    const text = written(path);
    return text === null || text === String(value) || (isPart(path) && isSameNumber(text, value))
      ? []
      : [problemAt(locate, path, unquoted(text, String(value)))];
  });
}

/** A member of an answer of several parts, where numbers are compared as numbers: 1280.50 is 1280.5. */
const isPart = (path: Path): boolean => {
  const at = path.lastIndexOf("answer");
  return at >= 0 && typeof path[at + 1] === "string";
};

const isSameNumber = (text: string, value: unknown): boolean =>
  /^-?(?:0|[1-9]\d*)\.\d*0$/.test(text) && Number(text) === value;

/** Numbers and truth values inside, each with its path. */
function scalarsOf(value: unknown, path: Path): readonly { value: unknown; path: Path }[] {
  if (typeof value === "number" || typeof value === "boolean") return [{ value, path }];
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown, index) => scalarsOf(each, [...path, index]));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => scalarsOf(each, [...path, name]));
}

/** Plain scalars by their place in the text: quotes hold texts, and an alias stands for what its anchor marks. */
function writtenInYaml({ file, text }: Pick<ParsedSuite, "file" | "text">) {
  let lines: readonly string[] | null = null;
  return (locate: Locate, path: Path): string | null => {
    const { file: where, line, column } = locate(path);
    if (where !== file || line === null || column === null) return null;
    lines ??= text.split("\n");
    const rest = (lines[line - 1] ?? "").slice(column - 1);
    const alias = /^\*([^\s,\]}]+)/.exec(rest)?.[1];
    if (alias === undefined) return scalarAt(rest);
    const at = text.indexOf(`&${alias} `);
    return at === -1 ? null : scalarAt(text.slice(at, text.indexOf("\n", at)));
  };
}

/** The plain scalar that begins here, behind an anchor or a tag. */
const scalarAt = (rest: string): string | null =>
  /^(?:[&!]\S*\s+)*([^\s,\]}#"'&*!|>]+)/.exec(rest)?.[1] ?? null;

/** Whether a line of JSON can hold a number in another spelling than JavaScript's own. */
const mayLose = /[:[,]\s*-?(?:0[,\s}\]]|\d+(?:\.\d*0[,\s}\]]|(?:\.\d+)?[eE]|\.\d{16}))/;

function writtenInJson(line: string): Written {
  const sources: unknown = JSON.parse(
    line,
    (_key, value: unknown, context?: { readonly source?: string }) =>
      typeof value === "number" ? (context?.source ?? null) : value,
  );
  return (path) => {
    const found = path.reduce<unknown>(
      (inside, name) =>
        typeof inside === "object" && inside !== null ? Reflect.get(inside, name) : undefined,
      sources,
    );
    return typeof found === "string" ? found : null;
  };
}

const unquoted = (written: string, read: string): Text => ({
  zh: `没有加引号，${written} 会被读成 ${read}；请写成 "${written}"`,
  en: `without quotes, ${written} is read as ${read}; write "${written}"`,
});
