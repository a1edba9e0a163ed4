import { describe, expect, test } from "vitest";

import type { LoopHealth, TimingError } from "../../domain/run-file/session.ts";

import { isUnmeasured, loadText } from "./load.ts";

const earlier: LoopHealth = {
  utilisation: 0.24,
  lag_p99_ms: 12.8,
  send_lag_p50_ms: 0.3,
  trusted: true,
};
const loopOf = (error: Partial<TimingError>, trusted = true): LoopHealth => ({
  ...earlier,
  timing_error: { samples: 312, p50_ms: 0.4, p99_ms: 2.6, max_ms: 9, allowed_ms: 7.3, ...error },
  trusted,
});
const nothing = { samples: 0, p50_ms: null, p99_ms: null, max_ms: null };

test.each<[string, LoopHealth, string, string]>([
  [
    "measured",
    loopOf({}),
    "时间误差 p50 0.4、p99 2.6 毫秒，容许 7.3 毫秒，事件循环占用 24%",
    "timing error p50 0.4, p99 2.6 ms, 7.3 ms allowed, event loop 24% busy",
  ],
  [
    "too few samples for a p99",
    loopOf({ samples: 42 }),
    "时间误差 p50 0.4、最大 9.0 毫秒，只采样 42 次，容许 7.3 毫秒，事件循环占用 24%",
    "timing error p50 0.4, at most 9.0 ms, only 42 samples, 7.3 ms allowed, event loop 24% busy",
  ],
  [
    "a few samples far off, which chance brings",
    loopOf({ samples: 32, over: 2, max_ms: 569.3, allowed_ms: 8.8 }),
    "时间误差 p50 0.4 毫秒，32 次采样里 2 次超过容许的 8.8 毫秒（最大 569.3，次数少，按偶然算），事件循环占用 24%",
    "timing error p50 0.4 ms, 2 of 32 samples above the 8.8 ms allowed (at most 569.3; so few are chance), event loop 24% busy",
  ],
  [
    "not measured",
    loopOf({ ...nothing, failure: "spawn \u001B[31mEAGAIN" }, false),
    "时间误差没有测到，采样中断：spawn EAGAIN，事件循环占用 24%",
    "timing error not measured, sampling ended: spawn EAGAIN, event loop 24% busy",
  ],
  [
    "a file of an earlier version",
    earlier,
    "事件循环占用 24%，滞后 p99 12.8 毫秒，发送滞后 p50 0.3 毫秒",
    "event loop 24% busy, lag p99 12.8 ms, send lag p50 0.3 ms",
  ],
])("%s", (_, loop, zh, en) => {
  expect(loadText(loop, "zh")).toBe(zh);
  expect(loadText(loop, "en")).not.toContain("\u001B");
  expect(loadText(loop, "en")).toBe(en);
});

describe("not knowing is another thing than being off", () => {
  test.each<[string, LoopHealth, boolean]>([
    ["trusted", loopOf({}), false],
    ["off by more than is allowed", loopOf({ p99_ms: 9 }, false), false],
    ["off, and then ended", loopOf({ p99_ms: 9, failure: "ended" }, false), false],
    ["ended before it was off", loopOf({ failure: "ended" }, false), true],
    ["too few samples", loopOf({ samples: 3 }, false), true],
    ["too few samples, one of them late", loopOf({ samples: 9, p99_ms: 9 }, false), true],
    ["none", loopOf(nothing, false), true],
    ["an earlier file, trusted", earlier, false],
    ["an earlier file, not trusted", { ...earlier, trusted: false }, false],
  ])("%s", (_, loop, expected) => {
    expect(isUnmeasured(loop)).toBe(expected);
  });
});
