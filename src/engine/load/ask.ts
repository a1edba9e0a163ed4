import type { ChatMessage } from "../../domain/call.ts";
import type { LoadRequest } from "../../domain/load/lines.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";

import { costOf } from "../../domain/money.ts";
import { isFailed, isGraded, stopsTarget } from "../../domain/outcome.ts";
import { unknownUsage } from "../../domain/usage.ts";
import { estimatedTokens } from "../../text/length.ts";
import { isGood } from "./good.ts";
import { requestLine, sendRequest } from "./request.ts";
import { endStep, giveUp, type StepState } from "./step-state.ts";

/** Failures before a share of them ends a load. */
const fewestForErrors = 30;

/** One request of a session. */
type Asked = {
  readonly session: number;
  readonly turn: number;
  readonly earlier: readonly ChatMessage[];
  readonly at: number;
  readonly phase: LoadRequest["phase"];
};

/** Sends one request and keeps its line; null where its session ends with it. */
export async function ask(state: StepState, asked: Asked): Promise<readonly ChatMessage[] | null> {
  const { plan, deps, abort } = state;
  const { target, prompts, step, origin } = plan;
  const { session, turn, earlier, at, phase } = asked;
  const prompt = prompts.ask(session + step * 1_000_000, turn);
  const need = () => needOf(target, [...earlier, ...prompt.messages], prompt.params.max_tokens);
  const reservation = await deps.budget.reserve(target.entry.ref, need, undefined, false);
  if (reservation === null) {
    state.stop ??= "budget";
    return null;
  }
  state.inFlight += 1;
  state.measuring += phase === "measure" ? 1 : 0;
  const lane = deps.lanes?.of(target.entry) ?? null;
  const sent = await sendRequest(
    {
      target,
      prompt,
      earlier,
      planned_at: at,
      in_flight: state.inFlight,
      lane,
      signal: abort.signal,
    },
    deps,
  ).finally(() => {
    state.inFlight -= 1;
    state.measuring -= phase === "measure" ? 1 : 0;
  });
  if (sent === null) {
    reservation.settle([]);
    return null;
  }
  const place = { target: target.entry.ref, step, phase, planned_at_ms: at - origin, turn };
  const row = requestLine(place, sent, target, deps.redact);
  const tokens = (row.input_tokens ?? 0) + (row.output_tokens ?? 0);
  reservation.settle([{ cost: row.cost, tokens }]);
  keep(state, row);
  if (!isGraded(row.outcome)) return null;
  return [...prompt.messages, { role: "assistant", text: sent.reply.text }];
}

/** What a request may cost at most, as a budget reserves it. */
export function needOf(
  target: ResolvedTarget,
  messages: readonly ChatMessage[],
  output: number | undefined,
) {
  const input = messages.reduce((sum, { text }) => sum + estimatedTokens(text), 0);
  const usage = { ...unknownUsage, input, output: output ?? 1_024 };
  const facts = { usage, thinking: false, at: new Date() };
  return { cost: costOf(target.entry.price, facts), tokens: input + usage.output };
}

/** Takes a row in, and sees whether it ends the step. */
function keep(state: StepState, row: LoadRequest): void {
  const { plan, deps, rows } = state;
  rows.push(row);
  deps.take(row);
  if (row.outcome === "aborted") return;
  state.failed += isFailed(row.outcome) && row.outcome !== "rate-limited" ? 1 : 0;
  const isRefused = stopsTarget(row.outcome);
  const isBroken = rows.length >= fewestForErrors && state.failed > plan.most_errors * rows.length;
  if (isRefused || isBroken) return endStep(state, "errors");
  if (row.phase !== "measure") return;
  state.measured += 1;
  state.good += isGood(row, plan.slo) ? 1 : 0;
  if (plan.most_bad !== null && state.measured - state.good >= plan.most_bad) giveUp(state);
}
