import type { CallRecord, ChatMessage } from "../../domain/call.ts";
import { digestOf } from "../../domain/digest.ts";
import { answerKey } from "../../domain/id.ts";
import { isGraded } from "../../domain/outcome.ts";
import type { Params } from "../../domain/params.ts";
import { mergeParams } from "../../domain/prompt.ts";
import type { AnswerLine, RenderedPrompt, ItemLine } from "../../domain/run-file/lines.ts";
import { type Call, type CallOptions, makeCall } from "../calls/call.ts";
import { priority } from "../calls/lanes.ts";
import type { Settings, TargetEntry } from "../../domain/run-file/header.ts";

/** One item put to one target, in one wording, for one trial. */
export type Job = {
  /** That of its answer. */
  readonly key: string;
  readonly item: ItemLine;
  readonly asked: RenderedPrompt;
  readonly trial: number;
  readonly entry: TargetEntry;
};

export const jobOf = (
  item: ItemLine,
  asked: RenderedPrompt,
  trial: number,
  entry: TargetEntry,
): Job => ({
  key: answerKey({ item: item.item, wording: asked.wording, trial, target: entry.ref }),
  item,
  asked,
  trial,
  entry,
});

/**
 * What is asked of a target: the suite's params, over them the run's, over them the target's; each trial its own seed.
 * A vendor gets a seed only where somebody asks for one; a baseline guesses by the run's.
 */
export function askedParams(
  job: Omit<Job, "key">,
  settings: Pick<Settings, "params" | "seed">,
): Params {
  const base = job.entry.baseline ? { seed: settings.seed } : {};
  const params = mergeParams(base, job.item.params, settings.params, job.entry.params);
  return params.seed === undefined ? params : { ...params, seed: params.seed + job.trial - 1 };
}

/**
 * Asks the turns of an item one after the other, each after the model's own replies. `settle` gets the answer
 * while the last call's slot is still held. Resolves to null where the run stopped before the answer was whole.
 */
export async function answerItem(
  job: Job,
  call: Omit<Call, "entry" | "messages" | "params" | "priority">,
  options: Omit<CallOptions, "settle" | "settings"> & { readonly settings: Settings },
  settle: (answer: AnswerLine, lagged: boolean) => Promise<void>,
): Promise<AnswerLine | null> {
  const params = askedParams(job, options.settings);
  const messages: ChatMessage[] = [...job.asked.messages];
  const turns: CallRecord[] = [];
  let answer: AnswerLine | null = null;
  let held = false;
  for (const [index, prompt] of job.asked.turns.entries()) {
    messages.push({ role: "user", text: prompt });
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
          turns.push(ended);
          held ||= lagged;
          if (index + 1 < job.asked.turns.length && goesOn(ended)) return;
          answer = answerLine(job, params, turns);
          await settle(answer, held);
        },
      },
    );
    if (record === null) return null;
    if (answer !== null) return answer;
    messages.push({ role: "assistant", text: record.text });
  }
  return answer;
}

/** A dialogue ends where there is nothing to go on from; vendors refuse an empty assistant turn. */
const goesOn = (record: CallRecord): boolean =>
  isGraded(record.outcome) && record.text.trim() !== "";

function answerLine(job: Job, params: Params, turns: readonly CallRecord[]): AnswerLine {
  const { ask_digest, wording } = job.asked;
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
