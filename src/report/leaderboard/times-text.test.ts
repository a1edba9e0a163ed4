import { describe, expect, test } from "vitest";

import type { LoopHealth, TimingError } from "../../domain/run-file/session.ts";

import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { leaderboardJson } from "./json.ts";
import { leaderboardOf } from "./leaderboard.ts";
import { endLines } from "./times-text.ts";

const target = "qwen/a";
const earlier = endLine().loop;
const good: TimingError = { samples: 312, p50_ms: 0.4, p99_ms: 2.6, max_ms: 9, allowed_ms: 5 };
const calm: LoopHealth = { ...earlier, timing_error: good, trusted: true };
const busy: LoopHealth = { ...calm, timing_error: { ...good, p99_ms: 42 }, trusted: false };
/** A virtual machine that was held up twice. */
const held: LoopHealth = {
  ...calm,
  timing_error: { ...good, samples: 115, p99_ms: 6.6, over: 2 },
};
const brief: LoopHealth = { ...calm, timing_error: { ...good, samples: 3 }, trusted: false };

/** A run of sessions that each answered one item, or failed at it; null where one was cut off. */
function viewOf(sessions: readonly (LoopHealth | null)[], failed: readonly number[] = []) {
  const view = createView();
  const header = runLine([target]);
  step(view, header);
  for (const [index, loop] of sessions.entries()) {
    const { tool, settings } = header;
    if (index > 0) step(view, { kind: "resume", when: header.started_at, tool, settings });
    const facts = { item: `s/t/${index}`, target };
    step(view, itemLine(facts.item));
    const isFailed = failed.includes(index);
    step(view, answerLine({ ...facts, outcome: isFailed ? "auth" : "ok" }));
    if (!isFailed) step(view, scoreLine(facts, "right"));
    if (loop !== null) step(view, endLine({ loop }));
  }
  return view;
}

describe("the last line keeps the figures of all sessions", () => {
  test.each<[string, readonly (LoopHealth | null)[], string, string, boolean | null]>([
    [
      "one session",
      [calm],
      "本机负载正常，时间可信（时间误差 p50 0.4、p99 2.6 毫秒，容许 5.0 毫秒，事件循环占用 10%）",
      "(timing error p50 0.4, p99 2.6 ms, 5.0 ms allowed, event loop 10% busy)",
      true,
    ],
    [
      "some samples off, no more than chance brings",
      [held],
      "时间可信（时间误差 p50 0.4、p99 6.6 毫秒，115 次采样里 2 次超过容许的 5.0 毫秒，事件循环占用 10%）。",
      "(timing error p50 0.4, p99 6.6 ms, 2 of 115 samples above the 5.0 ms allowed, event loop 10% busy).",
      true,
    ],
    [
      "off, and what to do",
      [busy],
      "本机过忙，时间不可信（时间误差 p50 0.4、p99 42.0 毫秒，容许 5.0 毫秒，事件循环占用 10%）；得分不受影响，要看时间就关掉别的程序或调低 --concurrency 再跑。",
      "scores are not touched, but for times close other programs or lower --concurrency, and run again.",
      false,
    ],
    [
      "an earlier one off",
      [busy, calm],
      "时间不可信（第 1 次会话：时间误差 p50 0.4、p99 42.0 毫秒，容许 5.0 毫秒，事件循环占用 10%；第 2 次会话：时间误差 p50 0.4、p99 2.6 毫秒，容许",
      "cannot be trusted (session 1: timing error p50 0.4, p99 42.0 ms",
      false,
    ],
    [
      "one cut off in between",
      [calm, null, calm],
      "有一次会话中断，无从判断时间是否可信（第 1 次会话：时间误差 p50 0.4、p99 2.6 毫秒，容许 5.0 毫秒，事件循环占用 10%；第 3 次会话：",
      "; session 3: timing error",
      null,
    ],
    [
      "too few samples",
      [brief],
      "样本太少，无从判断时间是否可信（时间误差 p50 0.4、最大 9.0 毫秒，只采样 3 次，",
      "too little was measured to tell whether the times can be trusted (timing error",
      null,
    ],
    [
      "an earlier version went on by this one",
      [earlier, calm],
      "时间可信（第 1 次会话：事件循环占用 10%，滞后 p99 1.2 毫秒，发送滞后 p50 0.2 毫秒；第 2 次会话：时间误差",
      "session 1: event loop 10% busy, lag p99 1.2 ms, send lag p50 0.2 ms; session 2: timing",
      true,
    ],
  ])("%s", (_, sessions, zh, en, trusted) => {
    const view = viewOf(sessions);
    expect(endLines(view, "zh", "all").join("\n")).toContain(zh);
    expect(endLines(view, "en", "all").join("\n")).toContain(en);
    const json = leaderboardJson(view, leaderboardOf(view)) as {
      runs: readonly { timings_trusted: boolean | null; timing_errors: readonly unknown[] }[];
    };
    expect(json.runs[0]?.timings_trusted).toBe(trusted);
    expect(json.runs[0]?.timing_errors).toEqual(sessions.map((loop) => loop?.timing_error ?? null));
  });
});

