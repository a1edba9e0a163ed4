import { expect, test } from "vitest";

import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { leaderboardCsv } from "./csv.ts";
import { leaderboardOf } from "./leaderboard.ts";
import { cachedLines } from "./times-text.ts";

const target = "qwen/a";

/** One answer for each pair of cached tokens (null: the vendor does not say) and first-token time. */
function boardOf(calls: readonly (readonly [number | null, number])[]) {
  const view = createView();
  step(view, runLine([target]));
  for (const [index, [cached_input, first_token_ms]] of calls.entries()) {
    const item = `s/t/${index}`;
    const usage = { input: 900, cached_input, cache_write: null, output: 20, reasoning: null };
    step(view, itemLine(item));
    step(view, answerLine({ item, target, first_token_ms, call: { usage } }));
    step(view, scoreLine({ item, target }, "right"));
  }
  step(view, endLine());
  const board = leaderboardOf(view);
  const summary = board.entries[0]?.summary;
  if (summary === undefined) throw new Error("no entry");
  return { board, summary };
}

test("calls that the cache helped and others are told apart, in a line and in columns", () => {
  const { board, summary } = boardOf([
    [800, 100],
    [800, 120],
    [0, 900],
    [null, 500],
  ]);
  expect(summary.first_token_cached_ms).toMatchObject({ n: 2, p50: { value: 110 } });
  expect(summary.first_token_uncached_ms).toMatchObject({ n: 1, p50: { value: 900 } });
  expect(cachedLines("甲", summary, "zh").join()).toContain(
    "3 次调用里命中缓存的 2 次 0.110/0.119 秒；未命中的 1 次 0.900/0.900 秒",
  );
  expect(leaderboardCsv(board, "zh")).toContain("首字延迟 命中缓存");
});

test("where no cache helped, nothing is said", () => {
  const { board, summary } = boardOf([
    [0, 900],
    [null, 500],
  ]);
  expect(cachedLines("甲", summary, "zh")).toEqual([]);
  expect(leaderboardCsv(board, "zh")).not.toContain("缓存");
});
