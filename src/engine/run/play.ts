import type { CallRecord, ChatMessage, ToolCall, ToolResult } from "../../domain/call.ts";
import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { Tool } from "../../domain/suite.ts";
import type { Environment } from "../../playing/environment.ts";

import { isGraded } from "../../domain/outcome.ts";
import { UserError } from "../../domain/text.ts";
import { loadEnvironment, sayToUser } from "../../playing/environment.ts";
import { answerCalls } from "../../playing/play.ts";
import { resultsText, textCalls } from "./text-calls.ts";

/** A conversation with an environment, as it goes on. */
export type Play = {
  /**
   * Takes a reply: the record with the results of its calls, and the messages with which the conversation goes on, or
   * null where it is over because the model calls nothing more and nobody answers its words, failed, or has made all its
   * requests. Calls may be the vendor's, or written in the text.
   */
  readonly take: (record: CallRecord) => Taken;
};

type Taken = { readonly record: CallRecord; readonly next: readonly ChatMessage[] | null };

/** Begins an item's play; null for items whose calls nothing answers. Rejects if its environment is unknown. */
export async function startPlay({
  environment: ref,
  tools,
  max_steps = 1,
}: ItemLine): Promise<Play | null> {
  if (ref === undefined) return null;
  const environment = await loadEnvironment(ref.use);
  if (environment === null)
    throw new UserError({
      zh: `没有名为 ${ref.use} 的环境；baimo 的版本可能比题集旧。`,
      en: `there is no environment ${ref.use}: this baimo may be older than the suite.`,
    });
  return playOf(environment, tools, ref.state, max_steps);
}

function playOf(
  environment: Environment,
  tools: readonly Tool[],
  start: unknown,
  most: number,
): Play {
  let state = start;
  let steps = 0;
  // A model that has called tools only speaks of them in its text.
  let hasCalled = false;
  const answer = (calls: readonly ToolCall[]): readonly ToolResult[] => {
    const played = answerCalls(environment, state, calls);
    ({ state } = played);
    return played.results;
  };

  const native = (record: CallRecord, made: readonly ToolCall[]): Taken => {
    hasCalled = true;
    const calls = made.map((call, index) => withId(call, steps, index));
    const results = answer(calls);
    const next: readonly ChatMessage[] = [
      { role: "assistant", text: record.text, calls },
      { role: "user", text: "", results },
    ];
    return { record: { ...record, results }, next };
  };

  const spoken = (record: CallRecord): Taken => {
    const { text } = record;
    const { form, calls } = hasCalled ? noCalls : textCalls(text, tools);
    const isAnswered = calls.length > 0 || (environment.user?.(state, text) ?? null) !== null;
    if (text.trim() === "" || !isAnswered) return { record, next: null };
    const { name, arguments: given } = sayToUser(text);
    const played =
      calls.length > 0 ? calls : [{ id: null, name, arguments: JSON.stringify(given) }];
    const results = answer(played);
    const says = calls.length > 0 ? resultsText(form, results) : (results[0]?.content ?? "");
    return {
      record: { ...record, played, results },
      next: [
        { role: "assistant", text },
        { role: "user", text: says },
      ],
    };
  };

  return {
    take: (record) => {
      steps += 1;
      if (!isGraded(record.outcome)) return { record, next: null };
      const { tool_calls = [] } = record;
      const taken = tool_calls.length > 0 ? native(record, tool_calls) : spoken(record);
      return steps < most ? taken : { ...taken, next: null };
    },
  };
}

const noCalls = { form: "none", calls: [] } as const;

/** Some vendors name no calls, and others want a name for every result. */
const withId = (call: ToolCall, step: number, index: number): ToolCall =>
  call.id === null ? { ...call, id: `call_${step}_${index + 1}` } : call;
