import type { ChatMessage } from "../../domain/call.ts";
import type { GradeContext } from "../../domain/grader.ts";
import type { JudgeAccess, JudgeCall, JudgeRequestOptions } from "../../domain/judging.ts";
import type { AnswerLine, ItemLine } from "../../domain/run-file/lines.ts";
import type { Contract, Read } from "./contract.ts";

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
  { asks }: ItemLine,
  { wording, turns }: AnswerLine,
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

/**
 * Calls a judge, and calls it once more where its reply breaks the contract. A judge that cannot be reached gives no
 * verdict either. Rejects only where the run stops.
 */
export async function consult<Verdict>(
  contract: Contract<Verdict>,
  judge: string,
  how: JudgeRequestOptions,
  ask: NonNullable<GradeContext["ask"]>,
): Promise<Read<Verdict>> {
  const first: ChatMessage = { role: "user", text: contract.prompt };
  try {
    const reply = await ask(judge, [first], how);
    const read = contract.read(reply);
    if (read.ok) return read;
    const again = await ask(judge, [first, ...reminder(reply, read.problem)], how);
    const second = contract.read(again);
    return second.ok ? second : { ok: false, problem: `格式不符：${second.problem}` };
  } catch (error) {
    if (isAbort(error)) throw error;
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Vendors refuse an empty assistant turn. */
const reminder = (reply: string, problem: string): readonly ChatMessage[] => [
  { role: "assistant", text: reply.trim() === "" ? "（无内容）" : reply },
  {
    role: "user",
    text: `上面的输出不符合格式：${problem}。请保持原来的判断，按最初要求的格式重新写一遍，判定行放在最后。`,
  },
];
