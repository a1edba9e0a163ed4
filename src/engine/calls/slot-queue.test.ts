import fc from "fast-check";
import { expect, test } from "vitest";

import { createSlotQueue } from "./slot-queue.ts";

/** A task that says when it begins and ends when it is told to. */
function controlled(name: string, begun: string[]) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const task = (): Promise<void> => {
    begun.push(name);
    return promise;
  };
  return { task, end: resolve };
}

/** Until all that follows from settled promises is done. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("the more urgent first, and of those the earlier", async () => {
  const queue = createSlotQueue(1);
  const begun: string[] = [];
  const tasks = [0, 0, 3, 1, 3].map((priority, at) => {
    const each = controlled(`${at}:${priority}`, begun);
    queue.add(each.task, priority);
    return each;
  });
  expect([queue.running(), queue.waiting()]).toEqual([1, 4]);
  for (const { end } of tasks) end();
  await settled();
  expect(begun).toEqual(["0:0", "2:3", "4:3", "3:1", "1:0"]);
  expect([queue.running(), queue.waiting()]).toEqual([0, 0]);
});

test("paused, nothing begins; a wider queue begins at once", () => {
  const queue = createSlotQueue(1);
  const begun: string[] = [];
  queue.pause();
  for (const name of ["a", "b", "c"]) queue.add(controlled(name, begun).task, 0);
  expect(begun).toEqual([]);
  queue.resume();
  expect(begun).toEqual(["a"]);
  queue.resize(2);
  expect(begun).toEqual(["a", "b"]);
  queue.resize(1);
  expect(queue.running()).toBe(2);
});

test("a task that pauses the queue is the last to begin", () => {
  const queue = createSlotQueue(8);
  const begun: string[] = [];
  queue.add(() => {
    begun.push("first");
    queue.pause();
    return new Promise(() => undefined);
  }, 0);
  queue.add(controlled("second", begun).task, 0);
  expect(begun).toEqual(["first"]);
});

test("never more than its slots, and everything once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3_000 }),
      async (slots, priorities) => {
        const queue = createSlotQueue(slots);
        let [most, done] = [0, 0];
        for (const priority of priorities)
          queue.add(async () => {
            most = Math.max(most, queue.running());
            await Promise.resolve();
            done += 1;
          }, priority);
        await settled();
        expect(done).toBe(priorities.length);
        expect(most).toBe(Math.min(slots, priorities.length));
      },
    ),
    { numRuns: 30 },
  );
});
