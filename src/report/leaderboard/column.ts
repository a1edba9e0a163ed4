import type { Lang, Text } from "../../domain/text.ts";
import type { Column } from "../render/table.ts";
import type { Distribution } from "../score/distribution.ts";
import type { Entry, Leaderboard } from "./leaderboard.ts";

import { fixed, percent, seconds } from "../render/format.ts";

type Cell = (entry: Entry, board: Leaderboard, lang: Lang) => string;

/** How a column of the leaderboard is made. */
export type ColumnRule = Omit<Column, "title"> & {
  readonly title: Text;
  readonly cell: Cell;
  /** Left out where no entry has anything to show in it. */
  readonly when?: (entry: Entry) => boolean;
};

/** Median and 95th percentile in seconds. */
export const pairText = (times: Distribution | null): string =>
  times === null ? "—" : `${seconds(times.p50.value)}/${seconds(times.p95.value)}`;

/** Mean probability of the letter that a reply began with, and how many of these were right. */
export const confidenceColumn: ColumnRule = {
  title: { zh: "把握/答对", en: "Confidence/right" },
  align: "right",
  drop: 34,
  when: ({ summary }) => summary.confidence !== null,
  cell: ({ summary: { confidence } }) =>
    confidence === null ? "—" : `${percent(confidence.mean)}/${percent(confidence.right)}`,
};

/** How many requests were under way together, without which a time to the first token says little. */
export const inFlightColumn: ColumnRule = {
  title: { zh: "同时进行 p50", en: "In flight p50" },
  align: "right",
  drop: 3,
  when: ({ summary }) => summary.timings.in_flight_p50 !== null && !summary.baseline,
  cell: ({ summary: { baseline, timings } }) =>
    baseline || timings.in_flight_p50 === null ? "—" : fixed(timings.in_flight_p50, 0),
};

/** First-token times with and without input from the vendor's cache; only where a cache helped. */
export const cacheColumns: readonly ColumnRule[] = [
  {
    title: { zh: "首字延迟 命中缓存 p50/p95 (秒)", en: "TTFT cached p50/p95 (s)" },
    align: "right",
    drop: 35,
    when: ({ summary }) => summary.first_token_cached_ms !== null,
    cell: ({ summary }) => pairText(summary.first_token_cached_ms),
  },
  {
    title: { zh: "首字延迟 未命中 p50/p95 (秒)", en: "TTFT uncached p50/p95 (s)" },
    align: "right",
    drop: 36,
    when: ({ summary }) => summary.first_token_cached_ms !== null,
    cell: ({ summary }) => pairText(summary.first_token_uncached_ms),
  },
];
