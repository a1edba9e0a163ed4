import type { Task } from "../../../domain/suite.ts";
import type { Text, UserError } from "../../../domain/text.ts";
import type { Generator } from "../../../generating/generator.ts";
import type { ParsedSuite } from "../suites.ts";
import type { Generators } from "./item-source.ts";

import { problemError } from "../../../files/text-file.ts";
import { pluginIds } from "../../../plugins.ts";
import { unknownName } from "../../../validation/suggest.ts";
import { problemAt } from "../../yaml/yaml.ts";

/** Makes paths below the `items` of a task. */
export const itemsPath =
  ({ suite }: ParsedSuite, task: Task) =>
  (...inner: readonly PropertyKey[]): readonly PropertyKey[] => [
    "tasks",
    suite.tasks.indexOf(task),
    "items",
    ...inner,
  ];

/** The built-in generator of a task; rejects with a `UserError` where there is none of that name. */
export async function builtinOf(
  suite: ParsedSuite,
  task: Task,
  generators: Generators,
): Promise<Generator> {
  if (!("generate" in task.items)) throw new TypeError("not a generated task");
  const { generate } = task.items;
  // Only suites with generated tasks need it.
  const { loadGenerator } = await import("../../../generating/generator.ts");
  const builtin = await loadGenerator(generate);
  if (builtin !== null) return builtin;
  if (pluginIds("environments").includes(generate)) {
    throw problemError([
      problemAt(suite.locate, itemsPath(suite, task)("levels"), levelsByMatrix(generate)),
    ]);
  }
  throw unknownGenerator(suite, task, generators);
}

/** What a suite is told that names a generator or an environment which is not there. */
export function unknownGenerator(
  suite: ParsedSuite,
  task: Task,
  generators: Generators,
): UserError {
  const generate = "generate" in task.items ? task.items.generate : "";
  const kind = { zh: "题目生成器", en: "generator" };
  const known = [
    ...Object.keys(generators),
    ...pluginIds("generators"),
    ...pluginIds("environments"),
  ];
  return problemError([
    problemAt(suite.locate, itemsPath(suite, task)("generate"), unknownName(kind, generate, known)),
  ]);
}

const levelsByMatrix = (environment: string): Text => ({
  zh: `${environment} 是环境，级别写成 matrix: {level: [1, 2, 3]}`,
  en: `${environment} is an environment; write its levels as matrix: {level: [1, 2, 3]}`,
});
