import type { Task } from "../../../domain/suite.ts";
import type { Text } from "../../../domain/text.ts";
import type { ParsedSuite } from "../suites.ts";
import type { Generators, ItemSource } from "./item-source.ts";

import { ladderLevels } from "../../../domain/variables/levels.ts";
import { idInCell } from "../../../domain/variables/matrix.ts";
import { problemError } from "../../../files/text-file.ts";
import { validate } from "../../../validation/issues.ts";
import { inOrder, problemAt } from "../../yaml/yaml.ts";
import { builtinOf, itemsPath } from "./builtin-generator.ts";
import { inParts } from "./in-parts.ts";
import { seedOfCell, seedOfTask } from "./seeds.ts";

/**
 * The items of a ladder from its easiest level, `n` of each. A level draws from a seed of its own, so that its items and
 * their ids stay when other levels come and go. Rejects with a `UserError` for levels that the generator does not have and
 * for options that a level sets itself.
 */
export async function ladderSource(
  suite: ParsedSuite,
  task: Task,
  generators: Generators,
): Promise<ItemSource> {
  if (!("generate" in task.items)) throw new TypeError("not a generated task");
  const { generate, n, with: given = {}, levels } = task.items;
  const generator = await builtinOf(suite, task, generators);
  const path = itemsPath(suite, task);
  const known = generator.levels ?? [];
  const wanted = ladderLevels(levels);
  if (wanted.some((level) => level > known.length)) {
    const message = noLevel(generate, known.length);
    throw problemError([problemAt(suite.locate, path("levels"), message)]);
  }
  const taken = Object.keys(Object(known[0]?.options ?? {})).filter((name) => name in given);
  const problems = taken.map((name) =>
    problemAt(suite.locate, path("with", name), setByLevel(name), "key"),
  );
  const options = validate(generator.options, { ...Object(known[0]?.options ?? {}), ...given });
  if (!options.ok && problems.length === 0) {
    problems.push(
      ...options.findings.map(({ path: inner, at, message }) =>
        problemAt(suite.locate, path("with", ...inner), message, at),
      ),
    );
  }
  if (problems.length > 0) throw problemError(inOrder(problems));
  const seed = seedOfTask(suite, task);
  const rungs = wanted.map((level) => {
    const { options: own, floor } = known[level - 1] ?? { options: {}, floor: 0 };
    const settings = { n, seed: seedOfCell(seed, { level }), with: { ...given, ...Object(own) } };
    return { level, floor, source: generator.make(settings) };
  });
  return inParts(
    n,
    rungs.map(({ source }) => source),
    (item, part) => {
      const { level = 1, floor = 0 } = rungs[part] ?? {};
      const id = idInCell(item.id, { level });
      return { ...item, id, difficulty: level, ladder: { level, floor } };
    },
  );
}

const setByLevel = (name: string): Text => ({
  zh: `${name} 由 levels 的各级决定，不能再写`,
  en: `${name} is what the levels set; leave it out`,
});

const noLevel = (generator: string, count: number): Text =>
  count === 0
    ? {
        zh: `题目生成器 ${generator} 没有分级；去掉 levels，或换一个分级的`,
        en: `the generator ${generator} has no levels; leave levels out, or take one that has`,
      }
    : {
        zh: `题目生成器 ${generator} 只有第 1 到 ${count} 级`,
        en: `the generator ${generator} has levels 1 to ${count} only`,
      };
