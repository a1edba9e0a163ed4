import type { Task } from "../../../domain/suite.ts";
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
  const kind = { zh: "题目生成器", en: "generator" };
  const known = [...Object.keys(generators), ...pluginIds("generators")];
  throw problemError([
    problemAt(
      suite.locate,
      itemsPath(suite, task)("generate"),
      unknownName(kind, generate, known),
    ),
  ]);
}
