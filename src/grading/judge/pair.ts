import type { Battle } from "../../domain/judging.ts";
import type { Contract, VerdictFormat } from "./contract.ts";
import type { JudgedSample } from "./material.ts";
import type { JudgeOptions, Mark } from "./options.ts";
import type { Interpret } from "./verdict/verdict.ts";

import { closingRules } from "./contract.ts";
import { hasReference, partsOf } from "./marks.ts";
import { materialOf } from "./material.ts";
import { criteriaOf } from "./options.ts";
import { materialRule, personas, stepLines } from "./prompt-parts.ts";
import { fixedText } from "./template.ts";
import { type Winner, winnerIn } from "./verdict/values.ts";
import { readVerdict, verdictFields, verdictWords } from "./verdict/verdict.ts";

/** The two sides as shown, a reply for each turn: in a dialogue, each has its own earlier replies. */
export type Sides = {
  readonly candidate: readonly string[];
  readonly baseline: readonly string[];
  /** What the user asked in each of these turns but the last, which is the question. */
  readonly asked: readonly string[];
};

/** One order's result, the candidate's; `both` says of a tie that both are good, or both bad. */
export type PairVerdict = { readonly battle: Battle; readonly both: "good" | "bad" | null };

const turned: Readonly<Record<Battle, Battle>> = { win: "loss", loss: "win", tie: "tie" };

/** Which of two answers is better, with the candidate shown first (甲) or second (乙). */
export function pairContract(
  sample: JudgedSample,
  { candidate, baseline, asked }: Sides,
  options: JudgeOptions,
  candidateFirst: boolean,
  format: VerdictFormat = "line",
): Contract<PairVerdict> {
  const [first, second] = candidateFirst ? [candidate, baseline] : [baseline, candidate];
  const earlier = asked.flatMap((text, index) => [
    { name: `第 ${index + 1} 轮 用户`, text },
    { name: `第 ${index + 1} 轮 甲`, text: first[index] ?? "" },
    { name: `第 ${index + 1} 轮 乙`, text: second[index] ?? "" },
  ]);
  const shown = [first.at(-1) ?? "", second.at(-1) ?? ""] as const;
  const { code, question, hints, reply } = materialOf({ ...sample, earlier }, shown, options, true);
  const values = ["甲", "乙", "都好", "都差", "平"] as const;
  const form = [{ key: "胜者", blank: `"<${values.join("/")}>"`, values }];
  const lead = [personas.pair, materialRule, stepLines.join("\n")];
  return {
    ...partsOf(code, form, format),
    prompt: [
      fixedText(options, lead, pairLines(options)),
      question,
      reply("甲的回答", shown[0]),
      reply("乙的回答", shown[1]),
      ...hints,
      closingRules(code, form, format, hasReference(sample, options)),
    ].join("\n\n"),
    read: (text) => {
      const read = readVerdict(text, code, interpreter);
      return read.ok ? { ...read, verdict: ofCandidate(read.verdict, candidateFirst) } : read;
    },
    changed: (text, verdict) => changedWinner(text, code, verdict, candidateFirst),
  };
}

const pairLines = (options: JudgeOptions): string =>
  [
    "比较时看这几方面，权重大的先看：",
    ...criteriaOf(options).map(aspectLine),
    "先看结论和硬性要求：一个对、一个错的，对的胜，不管文笔。",
    "只要说得出一条实在的理由，就判甲或乙；差别再小也是差别，不要求“明显”。",
    "两个都合格，又说不出哪一个更好，写“都好”；两个都不合格，又说不出哪一个稍好，写“都差”；说不清合不合格、又难分高下的，写“平”。",
  ].join("\n");

const aspectLine = ({ name, describe, weight }: Mark, index: number): string =>
  `${index + 1}. ${name}${weight === 1 ? "" : `（权重 ${weight}）`}${describe === null ? "" : `：${describe}`}`;

const winnerKeys = /^(?:胜者|胜方|胜出者|优胜者|获胜者|赢家|结果|结论|更好|winner)$/iu;

const interpreter: Interpret<Winner> = {
  fields: (given) => {
    const fields = verdictFields(given);
    const strange = fields.find(({ key }) => !winnerKeys.test(key));
    if (strange !== undefined) return { ok: false, problem: `多出了一项“${strange.key}”` };
    const [only] = fields;
    if (only === undefined || fields.length > 1)
      return { ok: false, problem: "判定行要有一项“胜者”，只有一项" };
    const winner = winnerIn(only.value);
    return winner === null
      ? { ok: false, problem: `“胜者”的值 ${only.value} 不在允许的范围内` }
      : { ok: true, verdict: winner };
  },
  word: (word) => {
    const winner = winnerIn(word);
    return winner === null
      ? { ok: false, problem: "判定行里没有 JSON 对象" }
      : { ok: true, verdict: winner };
  },
  contradicts: (winner, sentence) =>
    /[甲乙]|平局|平手|都好|都差/u.test(sentence) && winnerIn(sentence) !== winner,
};

function ofCandidate(winner: Winner, candidateFirst: boolean): PairVerdict {
  const both = winner === "都好" ? "good" : winner === "都差" ? "bad" : null;
  const battle = winner === "甲" ? "win" : winner === "乙" ? "loss" : "tie";
  return { battle: candidateFirst ? battle : turned[battle], both };
}

function changedWinner(
  first: string,
  code: string,
  verdict: PairVerdict,
  candidateFirst: boolean,
): string | null {
  const shown =
    /(?:胜者|winner|结果)["'”’\s]*[:：=]\s*["'“‘]?\s*(甲|乙|都好|都差|平)|([甲乙])(?:的回答)?(?:明显)?(?:更好|更优|较好|胜|略好)|(平局|平手|都好|都差)/giu;
  const seen = [...verdictWords(first, code).matchAll(shown)].flatMap(
    ([, named, better, tie]) => winnerIn(named ?? better ?? tie ?? "") ?? [],
  );
  if (seen.length === 0) return null;
  return seen.some((each) => ofCandidate(each, candidateFirst).battle === verdict.battle)
    ? null
    : `先写了 ${seen.join("、")}`;
}

/**
 * The result of both orders: a win or a loss only where both agree, else a tie (Zheng et al., Judging LLM-as-a-Judge
 * with MT-Bench and Chatbot Arena, arXiv:2306.05685, §3.4, the conservative rule).
 */
export const resultOf = ([first, second]: readonly [Battle, Battle]): Battle =>
  first === second ? first : "tie";

export const pointsOfBattle: Readonly<Record<Battle, number>> = { win: 1, tie: 0.5, loss: 0 };
