import { expect, test } from "vitest";

import type { Stamps } from "../kit/process.ts";

import { figuresOf } from "./measure.ts";
import { peerRow } from "./table.ts";

const stamp = (received: number, last: number): Stamps => ({
  item: 1,
  received,
  first: last,
  last,
  max_gap: 0,
});

/** A program started at second 10; its first request came two seconds later, when it had used 1.5 s of CPU. */
const samples = [
  [10_000, 0],
  [11_900, 1.4],
  [12_100, 1.6],
  [13_900, 3.4],
] as const;
const requests = [stamp(12_500, 13_500), stamp(12_000, 12_400), stamp(12_000, 14_000)];
const used = { cpu_s: 4.5, all_rss_mb: 301.26 };

test("what an item costs is counted from the first request to the end of the program", () => {
  expect(figuresOf(used, samples, requests, { items: 3, cpu_ms: 400 })).toEqual({
    items: 3,
    answers: 3,
    rate: 1.5,
    cpu_ms: 1_000,
    rss_mb: 301.26,
    first_s: 2,
    first_cpu_s: 1.5,
    under_way: 1.7,
    server: 0.2,
  });
});

test("requests that only try the server are no items", () => {
  const figures = figuresOf(used, samples, [stamp(11_000, 11_200), ...requests], {
    items: 3,
    cpu_ms: 400,
  });
  expect(figures).toMatchObject({ answers: 4, rate: 1.5, first_s: 2, cpu_ms: 1_000 });
});

test("a row has the units in its cells and a dash for what is not told", () => {
  const figures = figuresOf(used, samples, requests, { items: 3, cpu_ms: 400 });
  expect(
    peerRow({ name: "promptfoo", isStreaming: false }, "0.123.1", {
      ...figures,
      streams: 64,
      right: 3,
    }).join(" | "),
  ).toBe("promptfoo 0.123.1 | 64 | 3 | — | 2 | 1000.00 ms | 301 MB | 2.00 s | 1.5 s | 3 | 20%");
  expect(
    peerRow({ name: "baimo", isStreaming: true }, null, { ...figures, streams: 64, right: null }),
  ).toEqual(["baimo", "64", "3", "✓", "2", "1000.00 ms", "301 MB", "2.00 s", "1.5 s", "—", "20%"]);
});
