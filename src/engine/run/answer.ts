import type { CallRecord, ChatMessage } from "../../domain/call.ts";
import type { Params } from "../../domain/params.ts";
import type { Settings, TargetEntry } from "../../domain/run-file/header.ts";
import type {
  AnswerLine,
  RenderedPrompt,
  ItemLine,
  StepLine,
} from "../../domain/run-file/lines.ts";

import { isApplication } from "../../calling/app/plain.ts";
import { overBody } from "../../calling/params.ts";
import { taskBody } from "../../calling/task-body.ts";
import { digestOf } from "../../domain/digest.ts";
import { answerKey } from "../../domain/id.ts";
import { mergeParams } from "../../domain/prompt.ts";
import { whole } from "../../domain/schema/whole.ts";
import { type Call, type CallOptions, makeCall } from "../calls/call.ts";
import { priority } from "../calls/waiting.ts";
import { coldNonce, withNonce } from "./cold.ts";
import { converse } from "./conversation.ts";
import { describingTools } from "./text-calls.ts";

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

/** Where the calls of an answer go: the same for all answers of a target. */
export type Way = Pick<Call, "endpoint" | "lane" | "estimator" | "priceOf" | "batch">;

export type AnswerOptions = Omit<CallOptions, "settings"> & { readonly settings: Settings };

/** What becomes of the calls of an answer, each while its slot is still held. */
export type Settle = {
  /** A call that another will follow. */
  readonly step: (line: StepLine) => Promise<void>;
  readonly answer: (line: AnswerLine) => Promise<void>;
};

/**
 * Sends the turns of an item one after another, each following the model's own replies; where an environment answers its
 * calls, it gets the results until it calls nothing more or has made all the requests it may. `earlier` are the steps
 * that an earlier session has taken. Resolves to null if the run stopped before the answer was complete.
 */
export async function answerItem(
  job: Job,
  way: Way,
  options: AnswerOptions,
  settle: Settle,
  earlier: readonly StepLine[],
): Promise<AnswerLine | null> {
  const params = requestParams(job, options.settings);
  const vars = varsFor(job);
  const digest = digestOf({
    ask_digest: job.prompt.ask_digest,
    model: job.entry.model,
    params,
    ...(vars === undefined ? {} : { vars }),
  });
  const known = earlier.filter((line) => line.digest === digest);
  const begun = converse(job, known);
  const conversation = begun instanceof Promise ? await begun : begun;
  const { messages, turns } = conversation;
  const { endpoint, dropped } = withTask(way.endpoint, job);
  const inText = way.endpoint.request.tools === "text";
  const nonce = nonceOf(job, options.settings);
  let anyLagged = turns.length > 0 && known.some(({ lagged }) => lagged === true);
  let answer: AnswerLine | null = null;
  for (;;) {
    const record = await makeCall(
      {
        ...way,
        key: job.key,
        endpoint,
        dropped,
        entry: job.entry,
        messages: marked(inText ? describingTools(messages, job.item.tools) : [...messages], nonce),
        params,
        tools: inText ? [] : job.item.tools,
        vars,
        priority: turns.length === 0 ? priority.fresh : priority.followUp,
        goesOn: job.item.environment !== undefined || turns.length + 1 < job.prompt.turns.length,
      },
      options,
      (ended, lagged) => {
        anyLagged ||= lagged;
        const { kept, goesOn } = conversation.take(ended);
        if (goesOn) return settle.step(stepLine(job, digest, turns.length, kept, lagged));
        answer = answerLine(job, digest, turns, { lagged: anyLagged, nonce });
        return settle.answer(answer);
      },
    );
    if (record === null) return null;
    if (answer !== null) return answer;
  }
}

/** The item's variables, for applications: to models they are said in the prompt alone. */
const varsFor = ({ entry, item }: Pick<Job, "entry" | "item">): ItemLine["vars"] =>
  isApplication(entry.protocol) ? item.vars : undefined;

/** None for a baseline, which no cache answers. */
const nonceOf = ({ key, entry }: Job, { cold }: Settings): string | null =>
  cold === undefined || entry.baseline ? null : coldNonce(cold, key);

const marked = (messages: readonly ChatMessage[], nonce: string | null): readonly ChatMessage[] =>
  nonce === null ? messages : withNonce(messages, nonce);

/** The endpoint with what the task adds to its requests; a target's own body goes over it. */
function withTask(
  endpoint: Call["endpoint"],
  { item, entry }: Job,
): Required<Pick<Call, "endpoint" | "dropped">> {
  if (item.request === undefined || entry.baseline) return { endpoint, dropped: [] };
  const { body, dropped } = taskBody(item.request, entry.protocol, endpoint.request);
  const usual = overBody(endpoint.request.body ?? {}, body);
  const request = { ...endpoint.request, body: overBody(usual, entry.body ?? {}) };
  return { endpoint: { ...endpoint, request }, dropped };
}

function stepLine(
  { key, item, entry }: Job,
  digest: string,
  step: number,
  call: CallRecord,
  lagged: boolean,
): StepLine {
  return whole<StepLine>({
    kind: "step",
    key,
    item: item.item,
    target: entry.ref,
    digest,
    step,
    call,
    lagged: lagged || undefined,
  });
}

function answerLine(
  job: Job,
  digest: string,
  turns: readonly CallRecord[],
  { lagged, nonce }: { readonly lagged: boolean; readonly nonce: string | null },
): AnswerLine {
  const { ask_digest, wording } = job.prompt;
  return whole<AnswerLine>({
    kind: "answer",
    key: job.key,
    item: job.item.item,
    wording,
    trial: job.trial,
    target: job.entry.ref,
    ask_digest,
    digest,
    outcome: turns.at(-1)?.outcome ?? "aborted",
    turns,
    lagged: lagged || undefined,
    nonce: nonce ?? undefined,
    collected: undefined,
    graded_elsewhere: undefined,
    worker: undefined,
    region: undefined,
  });
}
