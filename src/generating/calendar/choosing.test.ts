import { expect, test } from "vitest";

import { createDraw } from "../draw.ts";
import { lookForDays } from "../testing/solvers/calendar.ts";
import { drawChoosing } from "./choosing.ts";

/** Affairs that can be reached from the first one over bonds. */
function tiedTogether(names: readonly string[], bonds: readonly string[]): readonly string[] {
  const reached = new Set(names.slice(0, 1));
  for (const _ of names)
    for (const bond of bonds) {
      const pair = names.filter((name) => bond.includes(name));
      if (pair.some((name) => reached.has(name))) for (const name of pair) reached.add(name);
    }
  return [...reached];
}

test.each([1, 2, 3])("bonds tie all affairs to one another (seed %i)", (seed) => {
  const draw = createDraw(seed, 0, 0);
  const { question, ways } = drawChoosing(draw, 2004, { affairs: 7, days: 13, ways: 200 });
  const names = [...question.matchAll(/^\d+\. (..)：/gm)].map(([, name = ""]) => name);
  const bonds = /还要做到：([^。]+)。/.exec(question)?.[1]?.split("；") ?? [];
  expect(names).toHaveLength(7);
  expect(tiedTogether(names, bonds).toSorted()).toEqual(names.toSorted());
  const almanac = "已知公历 2004 年的春节\n";
  expect(lookForDays(`${almanac}${question}`).count).toBe(ways);
});
