import type { CallRecord, ChatMessage } from "../../domain/call.ts";
import type { Params } from "../../domain/params.ts";
import type { Settings, TargetEntry } from "../../domain/run-file/header.ts";
import type { AnswerLine, RenderedPrompt, ItemLine } from "../../domain/run-file/lines.ts";

import { digestOf } from "../../domain/digest.ts";
import { answerKey } from "../../domain/id.ts";
import { isGraded } from "../../domain/outcome.ts";
import { mergeParams } from "../../domain/prompt.ts";
import { type Call, type CallOptions, makeCall } from "../calls/call.ts";
import { priority } from "../calls/waiting.ts";
import { startPlay } from "./play.ts";

/** One item for one target, in one wording and one trial. */
export type Job = {
  /** The key of its answer. */
  readonly key: string;
  readonly item: ItemLine;
  readonly prompt: RenderedPrompt;
  readonly trial: number;
  readonly entry: TargetEntry;
};

export const jobOf = (
  item: ItemLine,
  prompt: RenderedPrompt,
  trial: number,
  entry: TargetEntry,
): Job => ({
  key: answerKey({ item: item.item, wording: prompt.wording, trial, target: entry.ref }),
  item,
  prompt,
  trial,
  entry,
});

/**
 * The params of a request: the suite's, overridden by the run's, overridden by the target's; each trial has its own
 * seed. A vendor is sent a seed only if one is configured; a baseline guesses with the run's.
 */
export function requestParams(
  job: Omit<Job, "key">,
  settings: Pick<Settings, "params" | "seed">,
): Params {
  const base = job.entry.baseline ? { seed: settings.seed } : {};
  const params = mergeParams(base, job.item.params, settings.params, job.entry.params);
  return params.seed === undefined ? params : { ...params, seed: params.seed + job.trial - 1 };
}

/**
 * Sends the turns of an item one after another, each following the model's own replies; where an environment answers its
 * calls, it gets the results until it calls nothing more or has made all the requests it may. `settle` gets the answer
 * while the last call's slot is still held. Resolves to null if the run stopped before the answer was complete.
 */
export async function answerItem(
  job: Job,
  call: Omit<Call, "entry" | "messages" | "params" | "priority">,
  options: Omit<CallOptions, "settle" | "settings"> & { readonly settings: Settings },
  settle: (answer: AnswerLine, lagged: boolean) => Promise<void>,
): Promise<AnswerLine | null> {
  const params = requestParams(job, options.settings);
  const messages: ChatMessage[] = [...job.prompt.messages];
  const turns: CallRecord[] = [];
  let answer: AnswerLine | null = null;
  let anyLagged = false;
  const play = await startPlay(job.item);
  const count = play === null ? job.prompt.turns.length : (job.item.max_steps ?? 1);
  for (let index = 0; index < count; index += 1) {
    const question = job.prompt.turns[index];
    let next: readonly ChatMessage[] | null = null;
    if (question !== undefined) messages.push({ role: "user", text: question });
    const record = await makeCall(
      {
        ...call,
        entry: job.entry,
        messages: [...messages],
        params,
        tools: job.item.tools,
        priority: index === 0 ? priority.fresh : priority.followUp,
      },
      {
        ...options,
        settle: async (ended, lagged) => {
          const taken = play?.take(ended) ?? null;
          turns.push(taken?.record ?? ended);
          anyLagged ||= lagged;
          next = taken === null ? following(ended, index + 1 < count) : taken.next;
          if (next !== null) return;
          answer = answerLine(job, params, turns);
          await settle(answer, anyLagged);
        },
      },
    );
    if (record === null) return null;
    if (answer !== null) return answer;
    messages.push(...(next ?? []));
  }
  return answer;
}

/** A dialogue ends when there is no reply to continue from; vendors refuse an empty assistant turn. */
const following = (
  { outcome, text }: CallRecord,
  isAsked: boolean,
): readonly ChatMessage[] | null =>
  isAsked && isGraded(outcome) && text.trim() !== "" ? [{ role: "assistant", text }] : null;

function answerLine(job: Job, params: Params, turns: readonly CallRecord[]): AnswerLine {
  const { ask_digest, wording } = job.prompt;
  return {
    kind: "answer",
    key: job.key,
    item: job.item.item,
    wording,
    trial: job.trial,
    target: job.entry.ref,
    ask_digest,
    digest: digestOf({ ask_digest, model: job.entry.model, params }),
    outcome: turns.at(-1)?.outcome ?? "aborted",
    turns,
  };
}
