import type { ChatMessage } from "../../domain/call.ts";
import type { GradeContext } from "../../domain/grader.ts";
import type { BallotFault, JudgeRequestOptions } from "../../domain/judging.ts";
import type { Contract } from "./contract.ts";

import { isAbort } from "./context.ts";
import { refusesToJudge } from "./verdict/refusal.ts";
import { yesOrNoIn } from "./verdict/values.ts";
import { doubtKey, type Read, type VerdictField } from "./verdict/verdict.ts";

/** What became of one question to a judge. */
export type Consulted<Verdict> = { readonly again: boolean } & (
  | {
      readonly ok: true;
      readonly verdict: Verdict;
      readonly reason: string | null;
      readonly doubts: boolean;
    }
  | { readonly ok: false; readonly fault: BallotFault; readonly problem: string }
);

/**
 * Asks a judge, and asks it once more where its reply cannot be read, showing it the line and what may stand there. A second
 * reply counts only if it says what the first one said: a judge that changes its mark when asked for the form has
 * none. A refusal is taken at its word and not asked again. Rejects only where the run stops.
 */
export async function consult<Verdict>(
  contract: Contract<Verdict>,
  judge: string,
  given: JudgeRequestOptions,
  ask: NonNullable<GradeContext["ask"]>,
): Promise<Consulted<Verdict>> {
  const first: ChatMessage = { role: "user", text: contract.prompt };
  const how = contract.schema === null ? given : { ...given, schema: contract.schema };
  let again = false;
  try {
    const reply = await ask(judge, [first], how);
    const read = contract.read(reply);
    if (read.ok) return taken(read, again);
    if (refusesToJudge(reply, contract.code)) return refusal(again, reply);
    again = true;
    const messages = [first, ...reminder(reply, read, contract)];
    const second = await ask(judge, messages, { ...how, again });
    const repeated = contract.read(second);
    if (!repeated.ok) {
      if (refusesToJudge(second, contract.code)) return refusal(again, second);
      return { ok: false, fault: "format", problem: `格式不符：${repeated.problem}`, again };
    }
    const changed = contract.changed(reply, repeated.verdict);
    if (changed === null) return taken(repeated, again);
    return { ok: false, fault: "changed", problem: `重问时改判：${changed}`, again };
  } catch (error) {
    if (isAbort(error)) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    const fault = problem.startsWith("filtered-") ? "refused" : "unreachable";
    return { ok: false, fault, problem: fault === "refused" ? `拒评：${problem}` : problem, again };
  }
}

const taken = <Verdict>(
  { verdict, reason, fields }: Extract<Read<Verdict>, { readonly ok: true }>,
  again: boolean,
): Consulted<Verdict> => ({ ok: true, verdict, reason, again, doubts: doubts(fields) });

const doubts = (fields: readonly VerdictField[]): boolean =>
  fields.some(({ key, value }) => key === doubtKey && yesOrNoIn(value) === 1);

const refusal = (again: boolean, reply: string) => {
  const words = Array.from(reply.trim()).slice(0, mostQuoted).join("");
  return { ok: false, fault: "refused", problem: `拒评：${words}`, again } as const;
};

const mostQuoted = 80;

/** Vendors refuse an empty assistant turn. */
const reminder = (
  reply: string,
  { problem, line }: Extract<Read<unknown>, { readonly ok: false }>,
  { allowed, schema }: Pick<Contract<unknown>, "allowed" | "schema">,
): readonly ChatMessage[] => [
  { role: "assistant", text: reply.trim() === "" ? "（无内容）" : reply },
  {
    role: "user",
    text: [
      `上面的输出读不出判定：${problem}。`,
      ...(line === null ? [] : ["你写的是：", ...line.split("\n").map((each) => `> ${each}`)]),
      `${allowed}。`,
      "请保持原来的判断，一分也不要改，只把写法改对，",
      schema === null
        ? "按最初要求的格式重写一遍，判定行放在最后。"
        : "只输出最初要求的那个 JSON 对象。",
    ].join("\n"),
  },
];
