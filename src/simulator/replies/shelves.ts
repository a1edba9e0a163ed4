import type { Soon } from "../../domain/schema/soon.ts";
import type { Item, Suite, Task } from "../../domain/suite.ts";

import { eachItem, openItems } from "../../store/suites/items.ts";
import { readSuite } from "../../store/suites/suites.ts";

/** The items of one task: read once in order, later one at a time. */
export type TaskRows = {
  readonly suite: Suite;
  readonly task: Task;
  readonly count: number;
  readonly each: () => AsyncIterable<Item>;
  readonly at: (row: number) => Soon<Item>;
};

/** Opens every task of the suites. `close` closes their data files. Rejects with a `UserError`. */
export async function openTasks(
  files: readonly string[],
  reseed: number | null = null,
): Promise<{ readonly tasks: readonly TaskRows[]; readonly close: () => Promise<void> }> {
  const tasks: TaskRows[] = [];
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    await Promise.all(closers.map((closer) => closer()));
  };
  try {
    for (const file of files) {
      const read = await readSuite(file, reseed);
      for (const task of read.suite.tasks) {
        const source = await openItems(read, task);
        closers.push(source.close);
        tasks.push({
          suite: read.suite,
          task,
          count: source.count,
          at: source.at,
          each: async function* each() {
            for await (const { item } of eachItem(read, task)) yield item;
          },
        });
      }
    }
    return { tasks, close };
  } catch (error) {
    await close();
    throw error;
  }
}
