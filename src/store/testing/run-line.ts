import type { RunLine } from "../../domain/run-file/header.ts";

/** The header of a small run. */
export const runLine: RunLine = {
  kind: "run",
  schema: "run/1",
  id: "20261121T201600Z-ab12cd",
  tool: { version: "0.1.0", commit: null, node: "v24" },
  started_at: "2026-11-21T20:16:00.000Z",
  zone: "Asia/Shanghai",
  plan_digest: "d",
  suites: [],
  targets: [],
  settings: {
    trials: 1,
    seed: 7,
    limit: null,
    filter: null,
    wordings: false,
    concurrency: null,
    attempts: 5,
    deadlines_ms: { connect: 1, first_byte: 1, idle: 1, total: 1 },
    params: {},
    max_cost: null,
    max_tokens_total: null,
    via_sim: false,
  },
  fx: {},
  size: { items: 1, per_target: 1, answers: 1 },
};
