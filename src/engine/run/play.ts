import type { CallRecord, ChatMessage, ToolCall } from "../../domain/call.ts";
import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { Environment } from "../../playing/environment.ts";

import { isGraded } from "../../domain/outcome.ts";
import { UserError } from "../../domain/text.ts";
import { loadEnvironment } from "../../playing/environment.ts";
import { answerCalls } from "../../playing/play.ts";

/** A conversation with an environment, as it goes on. */
export type Play = {
  /**
   * Takes a reply: the record with the results of its calls, and the messages with which the conversation goes on, or
   * null where it is over because the model calls nothing more, failed, or has made all its requests.
   */
  readonly take: (record: CallRecord) => {
    readonly record: CallRecord;
    readonly next: readonly ChatMessage[] | null;
  };
};

/** Begins an item's play; null for items whose calls nothing answers. Rejects if its environment is unknown. */
export async function startPlay({
  environment: ref,
  max_steps = 1,
}: ItemLine): Promise<Play | null> {
  if (ref === undefined) return null;
  const environment = await loadEnvironment(ref.use);
  if (environment === null)
    throw new UserError({
      zh: `没有名为 ${ref.use} 的环境；baimo 的版本可能比题集旧。`,
      en: `there is no environment ${ref.use}: this baimo may be older than the suite.`,
    });
  return playOf(environment, ref.state, max_steps);
}

function playOf(environment: Environment, start: unknown, most: number): Play {
  let state = start;
  let steps = 0;
  return {
    take: (record) => {
      steps += 1;
      const { outcome, text, tool_calls = [] } = record;
      if (!isGraded(outcome) || tool_calls.length === 0) return { record, next: null };
      const calls = tool_calls.map((call, index) => withId(call, steps, index));
      const played = answerCalls(environment, state, calls);
      ({ state } = played);
      const { results } = played;
      const next: readonly ChatMessage[] = [
        { role: "assistant", text, calls },
        { role: "user", text: "", results },
      ];
      return { record: { ...record, results }, next: steps < most ? next : null };
    },
  };
}

/** Some vendors name no calls, and others want a name for every result. */
const withId = (call: ToolCall, step: number, index: number): ToolCall =>
  call.id === null ? { ...call, id: `call_${step}_${index + 1}` } : call;
