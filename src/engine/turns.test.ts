import { expect, test } from "vitest";

import { createTurns } from "./turns.ts";

test("one goes on in each turn of the loop, in order", async () => {
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
      seen.push(`${name}${loops}`);
    }),
  );
  running = false;
  expect(seen.map((each) => each[0])).toEqual(["a", "b", "c"]);
  expect(new Set(seen.map((each) => each.slice(1))).size).toBe(3);
});

test("a turn taken later comes, too", async () => {
  const turn = createTurns();
  await turn();
  await turn();
  const both = await Promise.all([turn().then(() => 1), turn().then(() => 2)]);
  expect(both).toEqual([1, 2]);
});
