import type { ChatMessage } from "../../src/domain/call.ts";
import type { GradeContext } from "../../src/domain/grader.ts";
import type { LabelledAnswer, LabelledSentence } from "./rows.ts";

import { readReply } from "../../src/grading/grounding/claims.ts";
import { seededRandom } from "../../src/stats/random.ts";

/** How often the judge is wrong, quotes what is not there, or breaks the form. */
export type JudgeHabits = {
  readonly wrong: number;
  readonly invents: number;
  readonly breaks: number;
  readonly seed: number;
};

const words = ["支持", "矛盾", "无依据"] as const;
type Word = (typeof words)[number];

/**
 * A judge that knows the labels and strays from them at known rates, so that what the grader makes of its replies is
 * measured, and not a model. It reads claims and passages from the prompt as any judge does.
 */
export function simulatedJudge(
  answers: readonly LabelledAnswer[],
  { wrong, invents, breaks, seed }: JudgeHabits,
): GradeContext {
  const random = seededRandom(seed);
  const chance = (share: number): boolean => random() < share;
  const known = new Map<
    string,
    { readonly answer: LabelledAnswer; readonly said: LabelledSentence }
  >();
  for (const answer of answers)
    for (const said of answer.sentences)
      for (const claim of readReply(said.text).claims)
        known.set(`${answer.question}\n${claim.text}`, { answer, said });
  const truthOf = (question: string, claim: string, shown: readonly string[]): Word => {
    const found = known.get(`${question}\n${claim}`);
    if (found === undefined) return "无依据";
    const { answer, said } = found;
    const isAll = shown.length === answer.passages.length;
    if (said.support === "C") return "矛盾";
    return said.support === "S" && (isAll || said.citation === "r") ? "支持" : "无依据";
  };
  const reply = (prompt: string): string => {
    const code = /⟦问题 (\w+)⟧/.exec(prompt)?.[1] ?? "";
    const fences = (name: string): readonly string[] =>
      Array.from(
        prompt.matchAll(
          new RegExp(`⟦${name} \\d+ ${code}⟧\\n([^]*?)\\n⟦${name} \\d+完 ${code}⟧`, "g"),
        ),
        ([, text = ""]) => text,
      );
    const question = new RegExp(`⟦问题 ${code}⟧\\n([^]*?)\\n⟦问题完`).exec(prompt)?.[1] ?? "";
    const passages = fences("资料");
    if (chance(breaks)) return "这些论断大多有依据。";
    const members = fences("论断").map((claim, at) => {
      const truth = truthOf(question, claim, passages);
      const others = words.filter((word) => word !== truth);
      const word = chance(wrong) ? (others[Math.floor(random() * 2)] ?? truth) : truth;
      const quote = word === "无依据" ? "无" : quoteFor(claim, passages);
      return `"${at + 1}": "${word}", "引${at + 1}": "${chance(invents) ? "制度另有说明如下文所示" : quote}"`;
    });
    return `逐条看过。\n【判定 ${code}】{${members.join(", ")}}`;
  };
  return {
    panel: (name) => (name === "judge" ? { judges: [{ ref: "sim/judge", kin: false }] } : null),
    ask: (_judge, prompt) =>
      Promise.resolve(
        reply(typeof prompt === "string" ? prompt : (prompt.at(0) as ChatMessage).text),
      ),
  };
}

/** The passage that shares most characters with a claim. */
function quoteFor(claim: string, passages: readonly string[]): string {
  const shared = (text: string): number =>
    Array.from(text).filter((char) => claim.includes(char)).length;
  return passages.toSorted((a, b) => shared(b) - shared(a))[0] ?? "无";
}
