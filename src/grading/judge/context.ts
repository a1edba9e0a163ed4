import type { CallRecord, ChatMessage } from "../../domain/call.ts";
import type { GradeContext } from "../../domain/grader.ts";
import type { JudgeAccess, JudgeCall } from "../../domain/judging.ts";
import type { AnswerLine, ItemLine } from "../../domain/run-file/lines.ts";

/** What a grader can use when it grades one turn of an answer; `keep` gets every judge call. */
export function contextOf(
  judges: JudgeAccess | null,
  answer: AnswerLine,
  turn: number,
  keep: (call: JudgeCall) => void,
): GradeContext {
  if (judges === null) return {};
  return {
    candidate: answer.target,
    ask: (judge, prompt, how = { vote: 1, temperature: 0 }) => {
      const messages =
        typeof prompt === "string" ? [{ role: "user", text: prompt } as const] : prompt;
      return judges.ask(judge, messages, how, keep);
    },
    panel: (name) => judges.panel(name, answer.target),
    baseline: async (from) => {
      const replies = await judges.baseline(from, answer);
      return replies === null || replies.length <= turn ? null : replies.slice(0, turn + 1);
    },
    baselineDigest: judges.baselineDigest,
  };
}

/** The conversation before the reply of a turn, in the wording that was sent. */
export function dialogueBefore(
  { asks }: Pick<ItemLine, "asks">,
  {
    wording,
    turns,
  }: Pick<AnswerLine, "wording"> & {
    readonly turns: readonly Pick<CallRecord, "text">[];
  },
  turn: number,
): readonly ChatMessage[] {
  const asked = asks.find((each) => each.wording === wording);
  if (asked === undefined) return [];
  return [
    ...asked.messages,
    ...asked.turns.slice(0, turn + 1).flatMap((text, index): readonly ChatMessage[] => {
      const reply = index < turn ? turns[index]?.text : undefined;
      const user = { role: "user", text } as const;
      return reply === undefined ? [user] : [user, { role: "assistant", text: reply }];
    }),
  ];
}

/** True where the run is stopping: no verdict, but not the judge's fault. */
export const isAbort = (error: unknown): boolean =>
  error instanceof Error && error.name === "AbortError";
