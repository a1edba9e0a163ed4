import { describe, expect, test } from "vitest";

import { seededRandom } from "../random.ts";
import { daySteps } from "./day-values.ts";
import { type HourCell, isWorkday, slowHours, weekdayOf } from "./slow-hours.ts";
import { slowSpells } from "./slow-spells.ts";
import { slowWeekdays } from "./slow-weekdays.ts";

/** 1 November 2026, a Sunday. */
const first = Date.UTC(2026, 10, 1) / 86_400_000;

/** Thirty days of hours; days and hours have moods of a tenth. */
function month(
  hours: readonly number[],
  slower: (day: number, hour: number) => number,
  seed = 3,
): readonly HourCell[] {
  const random = seededRandom(seed);
  return Array.from({ length: 30 }, (_, at) => first + at).flatMap((day) => {
    const mood = 0.2 * (random() - 0.5);
    return hours.map((hour) => ({
      day,
      hour,
      log: Math.log(400 * slower(day, hour)) + mood + 0.2 * (random() - 0.5),
    }));
  });
}

const all = Array.from({ length: 24 }, (_, hour) => hour);
const slots = [2, 10, 15];
const level = 0.01;

test("weekdays: 1 January 1970 was a Thursday", () => {
  expect([weekdayOf(0), weekdayOf(first), isWorkday(first), isWorkday(first + 1)]).toEqual([
    3,
    6,
    false,
    true,
  ]);
});

describe("slow hours", () => {
  test("afternoons of workdays, probed all day", () => {
    const cells = month(all, (day, hour) => (isWorkday(day) && hour >= 14 && hour < 17 ? 2.3 : 1));
    const found = slowHours(cells, level);
    expect(found).toMatchObject([{ days: "workdays", from: 14, to: 17, seen: 21, slower: 21 }]);
    expect(found[0]?.ratio).toBeCloseTo(2.3, 0);
    expect(found[0]?.low).toBeLessThan(2.3);
    expect(found[0]?.high).toBeGreaterThan(2.25);
  });

  test("one of three slots, every day, and around midnight", () => {
    expect(
      slowHours(
        month(slots, (_, hour) => (hour === 10 ? 1.6 : 1)),
        level,
      ),
    ).toMatchObject([{ days: "every", from: 10, to: 11, seen: 30 }]);
    const night = month(all, (_, hour) => (hour >= 23 || hour < 1 ? 1.8 : 1));
    expect(slowHours(night, level)).toMatchObject([{ days: "every", from: 23, to: 25 }]);
  });

  test("weekends alone", () => {
    const cells = month(all, (day, hour) => (!isWorkday(day) && hour === 20 ? 2 : 1));
    expect(slowHours(cells, level)).toMatchObject([{ days: "weekends", from: 20, to: 21 }]);
  });

  test.each<[string, readonly HourCell[]]>([
    ["a quiet month", month(all, () => 1)],
    [
      "three slow afternoons of thirty",
      month(all, (day, hour) => (day < first + 3 && hour > 13 && hour < 17 ? 5 : 1)),
    ],
    ["slower by a tenth", month(all, (_, hour) => (hour === 15 ? 1.1 : 1))],
    ["one hour a day cannot be compared", month([2], () => 1)],
    ["nothing", []],
  ])("not named: %s", (_, cells) => {
    expect(slowHours(cells, level)).toEqual([]);
  });
});

test("a slow Monday is a day of the week, not an hour", () => {
  const cells = month(all, (day) => (weekdayOf(day) === 0 ? 1.8 : 1));
  // The fifth Monday stands alone in its week.
  expect(slowWeekdays(cells, level)).toMatchObject([{ weekday: 0, seen: 4 }]);
  expect(slowHours(cells, level)).toEqual([]);
  expect(
    slowWeekdays(
      month(all, () => 1),
      level,
    ),
  ).toEqual([]);
});

test("a single slow afternoon is a spell, one that comes back is not", () => {
  const once = month(all, (day, hour) => (day === first + 17 && hour >= 14 && hour < 17 ? 3 : 1));
  expect(slowSpells(once)).toMatchObject([{ day: first + 17, from: 14, to: 17 }]);
  expect(slowHours(once, level)).toEqual([]);
  expect(slowSpells(month(all, (_, hour) => (hour === 15 ? 3 : 1)))).toEqual([]);
  expect(slowSpells(month(all, () => 1))).toEqual([]);
});

test("times that stay longer from a day on are a step, up or down", () => {
  const since = (ratio: number) => month(slots, (day) => (day >= first + 18 ? ratio : 1));
  expect(daySteps(since(1.8), level)).toMatchObject([{ day: first + 18 }]);
  expect(daySteps(since(0.5), level)[0]?.ratio).toBeCloseTo(0.5, 1);
  expect(daySteps(since(1.2), level)).toEqual([]);
});
