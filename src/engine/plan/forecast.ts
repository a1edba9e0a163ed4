import type { Money } from "../../domain/money.ts";
import type { Params } from "../../domain/params.ts";
import type { ItemLine, RenderedPrompt } from "../../domain/run-file/lines.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { Need } from "../run/budget.ts";
import type { Estimator } from "./estimate.ts";
import type { Plan } from "./plan.ts";

import { isThinking } from "../../calling/thinking-switch.ts";
import { answerKey, type KeyParts } from "../../domain/id.ts";
import { atShare, costOf } from "../../domain/money.ts";
import { functionOf } from "../../domain/request/tool-function.ts";
import { isBatchable } from "../batch/access.ts";
import { requestParams } from "../run/answer.ts";
import { isAskedOf } from "./asked-of.ts";
import { assumedOutput, createEstimator, outputBound } from "./estimate.ts";

export type ForecastCall = {
  readonly item: Pick<ItemLine, "tools" | "max_steps">;
  readonly prompt: RenderedPrompt;
  readonly params: Params;
  readonly target: ResolvedTarget;
  readonly estimator: Estimator;
};

/** Tokens of what an environment answers to the calls of one reply. */
const assumedResults = 512;

/** Upper estimate of one answer's cost, all its turns together; until agents have been seen, all the requests they may make. */
export function needOf({ item, prompt, params, target, estimator }: ForecastCall): Need {
  const { entry, endpoint } = target;
  if (entry.baseline) return { cost: null, tokens: 0 };
  const output = estimator.output(outputBound(params, endpoint.request));
  const perTurn = output + (item.max_steps === undefined ? 0 : assumedResults);
  const calls = callsOf(item, prompt, estimator);
  const needs = Array.from({ length: calls }, (_, turn) => {
    const input = inputOf(item, prompt, turn, estimator) + turn * perTurn;
    const usage = { input, output, cached_input: null, cache_write: null, reasoning: null };
    const thinking = isThinking(params, endpoint.request);
    return {
      cost: costOf(entry.price, { usage, thinking, at: new Date() }),
      tokens: input + output,
    };
  });
  return needs.reduce(sumOf);
}

const callsOf = (
  { max_steps }: ForecastCall["item"],
  { turns }: RenderedPrompt,
  { steps }: Estimator,
): number => (max_steps === undefined ? turns.length : steps(max_steps));

/** What is known of a request before anything is said: each turn is sent with everything before it. */
function inputOf(
  { tools }: ForecastCall["item"],
  { messages, turns }: RenderedPrompt,
  turn: number,
  estimator: Estimator,
): number {
  return estimator.input([
    ...messages.map(({ text }) => text),
    ...turns.slice(0, turn + 1),
    ...tools.map((tool) => JSON.stringify(functionOf(tool))),
  ]);
}

const sumOf = (left: Need, right: Need): Need => ({
  cost: left.cost === null || right.cost === null ? null : addMoney(left.cost, right.cost),
  tokens: left.tokens + right.tokens,
});

const addMoney = (left: Money, right: Money): Money => ({
  ...left,
  amount: left.amount + right.amount,
});

/** Estimated calls, tokens and cost of a run for one target. */
export type Forecast = {
  readonly target: string;
  /** Requests, without retries. */
  readonly calls: number;
  readonly input_tokens: number;
  /** If every answer is as long as allowed. */
  readonly output_tokens: number;
  /** Null if the price is unknown; a baseline costs nothing. */
  readonly cost: Money | null;
  /** What the answer takes that takes most. */
  readonly most: Need;
};

/** Whether an answer is still to be asked for, by its key. */
export type IsLeft = (key: string) => boolean;

/** How many trials of an answer are left. */
export function trialsLeft(
  parts: Omit<KeyParts, "trial">,
  { trials }: Plan["settings"],
  isLeft: IsLeft,
): number {
  let left = 0;
  for (let trial = 1; trial <= trials; trial += 1) {
    if (isLeft(answerKey({ ...parts, trial }))) left += 1;
  }
  return left;
}

/** A target at the price of its batches, where a batch answers the item. */
function asBilled(
  target: ResolvedTarget,
  item: ItemLine,
  { batch }: Plan["settings"],
): ResolvedTarget {
  if (batch !== true || target.batch === undefined || !isBatchable(item)) return target;
  const price = atShare(target.entry.price, target.batch.price);
  return { ...target, entry: { ...target.entry, price } };
}

const mostItems = 1_000;

const nothing = { calls: 0, input: 0, output: 0, amount: 0, most: 0, mostTokens: 0 };

/**
 * Estimates the calls, tokens and cost of each target from its prompts: those of all items, or of a thousand items of
 * a larger plan spread over its whole length, scaled up. Assumes one token per CJK character and 0.35 per other character, and answers as long as
 * their bound allows, or `assumedOutput` if there is none. Of a run that is under way, only what is left is counted.
 */
export async function forecast(
  plan: Plan,
  isLeft: IsLeft = () => true,
): Promise<readonly Forecast[]> {
  const places = Math.min(plan.count, mostItems);
  const sums = plan.targets.map(() => ({ ...nothing, priced: true }));
  for (let at = 0; at < places; at += 1) {
    const item = await plan.item(Math.floor((at * plan.count) / places));
    for (const [index, whole] of plan.targets.entries()) {
      const target = asBilled(whole, item, plan.settings);
      const sum = sums[index];
      if (sum === undefined) continue;
      for (const prompt of item.asks.filter((each) => isAskedOf(each, target.entry.ref))) {
        const { wording } = prompt;
        const answer = { item: item.item, wording, target: target.entry.ref };
        const left = trialsLeft(answer, plan.settings, isLeft);
        if (left === 0) continue;
        const params = requestParams(
          { item, prompt, trial: 1, entry: target.entry },
          plan.settings,
        );
        const estimator = createEstimator();
        const bound = outputBound(params, target.endpoint.request) ?? assumedOutput;
        const calls = callsOf(item, prompt, estimator);
        const { cost, tokens } = needOf({ item, prompt, params, target, estimator });
        const output = target.entry.baseline ? 0 : bound * calls;
        sum.calls += calls * left;
        sum.output += output * left;
        sum.input += Math.max(0, tokens - output) * left;
        sum.amount += (cost?.amount ?? 0) * left;
        sum.most = Math.max(sum.most, cost?.amount ?? 0);
        sum.mostTokens = Math.max(sum.mostTokens, tokens);
        sum.priced &&= cost !== null || target.entry.baseline;
      }
    }
  }
  const scale = plan.count / places;
  return plan.targets.map(({ entry }, index) => {
    const sum = sums[index] ?? { ...nothing, priced: false };
    const currency = entry.price?.currency ?? "CNY";
    return {
      target: entry.ref,
      calls: Math.round(sum.calls * scale),
      input_tokens: Math.round(sum.input * scale),
      output_tokens: Math.round(sum.output * scale),
      cost: sum.priced ? { amount: sum.amount * scale, currency } : null,
      most: { cost: sum.priced ? { amount: sum.most, currency } : null, tokens: sum.mostTokens },
    };
  });
}
