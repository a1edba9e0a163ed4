import type { Params } from "../../domain/params.ts";
import type { RequestQuirks } from "../../domain/provider.ts";
import type { Usage } from "../../domain/run-file/usage-counts.ts";

import { isThinking } from "../../calling/thinking-switch.ts";
import { estimatedTokens } from "../../text/length.ts";

/** Assumed output tokens of an unbounded answer, before any answer has been seen. */
export const assumedOutput = 1024;
const assumedThinking = 8192;
const enough = 20;

/** Estimates the tokens of a target's requests, better with every answer. */
export type Estimator = {
  readonly input: (texts: readonly string[]) => number;
  /** A figure that is rarely exceeded; `bound` is what the request itself allows, or null. */
  readonly output: (bound: number | null) => number;
  /** A typical figure, for rate limits. */
  readonly usualOutput: (bound: number | null) => number;
  readonly learn: (texts: readonly string[], usage: Usage) => void;
  /** How many requests an agent makes for one answer, rarely more; `bound` is how many it may make. */
  readonly steps: (bound: number) => number;
  readonly learnSteps: (steps: number) => void;
};

/** Until it has seen enough answers it estimates high: one token per CJK character, the whole bound for the output. */
export function createEstimator(): Estimator {
  let ratio = 1;
  const outputs = createMoments();
  const conversations = createMoments();
  const within = (bound: number | null, value: number): number =>
    Math.ceil(Math.min(bound ?? Number.POSITIVE_INFINITY, value));
  return {
    input: (texts) => Math.ceil(rawTokens(texts) * ratio),
    output: (bound) => {
      if (outputs.count() < enough)
        return bound ?? Math.max(assumedOutput, Math.ceil(outputs.mean() * 4));
      return within(bound, outputs.rarelyAbove());
    },
    usualOutput: (bound) =>
      outputs.count() < enough ? (bound ?? assumedOutput) : within(bound, outputs.mean()),
    learn: (texts, { input, output }) => {
      if (input !== null && input > 0) ratio += ((input / rawTokens(texts)) * 1.1 - ratio) / 8;
      if (output !== null) outputs.add(output);
    },
    steps: (bound) =>
      conversations.count() < enough ? bound : within(bound, conversations.rarelyAbove()),
    learnSteps: conversations.add,
  };
}

/** Mean and spread of numbers as they come (Welford). */
function createMoments() {
  let count = 0;
  let mean = 0;
  let squares = 0;
  return {
    count: () => count,
    mean: () => mean,
    /** Four standard deviations above the mean. */
    rarelyAbove: () => mean + 4 * Math.sqrt(squares / count),
    add: (value: number): void => {
      count += 1;
      const step = value - mean;
      mean += step / count;
      squares += step * (value - mean);
    },
  };
}

/** The most output tokens a request allows, reasoning included, or null if it sets no bound. */
export function outputBound(params: Params, request: RequestQuirks): number | null {
  if (params.max_tokens === undefined) return null;
  if (!isThinking(params, request)) return params.max_tokens;
  const budget = typeof params.thinking === "number" ? params.thinking : params.thinking_budget;
  return params.max_tokens + (budget ?? assumedThinking);
}

/** Tokens of a conversation that no vendor has counted; rather too high than too low. */
function rawTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + 8 + estimatedTokens(text), 3);
}
