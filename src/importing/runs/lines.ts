import type { CallRecord } from "../../domain/call.ts";
import type { Origin } from "../../domain/run-file/elsewhere.ts";
import type { RunLine, Settings, SuiteEntry, TargetEntry } from "../../domain/run-file/header.ts";
import type { AnswerLine } from "../../domain/run-file/lines.ts";
import type { EndLine } from "../../domain/run-file/session.ts";
import type { Text } from "../../domain/text.ts";
import type { PlannedAnswer } from "./plan.ts";

import { digestOf } from "../../domain/digest.ts";
import { formats } from "../../domain/formats.ts";
import { answerKey } from "../../domain/id.ts";
import { unknownUsage } from "../../domain/usage.ts";

/** A target whose answers were given elsewhere: no address, no limits of ours, and no price. */
export const targetElsewhere = (ref: string, vendor: Text, origin: Origin): TargetEntry => ({
  ref,
  provider: ref.slice(0, ref.indexOf("/")),
  model: ref.slice(ref.indexOf("/") + 1),
  variant: null,
  vendor,
  base_model: null,
  protocol: "none",
  base_url: "",
  egress: null,
  params: {},
  limits: { scope: "account", concurrency: 1, rpm: null, tpm: null },
  price: null,
  reference: false,
  baseline: false,
  origin,
});

/** Nothing was asked, so that no limit, deadline or cap held. */
const settings = (trials: number): Settings => ({
  trials,
  seed: 0,
  limit: null,
  filter: null,
  wordings: false,
  concurrency: null,
  attempts: 1,
  deadlines_ms: { connect: 0, first_byte: 0, idle: 0, total: 0 },
  params: {},
  max_cost: null,
  max_tokens_total: null,
  via_sim: false,
});

export type ElsewhereRun = {
  readonly id: string;
  readonly tool: RunLine["tool"];
  readonly now: Date;
  readonly suites: readonly SuiteEntry[];
  readonly targets: readonly TargetEntry[];
  readonly trials: number;
  readonly items: number;
};

/** The first line of a run file of such answers. */
export const headerElsewhere = ({
  id,
  tool,
  now,
  suites,
  targets,
  trials,
  items,
}: ElsewhereRun): RunLine => ({
  kind: "run",
  schema: formats.run,
  id,
  tool,
  started_at: now.toISOString(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  plan_digest: digestOf({ elsewhere: id }),
  suites,
  targets,
  settings: settings(trials),
  fx: {},
  size: {
    items,
    per_target: items * trials,
    answers: items * trials * targets.length,
  },
});

/** The last one: no time of this machine is in the file. */
export const endElsewhere = (
  now: Date,
  answers: number,
  failed: number,
  wall_ms: number,
): EndLine => ({
  kind: "end",
  when: now.toISOString(),
  status: "complete",
  answers,
  failed,
  wall_ms,
  loop: { utilisation: 0, lag_p99_ms: 0, send_lag_p50_ms: null, trusted: true },
});

/** A call that somebody else made. */
export const callElsewhere = (
  call: Pick<CallRecord, "outcome" | "text"> & Partial<CallRecord>,
): CallRecord => ({
  reasoning: "",
  finish: null,
  usage: unknownUsage,
  model_returned: null,
  fingerprint: null,
  request_id: null,
  dropped: [],
  simulated: false,
  timing: null,
  cost: null,
  cost_incomplete: false,
  attempts: [],
  elsewhere: true,
  ...call,
});

/** The line of a reply that another tool kept. */
export function answerElsewhere(
  { sample, item, trial }: PlannedAnswer,
  target: string,
): AnswerLine {
  const { reply, graded, when } = sample;
  const ask_digest = item.asks[0]?.ask_digest ?? "";
  const call = callElsewhere({
    outcome: reply.outcome,
    text: reply.text,
    reasoning: reply.reasoning,
    finish: reply.finish === null ? null : { reason: reply.finish, raw: null },
    usage: { ...unknownUsage, ...reply.usage },
    model_returned: reply.model,
    attempts:
      reply.message === null
        ? []
        : [
            {
              outcome: reply.outcome,
              status: null,
              code: null,
              message: reply.message,
              wait_ms: null,
              streamed: false,
            },
          ],
  });
  return {
    kind: "answer",
    key: answerKey({ item: item.item, wording: null, trial, target }),
    item: item.item,
    wording: null,
    trial,
    target,
    ask_digest,
    digest: digestOf({ ask_digest, target }),
    outcome: reply.outcome,
    turns: [call],
    collected: { who: null, when: when === null ? null : new Date(when).toISOString() },
    ...(graded === null ? {} : { graded_elsewhere: graded }),
  };
}
