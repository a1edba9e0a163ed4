import { mkdir, open, rename, rm, rmdir, writeFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { stringify } from "yaml";

import type { ExamplesFrom, Item, Suite } from "../domain/suite.ts";
import type { TaskHead } from "./importer.ts";

import { UserError } from "../domain/text.ts";

/** More tasks than this mean that the column is not a dimension. */
const maxTasks = 500;
const flushBytes = 1 << 16;

/** Writes a suite beside a folder of JSON Lines, one file per task; nothing is visible before `finish`. */
export type SuiteWriter = {
  /** With `dev`, an example for few-shot prompts of the task; where a task has no other rows, they are its items. */
  readonly add: (task: TaskHead, item: Item, dev?: boolean) => Promise<void>;
  /** What was added so far, as `finish` would return it. */
  readonly tasks: () => readonly WrittenTask[];
  /** Moves the suite into place; returns the number of items and examples of each task. */
  readonly finish: () => Promise<readonly WrittenTask[]>;
  readonly discard: () => Promise<void>;
};

export type WrittenTask = {
  readonly task: TaskHead;
  readonly items: number;
  readonly examples: number;
};

type Open = {
  readonly head: TaskHead;
  readonly handle: FileHandle;
  readonly name: string;
  parts: string[];
  bytes: number;
  items: number;
};

/** `suite` holds the suite's own fields; its tasks come from the items. Data lies in `data/<id>/` beside `out`. */
export function createSuiteWriter(out: string, suite: Omit<Suite, "tasks">): SuiteWriter {
  const folder = join(dirname(out), "data", suite.id);
  const part = `${folder}.part`;
  const tasks = new Map<string, Open>();
  const devs = new Map<string, Open>();

  const openTask = async (head: TaskHead, dev: boolean): Promise<Open> => {
    const group = dev ? devs : tasks;
    if (group.size >= maxTasks) throw tooMany(head.id);
    await mkdir(part, { recursive: true });
    const name = `${head.id}${dev ? ".dev" : ""}.jsonl`;
    const handle = await open(join(part, name), "w");
    const task = { head, handle, name, parts: [], bytes: 0, items: 0 };
    group.set(head.id, task);
    return task;
  };
  const flush = async (task: Open): Promise<void> => {
    if (task.parts.length === 0) return;
    await task.handle.appendFile(task.parts.join(""));
    task.parts = [];
    task.bytes = 0;
  };
  const closeAll = async (): Promise<void> => {
    for (const { handle } of [...tasks.values(), ...devs.values()]) await handle.close();
  };
  const withDevs = () => [
    ...[...tasks.values()].map((task) => ({ ...task, dev: devs.get(task.head.id) })),
    ...[...devs.values()]
      .filter(({ head }) => !tasks.has(head.id))
      .map((task) => ({ ...task, dev: undefined })),
  ];
  const counted = (): readonly WrittenTask[] =>
    withDevs().map(({ head, items, dev }) => ({ task: head, items, examples: dev?.items ?? 0 }));
  return {
    tasks: counted,
    add: async (head, item, dev = false) => {
      const task = (dev ? devs : tasks).get(head.id) ?? (await openTask(head, dev));
      const line = `${JSON.stringify(item)}\n`;
      task.parts.push(line);
      task.bytes += line.length;
      task.items += 1;
      if (task.bytes >= flushBytes) await flush(task);
    },
    finish: async () => {
      for (const task of [...tasks.values(), ...devs.values()]) await flush(task);
      await closeAll();
      await rm(folder, { recursive: true, force: true });
      await rename(part, folder);
      const path = (name: string): string => `data/${suite.id}/${name}`;
      const body = {
        ...suite,
        tasks: withDevs().map(({ head, name, dev }) => ({
          ...head,
          ...(dev === undefined ? {} : { examples: examplesOf(dev, path(dev.name)) }),
          items: { from: path(name) },
        })),
      };
      await writeFile(out, stringify(body, { lineWidth: 0 }));
      return counted();
    },
    discard: async () => {
      await closeAll();
      await rm(part, { recursive: true, force: true });
      // Not where other suites have their data.
      await rmdir(dirname(part)).catch(() => undefined);
    },
  };
}

/** Five, as is usual. A reply has the form that the prompt asks for. */
const examplesOf = ({ head, items }: Open, from: string): ExamplesFrom => ({
  from,
  n: Math.min(5, items),
  seed: 1,
  ...(/“答案：/.test(head.prompt ?? "") ? { reply: "答案：{{answer}}" } : {}),
});

const tooMany = (id: string): UserError =>
  new UserError({
    zh: `任务超过 ${maxTasks} 个（到“${id}”为止），分类列可能指错了`,
    en: `more than ${maxTasks} tasks (up to "${id}"): the dimension column may be wrong`,
  });

/** The id of a suite, taken from its file's name. */
export const suiteIdOf = (out: string): string => basename(out).replace(/\.ya?ml$/, "");
