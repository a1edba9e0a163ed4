import { describe, expect, test } from "vitest";

import { type LifeCycle, sooner, standingAt } from "./life-cycle.ts";

const read = { source: "https://vendor.example/notice", read: "2026-11-01" } as const;
const at = (day: string): Date => new Date(`${day}T04:00:00Z`);

describe("what holds on a day", () => {
  const life: LifeCycle = { ...read, noticed: "2026-10-01", retires: "2027-01-30" };
  test.each([
    ["2026-09-30", "current", false],
    ["2026-10-01", "current", true],
    ["2026-11-30", "current", true],
    ["2026-12-01", "retiring", true],
    ["2027-01-29", "retiring", true],
    ["2027-01-30", "retired", true],
  ])("%s: %s, limits may have shrunk: %s", (day, stage, noticed) => {
    expect(standingAt(life, at(day))).toMatchObject({ stage, noticed });
  });

  test("days are Beijing's: the 30th begins there at 16:00 UTC of the 29th", () => {
    expect(standingAt(life, new Date("2027-01-29T15:59:59Z")).stage).toBe("retiring");
    expect(standingAt(life, new Date("2027-01-29T16:00:00Z")).stage).toBe("retired");
  });
});

test("a name without an end is current for ever", () => {
  expect(standingAt({ ...read, alias: true }, at("2099-01-01"))).toEqual({
    stage: "current",
    alias: true,
    noticed: false,
    retires: null,
    successor: null,
    rerouted_to: null,
    ...read,
  });
});

describe("a model goes with its platform", () => {
  const model: LifeCycle = { ...read, alias: "m-0902", retires: "2026-12-01" };
  const platform: LifeCycle = { ...read, retires: "2026-09-30", successor: "elsewhere" };
  test("which ends first", () => {
    expect(sooner(model, platform)).toEqual({ ...platform, alias: "m-0902" });
  });
  test("which ends later, or not at all", () => {
    expect(sooner(model, { ...platform, retires: "2027-01-01" })).toBe(model);
    expect(sooner(model, undefined)).toBe(model);
    expect(sooner(model, { ...read, released: "2020-01-01" })).toBe(model);
  });
  test("without a life of its own", () => {
    expect(sooner(undefined, platform)).toBe(platform);
  });
});
