import { describe, expect, inject, test } from "vitest";

import { seededRandom } from "../random.ts";
import { alarmsPerMonth, changesOf, driftOf, levelFor } from "./drift.ts";
import { type Night, nightOfItems, type Repeats } from "./night.ts";

const nights = 40;
const trials = 3;

function night(skill: readonly number[], random: () => number): Night {
  const items = new Map<string, Repeats>();
  for (const [item, p] of skill.entries()) {
    let sum = 0;
    for (let trial = 0; trial < trials; trial++) sum += random() < p ? 1 : 0;
    items.set(String(item), { n: trials, sum, squares: sum });
  }
  return nightOfItems(items);
}

/** Many models are consistent on many items: nearly always right or nearly always wrong on half of them. */
function skills(random: () => number, items: number): readonly number[] {
  return Array.from({ length: items }, () => {
    const kind = random();
    return kind < 0.4 ? 0.98 : kind < 0.5 ? 0.03 : 0.3 + 0.6 * random();
  });
}

const weaker = (skill: readonly number[]): readonly number[] => skill.map((p) => p * 0.87);

const histories = inject("matrix") ? 100 : 40;

describe(`${histories} histories of 40 nights, 100 anchors sent three times, a board of 10 targets`, () => {
  const level = levelFor(10);

  test("unchanged targets raise at most the stated number of alarms", () => {
    let alarms = 0;
    for (let seed = 0; seed < histories; seed++) {
      const random = seededRandom(seed);
      const skill = skills(random, 100);
      const history = Array.from({ length: nights }, () => night(skill, random));
      alarms += changesOf(history, level).length;
    }
    // 100 targets over 40 nights are ten boards over four thirds of a month.
    const boards = histories / 10;
    expect(alarms).toBeLessThanOrEqual(Math.ceil(boards * (nights / 30) * alarmsPerMonth));
  });

  test("a model change in night 20 is found within 3 nights in at least nine of ten histories", () => {
    let found = 0;
    let early = 0;
    for (let seed = 0; seed < histories; seed++) {
      const random = seededRandom(500 + seed);
      const skill = skills(random, 100);
      const history = Array.from({ length: nights }, (_, index) =>
        night(index < 20 ? skill : weaker(skill), random),
      );
      const [first] = changesOf(history, level);
      if (first !== undefined && first.found < 20) early++;
      if (first !== undefined && first.found >= 20 && first.found < 23 && first.delta < 0) found++;
    }
    expect(early).toBeLessThanOrEqual(1);
    expect(found).toBeGreaterThanOrEqual(0.9 * histories);
  });
});

test("nights that vary by more than chance raise no alarm by themselves", () => {
  let alarms = 0;
  for (let seed = 0; seed < histories / 2; seed++) {
    const random = seededRandom(900 + seed);
    const skill = skills(random, 100);
    const history = Array.from({ length: nights }, () => {
      const mood = (random() - 0.5) * 0.08;
      return night(
        skill.map((p) => Math.min(1, Math.max(0, p + mood))),
        random,
      );
    });
    alarms += changesOf(history, levelFor(10)).length;
  }
  expect(alarms).toBeLessThanOrEqual(3);
});

describe("what cannot be judged", () => {
  const random = seededRandom(1);
  const skill = skills(random, 20);
  const history = Array.from({ length: 6 }, () => night(skill, random));
  test("a short history", () => {
    expect(driftOf(history.slice(0, 3), 0.01).status).toBe("too short");
  });
  test("a night with too few answers", () => {
    const few = night(skill.slice(0, 5), random);
    expect(driftOf([...history, few], 0.01).status).toBe("not enough data");
    expect(driftOf([...history, nightOfItems(new Map())], 0.01).status).toBe("not enough data");
  });
  test("other items than before", () => {
    const { names, ...sums } = night(skill, random);
    const other = { ...sums, names: names.map((name) => `new ${name}`) };
    expect(driftOf([...history, other], 0.01).status).toBe("not enough data");
  });
});
