import { describe, expect, test } from "vitest";

import type { Attempt } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";

import { nightSchemas } from "../../domain/nights/lines.ts";
import { meetingOf } from "../../domain/nights/meeting.ts";
import { answerLine, timingOf } from "../testing/lines.ts";
import { availabilityOf, shareOf } from "./availability.ts";
import { windowCollector } from "./collect.ts";
import { outagesOf } from "./outages.ts";
import { ownNetworkWindows } from "./own-network.ts";
import { momentOf, monthPeriod, periodUntil } from "./period.ts";
import { type SeenWindow, seriesOf } from "./series.ts";

type Tried = readonly [Outcome, number | null, string?];

const start = Date.parse("2026-11-14T09:00:00+08:00");
let asked = 0;

/** A call at a minute of that morning whose attempts are ten seconds apart. */
function call(target: string, minute: number, tried: readonly Tried[], text = "答案：A") {
  const attempts = tried.map(([outcome, status, message], at): Attempt => {
    const started_at = new Date(start + minute * 60_000 + at * 10_000).toISOString();
    const rest = { code: null, message: message ?? null, wait_ms: null, streamed: false };
    return { outcome, status, ...rest, timing: timingOf(300, 900, { started_at }) };
  });
  const outcome = tried.at(-1)?.[0] ?? "ok";
  const timing = attempts.at(-1)?.timing ?? null;
  return answerLine({ item: `s/t/${asked++}`, target, outcome, attempts, text, call: { timing } });
}

function windowsOf(answers: readonly ReturnType<typeof call>[]): readonly SeenWindow[] {
  const collector = windowCollector();
  for (const answer of answers) collector.add(answer);
  return seriesOf(collector.lines())[0]?.windows ?? [];
}

const ok: Tried = ["ok", 200];

test("attempts fall into the windows in which they began, a call into that of its first", () => {
  const collector = windowCollector();
  const late = call("a/x", 4.9, [["rate-limited", 429], ["server", 500], ok]);
  for (const answer of [call("a/x", 0, [ok]), late, call("a/x", 21, [ok], ""), late]) {
    collector.add(answer);
  }
  const [line] = collector.lines();
  expect(nightSchemas.windows.parse(line)).toEqual(line);
  // At 9:04:54 began the late call, at 9:05:04 its second attempt; the repeated line counts once.
  expect(line).toMatchObject({
    after: "0 1 3",
    calls: "2 0 1",
    first: "1 0 0",
    met: { answered: "1 1 0", throttled: "1 0 0", server: "0 1 0", empty: "0 0 1" },
    counted: "1 2 1",
    server: "0 1 0",
    timed: "first_token",
  });
  expect(line?.hours).toMatchObject([{ late: 0, times: { counts: "2" } }]);
});

test("what a batch or a person brought has no windows", () => {
  const collector = windowCollector();
  collector.add(answerLine({ item: "s/t/1", target: "a/x", call: { timing: null } }));
  expect(collector.lines()).toEqual([]);
});

test.each<[Outcome, string | null, string | null]>([
  ["server", "系统正在维护，预计 6:00 恢复", "maintenance"],
  ["overloaded", "Service under maintenance", "maintenance"],
  ["server", "internal error", "server"],
  ["server", "维护者未找到", "server"],
  ["rate-limited", null, "throttled"],
  ["quota", "余额不足", "refused"],
  ["filtered-output", null, "answered"],
  ["aborted", null, null],
])("%s %s is met as %s", (outcome, message, met) => {
  expect(meetingOf({ outcome, message }, false)).toBe(met);
});

describe("availability", () => {
  // Four windows: all well; half 5xx; all 429; one timeout of two.
  const windows = windowsOf([
    call("a/x", 0, [ok]),
    call("a/x", 1, [ok]),
    call("a/x", 5, [["server", 503], ok]),
    call("a/x", 10, [
      ["rate-limited", 429],
      ["rate-limited", 429],
    ]),
    call("a/x", 15, [["timeout", null], ok]),
  ]);

  test("by hand: 5xx alone for the SLA, everything for the user", () => {
    expect(availabilityOf(windows, "sla", 4).value).toBeCloseTo((1 + 0.5 + 1 + 1) / 4);
    expect(availabilityOf(windows, "user", 4).value).toBeCloseTo((1 + 0.5 + 0 + 0.5) / 4);
  });

  test("a month that was seen whole has no interval; one of which little was seen has a wide one", () => {
    const whole = availabilityOf(windows, "user", 4);
    expect(whole.interval).toEqual({ low: whole.value, high: whole.value });
    const sampled = availabilityOf(windows, "user", 8_640).interval;
    expect((sampled?.high ?? 0) - (sampled?.low ?? 0)).toBeGreaterThan(0.5);
  });

  test("thirty visits without a failure are no proof of 100%", () => {
    const { value, interval } = shareOf(Array.from({ length: 30 }, () => ({ hit: 8, of: 8 })));
    expect([value, interval?.high]).toEqual([1, 1]);
    // Wilson at n = 30: 30 / (30 + 3.84).
    expect(interval?.low).toBeCloseTo(0.8865, 3);
  });

  test("maintenance that the errors announce is left out of the SLA rule alone", () => {
    const maintained = windowsOf([
      call("a/x", 0, [ok]),
      ...[5, 6, 7].map((minute) => call("a/x", minute, [["server", 503, "系统维护中"]])),
    ]);
    expect(availabilityOf(maintained, "sla", 2)).toMatchObject({ value: 1, windows: 1 });
    expect(availabilityOf(maintained, "user", 2).value).toBe(0.5);
  });
});

