import { expect, test } from "vitest";

import type { LoopHealth } from "../../../domain/run-file/session.ts";

import { untrustedTexts } from "../timings.ts";

const busyWith = (samples: number): LoopHealth => ({
  utilisation: 0.4,
  lag_p99_ms: 60,
  send_lag_p50_ms: 1,
  timing_error: { samples, p50_ms: 9, p99_ms: 42, max_ms: 60, allowed_ms: 5 },
  trusted: false,
});

test("two busy sessions of one run stand once, with the figures of both", () => {
  const told = untrustedTexts([
    { run: "a", loop: busyWith(36) },
    { run: "b", loop: busyWith(50) },
    { run: "a", loop: busyWith(142) },
    { run: "a", loop: null },
    { run: "a", loop: null },
  ]);
  expect(told.map(({ zh }) => zh)).toEqual([
    expect.stringMatching(/^a 的 2 次会话中本机过忙（.*36 .*；.*p99 42\.0 .*）$/),
    expect.stringMatching(/^b 本机过忙（.*50 .*）$/),
    "a 没有 end 行，无从得知本机当时是否过忙",
  ]);
  expect(told[0]?.en).toMatch(/^a this machine was too busy in 2 sessions \(/);
});
