import type { ChatMessage } from "../../domain/call.ts";
import type { GradeContext } from "../../domain/grader.ts";
import type { JudgeRequestOptions } from "../../domain/judging.ts";
import type { Contract, Read } from "./contract.ts";

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
