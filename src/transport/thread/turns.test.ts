import { expect, test } from "vitest";

import { createTurns } from "./turns.ts";

test("long work gets its own turn, short work shares one; in order", async () => {
  expect(await turnsTaken(1)).toBe(3);
  expect(await turnsTaken(0)).toBeLessThan(3);
});

/** The number of loop turns in which three pieces of work of `ms` milliseconds resume. */
async function turnsTaken(ms: number): Promise<number> {
  const turn = createTurns();
  const seen: string[] = [];
  let loops = 0;
  let running = true;
  const count = (): void => {
    loops += 1;
    if (running) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(
    ["a", "b", "c"].map(async (name) => {
      await turn();
      // The work may begin some microtasks later.
      await Promise.resolve();
      seen.push(`${name}${loops}`);
      const until = performance.now() + ms;
      while (performance.now() < until);
    }),
  );
  running = false;
  expect(seen.map((each) => each[0])).toEqual(["a", "b", "c"]);
  return new Set(seen.map((each) => each.slice(1))).size;
}

test("a turn taken later comes too", async () => {
  const turn = createTurns();
  await turn();
  await turn();
  const both = await Promise.all([turn().then(() => 1), turn().then(() => 2)]);
  expect(both).toEqual([1, 2]);
});
