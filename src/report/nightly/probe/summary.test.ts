import { expect, test } from "vitest";

import type { TickLine } from "../../../domain/nights/ticks.ts";

import { probeSummaries } from "./summary.ts";
import { probeLines, probeOutageLines } from "./text.ts";

const midnight = Date.UTC(2026, 10, 29, 16);

/** Every 20 minutes of three days: slow from 09 to 18, down on the last day from 14:20 to 15:00 and at one tick at 20:00. */
function ticks(): readonly TickLine[] {
  return Array.from({ length: 3 * 72 }, (_, at): TickLine => {
    const minute = (at % 72) * 20;
    const isLast = at >= 2 * 72;
    const isDown = isLast && ((minute >= 14 * 60 + 20 && minute < 15 * 60) || minute === 20 * 60);
    const isBusy = minute >= 9 * 60 && minute < 18 * 60;
    return {
      kind: "tick",
      schema: "nights/1",
      when: new Date(midnight + at * 1_200_000).toISOString(),
      ref: "a/x",
      asked: 3,
      failures: isDown ? { server: 2, network: 1 } : {},
      empty: 0,
      n: isDown ? 0 : 3,
      sum: isDown ? 0 : 2,
      first_token_ms: isDown ? null : isBusy ? 900 : 400,
      total_ms: isDown ? null : isBusy ? 4_000 : 1_500,
      cost: { CNY: 0.01, USD: 0, unknown: 0 },
    };
  });
}

const end = new Date(midnight + 3 * 86_400_000).toISOString();

test("working hours are seen, and an outage is two ticks in a row", () => {
  const [summary] = probeSummaries(ticks(), end);
  expect(summary).toMatchObject({ target: "a/x", ticks: 216, asked: 648, missing: 9 / 648 });
  expect(summary?.bands.map(({ from, total_ms }) => [from, total_ms])).toEqual([
    [0, 1_500],
    [6, 1_500],
    [12, 4_000],
    [18, 1_500],
  ]);
  expect(summary?.outages).toEqual([{ day: "2026-12-02", from: "14:20", to: "15:00", ticks: 2 }]);
});

test("one that lasts has no end, and what is older than a day is not told again", () => {
  const until = midnight + 2 * 86_400_000 + (14 * 60 + 50) * 60_000;
  const seen = ticks().filter(({ when }) => Date.parse(when) < until);
  const lasting = probeSummaries(seen, new Date(until).toISOString());
  expect(probeOutageLines(lasting, "zh")).toEqual([
    "a/x：探测到中断，2026-12-02 14:20 起，至今未恢复（连续 2 次探测都没有回答）",
  ]);
  const later = new Date(midnight + 4 * 86_400_000).toISOString();
  expect(probeSummaries(ticks(), later)[0]?.outages).toEqual([]);
  expect(probeSummaries(ticks(), new Date(midnight + 40 * 86_400_000).toISOString())).toEqual([]);
});

test("as it is told", () => {
  const [summary] = probeSummaries(ticks(), end);
  const all = summary === undefined ? [] : [summary];
  expect(probeLines(all, "zh")).toEqual([
    "a/x：全天探测 648 次，1.4% 没有回答；0–6 时 1.50 秒；6–12 时 1.50 秒；12–18 时 4.00 秒（3.7% 没有回答）；18–24 时 1.50 秒（1.9% 没有回答）",
  ]);
  expect(probeOutageLines(all, "en")).toEqual([
    "a/x: the probe saw an outage from 2026-12-02 14:20 on, over at 15:00 (2 ticks in a row without an answer)",
  ]);
});
