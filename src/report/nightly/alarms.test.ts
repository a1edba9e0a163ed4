import { describe, expect, test } from "vitest";

import type { NightlySettings } from "../../domain/config.ts";
import type { Change, NightlyReport, TargetHistory } from "./nightly.ts";

import { digestLines, eventLines } from "./alarm-text.ts";
import { alarmsOf, digestOf, eventsOf, isQuiet } from "./alarms.ts";
import { judgeHistory } from "./nightly.ts";

const part = { name: "中文特性/成语", before: 0.8, after: 0.61, n_before: 90, n_after: 9 };
const item = { name: "s/t/3", before: 0.95, after: 0, n_before: 20, n_after: 3 };

const change = (since_on: string, delta: number, more: Partial<Change> = {}): Change => ({
  found: 0,
  since: 0,
  delta,
  since_on,
  found_on: since_on,
  confirmed: true,
  dimensions: [part],
  items: [item],
  ...more,
});

const empty = judgeHistory("b", []);

function reportOf(date: string, target: Partial<TargetHistory>, previous = ""): NightlyReport {
  const own = {
    target: "a/x",
    judgement: "unchanged",
    trouble: null,
    trouble_since: null,
    scores: [],
    trend: null,
    changes: [],
    model_changes: [],
    latency_changes: [],
    ...target,
  };
  // What alarms do not look at is left out.
  return { ...empty, date, run: `run ${date}`, previous, targets: [own as TargetHistory] };
}

const settings: Pick<NightlySettings, "acks" | "remind"> = { acks: [], remind: 7 };
const names = (report: NightlyReport, given = settings): readonly string[] =>
  eventsOf(report, given).map(({ name }) => name);

describe("an alarm is told when it is found, weekly while it is open, and when it returns", () => {
  const changes = [change("2026-11-10", -0.06)];
  test.each([
    ["2026-11-10", ["new a/x 2026-11-10"]],
    ["2026-11-12", ["new a/x 2026-11-10"]],
    ["2026-11-17", ["reminder-1 a/x 2026-11-10"]],
    // A missing night does not lose the reminder.
    ["2026-11-25", ["reminder-2 a/x 2026-11-10"]],
  ])("%s", (date, told) => {
    expect(names(reportOf(date, { changes }))).toEqual(told);
  });

  test("returned", () => {
    const back = [...changes, change("2026-11-20", 0.05)];
    expect(names(reportOf("2026-11-20", { changes: back }))).toEqual(["closed a/x 2026-11-10"]);
    expect(names(reportOf("2026-11-28", { changes: back }))).toEqual([]);
    const little = [...changes, change("2026-11-20", 0.02)];
    expect(names(reportOf("2026-11-20", { changes: little }))).toEqual([
      "reminder-1 a/x 2026-11-10",
      "up a/x 2026-11-20",
    ]);
  });

  test("of two falls the last returns first", () => {
    const twice = [...changes, change("2026-11-12", -0.08), change("2026-11-15", 0.08)];
    const [first, second] = alarmsOf(reportOf("2026-11-15", { changes: twice }), []);
    expect([first?.closed_on, second?.closed_on]).toEqual([null, "2026-11-15"]);
  });

  test("what was not measured twice is none", () => {
    const seen = [change("2026-11-10", -0.06, { confirmed: false })];
    expect(alarmsOf(reportOf("2026-11-10", { changes: seen }), [])).toEqual([]);
  });

  test("acknowledged, for good or until a day", () => {
    const acks = [{ alarm: "a/x 2026-11-10", by: "王工" }];
    const until = [{ alarm: "a/x 2026-11-10", until: "2026-11-20" }];
    const on = (date: string, given: NightlySettings["acks"]) =>
      names(reportOf(date, { changes }), { ...settings, acks: given });
    expect(on("2026-11-17", acks)).toEqual([]);
    expect(on("2026-11-17", until)).toEqual([]);
    expect(on("2026-11-24", until)).toEqual(["reminder-2 a/x 2026-11-10"]);
  });
});

test("a trouble that lasts has one name", () => {
  const trouble = { kind: "empty" as const, before: [], after: [] };
  const on = (date: string) => reportOf(date, { trouble, trouble_since: "2026-11-09" });
  expect(names(on("2026-11-09"))).toEqual(["trouble empty a/x 2026-11-09"]);
  expect(names(on("2026-11-10"))).toEqual(names(on("2026-11-09")));
});

test.each([
  // 2026-11-09 is a Monday.
  ["2026-11-09", "2026-11-08", "digest 2026-11-09"],
  ["2026-11-10", "2026-11-09", null],
  ["2026-11-11", "2026-11-07", "digest 2026-11-09"],
])("the digest of %s after %s", (date, previous, name) => {
  expect(digestOf(reportOf(date, {}, previous))).toBe(name);
});

test.each([
  ["23:00", "22:00-08:00", true],
  ["07:59", "22:00-08:00", true],
  ["08:00", "22:00-08:00", false],
  ["12:30", "12:00-13:00", true],
  ["11:59", "12:00-13:00", false],
  ["03:00", undefined, false],
])("%s within %s: %s", (clock, hours, quiet) => {
  expect(isQuiet(clock, hours)).toBe(quiet);
});

test("what is told", () => {
  const report = reportOf("2026-11-12", { changes: [change("2026-11-10", -0.06)] });
  expect(eventLines(eventsOf(report, settings), report.date, "zh")).toEqual([
    '新：a/x：锚题 -6.0 分，自 2026-11-10 起（2 天）；中文特性/成语 80.0 → 61.0；未确认（acks: alarm: "a/x 2026-11-10"）',
    "变化最大的题：s/t/3 0.95 → 0.00 (n 20, 3)",
  ]);
  const acks = [{ alarm: "a/x 2026-11-10", by: "王工", note: "已知" }];
  expect(digestLines(report, acks, "en")).toEqual([
    "The week: 1 still down, 0 returned",
    "a/x: anchors -6.0 points since 2026-11-10 (2 days); 中文特性/成语 80.0 → 61.0; acknowledged: 王工, 已知",
  ]);
});