describe("outages", () => {
  const morning = (failing: (minute: number) => Tried) =>
    windowsOf(Array.from({ length: 120 }, (_, minute) => call("a/x", minute, [failing(minute)])));
  const clocks = (windows: readonly SeenWindow[]) =>
    outagesOf(windows).map(({ from, to, kind }) => [
      momentOf(from).clock,
      momentOf(to).clock,
      kind,
    ]);

  test("from the first window in which half failed to the last, small breaks included", () => {
    const failing = morning((minute) =>
      minute >= 20 && minute < 60 && minute % 20 !== 7 ? ["server", 502] : ok,
    );
    expect(clocks(failing)).toEqual([["09:20", "10:00", "server"]]);
  });

  test("throttling is named as such", () => {
    const failing = morning((minute) => (minute >= 30 && minute < 50 ? ["rate-limited", 429] : ok));
    expect(clocks(failing)).toEqual([["09:30", "09:50", "throttled"]]);
  });

  test("a service that always fails often is not out because it does so again", () => {
    const failing = morning((minute) => (minute % 5 < 2 ? ["server", 500] : ok));
    expect(clocks(failing)).toEqual([]);
  });

  test("one call that fails with all its retries is none", () => {
    const windows = windowsOf([
      ...[0, 1, 2, 10, 11].map((minute) => call("a/x", minute, [ok])),
      call(
        "a/x",
        5,
        Array.from({ length: 5 }, () => ["server", 500] as const),
      ),
    ]);
    expect(outagesOf(windows)).toEqual([]);
  });

  test("failures of two visits are two outages: nobody knows what was between", () => {
    const visit = (from: number) =>
      Array.from({ length: 10 }, (_, at) => call("a/x", from + at, [["server", 503]]));
    const windows = windowsOf([
      ...Array.from({ length: 20 }, (_, at) => call("a/x", at - 40, [ok])),
      ...visit(0),
      ...visit(300),
    ]);
    expect(outagesOf(windows)).toMatchObject([{ works_from: null }, { works_from: null }]);
  });
});

describe("our own network", () => {
  const down: Tried = ["network", null];
  const at = (minute: number, targets: Readonly<Record<string, Tried>>) => {
    const collector = windowCollector();
    for (const [target, tried] of Object.entries(targets)) {
      for (let of = 0; of < 3; of++) collector.add(call(target, minute, [tried]));
    }
    return ownNetworkWindows(seriesOf(collector.lines())).size;
  };

  test.each<[string, Readonly<Record<string, Tried>>, number]>([
    ["several vendors at once", { "a/x": down, "b/y": down }, 1],
    ["one vendor alone cannot be told from its outage", { "a/x": down, "a/y": down }, 0],
    ["one of them answers", { "a/x": down, "b/y": down, "c/z": ok }, 0],
    ["5xx came over the network", { "a/x": ["server", 502], "b/y": ["server", 502] }, 0],
  ])("%s", (_, targets, windows) => {
    expect(at(0, targets)).toBe(windows);
  });
});

test("periods are whole days of Beijing", () => {
  const november = monthPeriod("2026-11");
  expect([november.from, november.to, november.until - november.first]).toEqual([
    "2026-11-01",
    "2026-11-30",
    8_640,
  ]);
  expect(monthPeriod("2026-12").until - monthPeriod("2026-12").first).toBe(8_928);
  // A quarter past midnight in Beijing is still the day before in UTC.
  const last = Date.parse("2026-11-30T00:15:00+08:00") / 300_000;
  expect(periodUntil(last)).toMatchObject({ from: "2026-11-01", to: "2026-11-30" });
  expect(() => monthPeriod("2026-13")).toThrow("--month");
});
