import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { stringify } from "yaml";

import type { Item, Suite } from "../domain/suite.ts";
import type { TaskHead } from "./importer.ts";

import { UserError } from "../domain/text.ts";

/** More tasks than this mean that the column is not a dimension. */
const maxTasks = 500;
const flushBytes = 1 << 16;

/** Writes a suite beside a folder of JSON Lines, one file per task; nothing is visible before `finish`. */
export type SuiteWriter = {
  readonly add: (task: TaskHead, item: Item) => Promise<void>;
  /** Moves the suite into place; returns the number of items of each task. */
  readonly finish: () => Promise<readonly { readonly task: TaskHead; readonly items: number }[]>;
  readonly discard: () => Promise<void>;
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

  const openTask = async (head: TaskHead): Promise<Open> => {
    if (tasks.size >= maxTasks) throw tooMany(head.id);
    await mkdir(part, { recursive: true });
    const name = `${head.id}.jsonl`;
    const handle = await open(join(part, name), "w");
    const task = { head, handle, name, parts: [], bytes: 0, items: 0 };
    tasks.set(head.id, task);
    return task;
  };
  const flush = async (task: Open): Promise<void> => {
    if (task.parts.length === 0) return;
    await task.handle.appendFile(task.parts.join(""));
    task.parts = [];
    task.bytes = 0;
  };
  const closeAll = async (): Promise<void> => {
    for (const { handle } of tasks.values()) await handle.close();
  };
  return {
    add: async (head, item) => {
      const task = tasks.get(head.id) ?? (await openTask(head));
      const line = `${JSON.stringify(item)}\n`;
      task.parts.push(line);
      task.bytes += line.length;
      task.items += 1;
      if (task.bytes >= flushBytes) await flush(task);
    },
    finish: async () => {
      for (const task of tasks.values()) await flush(task);
      await closeAll();
      await rm(folder, { recursive: true, force: true });
      await rename(part, folder);
      const written = [...tasks.values()];
      const body = {
        ...suite,
        tasks: written.map(({ head, name }) => ({
          ...head,
          items: { from: `data/${suite.id}/${name}` },
        })),
      };
      await writeFile(out, stringify(body, { lineWidth: 0 }));
      return written.map(({ head, items }) => ({ task: head, items }));
    },
    discard: async () => {
      await closeAll();
      await rm(part, { recursive: true, force: true });
    },
  };
}

const tooMany = (id: string): UserError =>
  new UserError({
    zh: `任务超过 ${maxTasks} 个（到“${id}”为止），分类列可能指错了`,
    en: `more than ${maxTasks} tasks (up to "${id}"): the dimension column may be wrong`,
  });

/** The id of a suite, taken from its file's name. */
export const suiteIdOf = (out: string): string => basename(out).replace(/\.ya?ml$/, "");
