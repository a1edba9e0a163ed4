import { expect, test } from "vitest";

import type { LoopHealth } from "../../domain/run-file/session.ts";

import { endLine } from "../testing/lines.ts";
import { type Trust, trustOf } from "./session-trust.ts";

const timing = { samples: 312, p50_ms: 0.4, p99_ms: 2.6, max_ms: 9, allowed_ms: 5 };
const calm: LoopHealth = { ...endLine().loop, timing_error: timing, trusted: true };
const busy: LoopHealth = { ...calm, timing_error: { ...timing, p99_ms: 42 }, trusted: false };
const brief: LoopHealth = { ...calm, timing_error: { ...timing, samples: 3 }, trusted: false };
/** One late reading of three: too few to call the machine busy. */
const jolt: LoopHealth = { ...busy, timing_error: { ...timing, samples: 3, p99_ms: 42 } };

type Sessions = readonly (readonly [LoopHealth | null, answers: number])[];

test.each<readonly [name: string, sessions: Sessions, trust: Trust, against: number]>([
  [
    "the rest of a resumed run, too short to be measured",
    [
      [calm, 62],
      [brief, 2],
    ],
    "trusted",
    0,
  ],
  [
    "the same, with a jolt at its start",
    [
      [calm, 62],
      [jolt, 2],
    ],
    "trusted",
    0,
  ],
  [
    "a first session that was killed at once",
    [
      [null, 1],
      [calm, 99],
    ],
    "trusted",
    0,
  ],
  ["a burst of its own with one late reading", [[jolt, 64]], "unmeasured", 1],
  [
    "half of it not measured",
    [
      [calm, 32],
      [brief, 32],
    ],
    "unmeasured",
    1,
  ],
  [
    "half of it cut off",
    [
      [calm, 32],
      [null, 32],
    ],
    "cut-off",
    1,
  ],
  [
    "half of it busy",
    [
      [busy, 32],
      [calm, 32],
    ],
    "busy",
    1,
  ],
  [
    "little of each, together too much",
    [
      [busy, 3],
      [brief, 3],
      [calm, 94],
    ],
    "busy",
    2,
  ],
  [
    "all calm",
    [
      [calm, 1],
      [calm, 1],
    ],
    "trusted",
    0,
  ],
])("%s", (_, sessions, trust, against) => {
  const found = trustOf(sessions.map(([loop, answers]) => ({ loop, answers })));
  expect(found.trust).toBe(trust);
  expect(found.against).toHaveLength(against);
});