test("a session in which no call succeeded says nothing of the times", () => {
  const view = viewOf([brief, null, calm], [0, 1]);
  const line = endLines(view, "zh", "all").join("\n");
  expect(line).toContain("本机负载正常，时间可信（时间误差 p50 0.4、p99 2.6 毫秒");
  expect(leaderboardOf(view).entries[0]?.summary.timings.untrusted).toEqual([]);
  // Where none did, there is nothing to trust.
  const none = viewOf([calm], [0]);
  expect(endLines(none, "zh").join("\n")).toMatch(/；没有计时的回答。$/u);
  expect(endLines(none, "en").join("\n")).toMatch(/; no answer was timed\.$/u);
});

test("of several sessions the worst alone is told, unless all are asked for", () => {
  const view = viewOf([calm, busy, calm, held]);
  const line = endLines(view, "zh").join("\n");
  expect(line).toContain("时间不可信（最差的是第 2 次会话：时间误差 p50 0.4、p99 42.0 毫秒");
  expect(line.match(/次会话：/gu)).toHaveLength(1);
  expect(endLines(view, "en").join("\n")).toContain("(the worst was session 2: timing error");
  const wide = endLines(view, "zh", "all").join("\n");
  expect(wide.match(/次会话：/gu)).toHaveLength(4);
});

test.each([
  [{ answers: 4, failed: 0 }, "：完成，用时", ": complete in"],
  [
    { answers: 4, failed: 1 },
    "：问完，4 次作答里 1 次失败，用时",
    ": all asked, 1 of 4 answers failed, in",
  ],
  [
    { answers: 4, failed: 4 },
    "：没有得到一个回答（4 次全部失败），用时",
    ": without a single answer (all 4 failed) in",
  ],
  [
    { answers: 4, failed: 4, status: "failed" as const },
    "：失败过多而停止",
    ": stopped by failures",
  ],
])("a run is complete only where no call failed: %j", (end, zh, en) => {
  const view = createView();
  step(view, runLine([target]));
  step(view, endLine(end));
  expect(endLines(view, "zh").join("\n")).toContain(zh);
  expect(endLines(view, "en").join("\n")).toContain(en);
});

test.each<[string, readonly (LoopHealth | null)[], string, string]>([
  ["one session", [calm], "完成，用时 4分00秒；", ": complete in 4m00s;"],
  [
    "two that ended",
    [calm, calm],
    "完成，2 次会话共用时 8分00秒（最后一次 4分00秒）；",
    ": complete in 8m00s over 2 sessions (the last 4m00s);",
  ],
  [
    "one that was cut off",
    [null, calm],
    "完成，最后一次会话用时 4分00秒（共 2 次，有的没有收尾）；",
    ": complete in 2 sessions, the last of 4m00s (not all of them ended);",
  ],
])("how long a run took: %s", (_, sessions, zh, en) => {
  const view = viewOf(sessions);
  expect(endLines(view, "zh").join()).toContain(zh);
  expect(endLines(view, "en").join()).toContain(en);
});

test("the short line of a terminal gives figures where they tell against the times, and none where all is well", () => {
  const lineOf = (loop: LoopHealth): string => {
    const view = createView();
    step(view, runLine([target]));
    step(view, itemLine("s/t/1"));
    step(view, answerLine({ item: "s/t/1", target }));
    step(view, endLine({ loop }));
    return endLines(view, "zh", "short").join();
  };
  expect(lineOf(calm)).toMatch(/；本机负载正常，时间可信。$/u);
  expect(lineOf(busy)).toContain("本机过忙，时间不可信（");
});

test.each<[string, number, string, string]>([
  ["none", 0, "本机负载正常，时间可信（", "this machine kept up, so the times can be trusted ("],
  [
    "3 of 100",
    3,
    "除 3 次调用赶上本机过忙外，时间可信（",
    "but for 3 calls at moments when this machine was too busy, the times can be trusted (",
  ],
  ["10 of 100", 10, "但 10% 的调用赶上本机过忙，时间可能偏长（", "but 10% of the calls came at"],
])("a trusted run does not deny its calls at busy moments: %s", (_, lagged, zh, en) => {
  const view = createView();
  step(view, runLine([target]));
  for (let index = 0; index < 100; index++) {
    const facts = { item: `s/t/${index}`, target };
    step(view, itemLine(facts.item));
    step(view, { ...answerLine(facts), ...(index < lagged ? { lagged: true } : {}) });
    step(view, scoreLine(facts, "right"));
  }
  step(view, endLine({ loop: calm }));
  expect(endLines(view, "zh").join()).toContain(zh);
  expect(endLines(view, "en").join()).toContain(en);
});
