import type { Sample } from "../../domain/grader.ts";
import type { Battle } from "../../domain/judging.ts";
import type { Contract } from "./contract.ts";
import type { JudgeOptions, Mark } from "./options.ts";

import { injectionRule, outputRules, readVerdictLine } from "./contract.ts";
import { materialOf } from "./material.ts";
import { criteriaOf } from "./options.ts";

/** The two sides as shown; in a dialogue, each with its own earlier replies. */
export type Sides = { readonly candidate: string; readonly baseline: string };

const words: Readonly<Record<string, Battle>> = { 甲: "win", 乙: "loss", 平: "tie" };
const turned: Readonly<Record<Battle, Battle>> = { win: "loss", loss: "win", tie: "tie" };

/** Which of two answers is better, with the candidate shown first (甲) or second (乙). The result is the candidate's. */
export function pairContract(
  sample: Sample,
  { candidate, baseline }: Sides,
  options: JudgeOptions,
  candidateFirst: boolean,
): Contract<Battle> {
  const shown = candidateFirst ? [candidate, baseline] : [baseline, candidate];
  const { code, question, hints, reply } = materialOf(sample, shown, options, true);
  return {
    prompt: [
      "你是一位严格、公正的中文评测员，要比较两个模型对同一道题的回答，判断哪一个更好。先后次序是随机的，长短也不代表好坏，不要受它们影响。",
      injectionRule(code),
      question,
      reply("甲的回答", shown[0] ?? ""),
      reply("乙的回答", shown[1] ?? ""),
      ["比较时看这几方面：", ...criteriaOf(options).map(criterionLine)].join("\n"),
      ...hints,
      "甲明显更好写“甲”，乙明显更好写“乙”，难分高下写“平”。",
      outputRules(code, `{"胜者": "<甲/乙/平>"}`),
    ].join("\n\n"),
    read: (text) => {
      const read = readVerdictLine(text, code);
      if (!read.ok) return read;
      const { 胜者: winner, ...others } = read.verdict;
      const battle =
        typeof winner === "string" && Object.hasOwn(words, winner) ? words[winner] : undefined;
      if (battle === undefined || Object.keys(others).length > 0) {
        return { ok: false, problem: "判定行只能写“胜者”，值只能是 甲、乙 或 平" };
      }
      return { ...read, verdict: candidateFirst ? battle : turned[battle] };
    },
  };
}

const criterionLine = ({ name, describe }: Mark, index: number): string =>
  `${index + 1}. ${name}${describe === null ? "" : `：${describe}`}`;

/**
 * The result of both orders: a win or a loss only where both agree, else a tie (Zheng et al., Judging LLM-as-a-Judge
 * with MT-Bench and Chatbot Arena, arXiv:2306.05685, §3.4, the conservative rule).
 */
export const resultOf = ([first, second]: readonly [Battle, Battle]): Battle =>
  first === second ? first : "tie";

export const pointsOfBattle: Readonly<Record<Battle, number>> = { win: 1, tie: 0.5, loss: 0 };

/** One side's replies as one text: a single reply, or all turns of a dialogue. */
export function sideOf(questions: readonly string[], replies: readonly string[]): string {
  if (replies.length <= 1) return replies[0] ?? "";
  return replies
    .map((reply, index) => `【第 ${index + 1} 问】${questions[index] ?? ""}\n【回答】${reply}`)
    .join("\n\n");
}
