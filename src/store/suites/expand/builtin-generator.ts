import type { z } from "zod";

import type { Task } from "../../../domain/suite.ts";
import type { UserError } from "../../../domain/text.ts";
import type { GeneratedSettings } from "../../../generating/generator.ts";
import type { ParsedSuite } from "../suites.ts";
import type { Generators, ItemSource } from "./item-source.ts";

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

/** What makes the items of a task: a generator, or an environment that draws them. */
export type ItemMaker = {
  readonly options: z.ZodType;
  readonly levels?: readonly { readonly options: unknown; readonly floor: number }[];
  readonly make: (settings: GeneratedSettings) => Pick<ItemSource, "count" | "at">;
};

/** A built-in generator, or else an environment; null where there is none of that name. */
export async function loadMaker(id: string): Promise<ItemMaker | null> {
  // Only suites with generated tasks need these.
  const { generatedItems, loadGenerator } = await import("../../../generating/generator.ts");
  const generator = await loadGenerator(id);
  if (generator !== null)
    return { ...generator, make: drawnOnce(id, (given) => generatedItems(generator, given)) };
  const { loadEnvironment } = await import("../../../playing/environment.ts");
  const environment = await loadEnvironment(id);
  if (environment === null) return null;
  const { playedItems } = await import("../play/played-items.ts");
  return { ...environment, make: drawnOnce(id, (given) => playedItems(environment, given)) };
}

/** So many of the sources that were drawn from last are kept, of tasks of so few items that this takes some megabytes. */
const mostKept = { sources: 256, items: 32 };

const drawn = new Map<string, ReturnType<ItemMaker["make"]>>();

/** A check reads the items of a task several times and a run at least twice, and drawing them is most of that work. */
const drawnOnce =
  (id: string, make: ItemMaker["make"]): ItemMaker["make"] =>
  (settings) => {
    if (settings.n > mostKept.items) return make(settings);
    const key = JSON.stringify([id, settings.n, settings.seed, settings.with]);
    const source = drawn.get(key) ?? make(settings);
    drawn.delete(key);
    drawn.set(key, source);
    const [oldest] = drawn.keys();
    if (drawn.size > mostKept.sources && oldest !== undefined) drawn.delete(oldest);
    return source;
  };

/** The built-in generator or environment of a task; rejects with a `UserError` where there is none of that name. */
export async function builtinOf(
  suite: ParsedSuite,
  task: Task,
  generators: Generators,
): Promise<ItemMaker> {
  if (!("generate" in task.items)) throw new TypeError("not a generated task");
  const builtin = await loadMaker(task.items.generate);
  if (builtin === null) throw unknownGenerator(suite, task, generators);
  return builtin;
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
