import type { JudgeRequest, JudgeCall } from "../../domain/judging.ts";
import type { Params } from "../../domain/params.ts";
import type { Settings } from "../../domain/run-file/header.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { CallOptions } from "../calls/call.ts";
import type { Lanes } from "../calls/lanes.ts";
import type { Breaker } from "../calls/retry.ts";
import type { Need } from "../run/budget.ts";

import { holdsToSchema } from "../../calling/structured.ts";
import { isThinking } from "../../calling/thinking-switch.ts";
import { digestOf } from "../../domain/digest.ts";
import { costOf } from "../../domain/money.ts";
import { isGraded } from "../../domain/outcome.ts";
import { mergeParams } from "../../domain/prompt.ts";
import { makeCall } from "../calls/call.ts";
import { createBreaker } from "../calls/retry.ts";
import { priority } from "../calls/waiting.ts";
import { createEstimator, type Estimator, outputBound } from "../plan/estimate.ts";
import { nothing, spentOn } from "../run/budget.ts";

/** The judges of a session, each in the lane of its account. */
export type Judges = {
  readonly ask: JudgeRequest;
  /** Estimated cost of `calls` calls of a judge that each read `texts` and replies of `tokens` tokens. */
  readonly needOf: (judge: string, calls: number, texts: readonly string[], tokens: number) => Need;
  /** The cost of a call that was made. */
  readonly spentOn: (call: JudgeCall) => Need;
  /** Drops waiting calls; those in flight finish. */
  readonly halt: () => void;
};

export type JudgesSetup = Pick<CallOptions, "deps" | "signal" | "stopping"> & {
  readonly lanes: Lanes;
  readonly strikes: number;
  readonly settings: Pick<Settings, "attempts" | "deadlines_ms" | "seed">;
};

type JudgeState = {
  readonly target: ResolvedTarget;
  readonly estimator: Estimator;
  readonly breaker: Breaker;
  /** Why it gets no more requests, or null. */
  stopped: string | null;
  /** Its vendor can hold a reply to JSON, as far as is known. */
  structured: boolean;
};

/** Enough for a few sentences and a line of JSON; the thinking budget comes on top. */
const usual: Params = { max_tokens: 4096 };

/** The prompt around the texts: rules, criteria, format. */
const frameTokens = 1_100;

/** Keeps a judge's tickets in a lane apart from those of the candidate with the same name. */
const ticketName = (ref: string): string => `judge ${ref}`;

export function createJudges(targets: readonly ResolvedTarget[], setup: JudgesSetup): Judges {
  const pool = new Map<string, JudgeState>(
    targets.map((target) => [
      target.entry.ref,
      {
        target,
        estimator: createEstimator(),
        breaker: createBreaker(setup.strikes),
        stopped: null,
        structured: isStructured(target),
      },
    ]),
  );
  const ask: JudgeRequest = async (name, messages, how, keep) => {
    const { vote, temperature, again } = how;
    const judge = pool.get(name);
    if (judge === undefined) throw new Error(`no judge ${name}`);
    if (judge.stopped !== null) throw new Error(`judge stopped: ${judge.stopped}`);
    if (setup.stopping.aborted) throw stopped();
    const { entry, endpoint, priceOf } = judge.target;
    const seed = setup.settings.seed + vote - 1;
    const params = mergeParams(usual, { temperature, seed }, entry.params);
    const record = await makeCall(
      {
        entry: { ...entry, ref: ticketName(name) },
        endpoint,
        ...(priceOf === undefined ? {} : { priceOf }),
        lane: setup.lanes.of(entry),
        estimator: judge.estimator,
        messages,
        params,
        schema: judge.structured ? how.schema : undefined,
        priority: priority.judge,
      },
      {
        ...setup,
        onRetry: () => undefined,
        onStorm: ({ outcome }) => {
          judge.stopped = outcome;
        },
      },
      () => Promise.resolve(),
    );
    if (record === null) throw judge.stopped === null ? stopped() : new Error(judge.stopped);
    keep({
      ...record,
      judge: name,
      params,
      prompt_digest: digestOf(messages),
      ...(again === undefined ? {} : { again }),
    });
    if (record.outcome === "bad-request" && judge.structured && how.schema !== undefined) {
      // The reader takes the object from plain text just as well.
      judge.structured = false;
      return ask(name, messages, how, keep);
    }
    const stop = judge.breaker.report(record);
    if (stop !== null) judge.stopped = stop.reason;
    if (!isGraded(record.outcome)) throw new Error(record.outcome);
    return record.text.trim() === "" ? (record.tool_calls?.[0]?.arguments ?? "") : record.text;
  };
  return {
    ask,
    needOf: (name, calls, texts, tokens) => {
      const judge = pool.get(name);
      return judge === undefined ? nothing : judgeNeed(judge, calls, texts, tokens);
    },
    spentOn: (call) => {
      const price = pool.get(call.judge ?? "")?.target.entry.price ?? null;
      return spentOn(call, price, frameTokens);
    },
    halt: () => {
      for (const { target } of pool.values()) {
        setup.lanes.of(target.entry).drop("all", ticketName(target.entry.ref));
      }
    },
  };
}

/** True where the judge's vendor can hold a reply to JSON, so that it is asked for an object. */
export const isStructured = ({ endpoint, entry }: ResolvedTarget): boolean =>
  holdsToSchema(entry.protocol) && endpoint.request.structured !== undefined;

/** The run is stopping: there is no verdict, and the judge is not at fault. */
const stopped = (): Error => Object.assign(new Error("the run stops"), { name: "AbortError" });

/** See `Judges.needOf`. */
export function judgeNeed(
  { target: { entry, endpoint }, estimator }: Pick<JudgeState, "target" | "estimator">,
  calls: number,
  texts: readonly string[],
  tokens: number,
): Need {
  if (calls === 0) return nothing;
  const params = mergeParams(usual, entry.params);
  const output = estimator.output(outputBound(params, endpoint.request));
  const input = estimator.input(texts) + tokens + frameTokens;
  const usage = { input, output, cached_input: null, cache_write: null, reasoning: null };
  const thinking = isThinking(params, endpoint.request);
  const cost = costOf(entry.price, { usage, thinking, at: new Date() });
  return {
    cost: cost === null ? null : { ...cost, amount: cost.amount * calls },
    tokens: (input + output) * calls,
  };
}
