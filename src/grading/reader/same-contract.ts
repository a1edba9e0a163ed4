import type { Contract, VerdictFormat } from "../judge/contract.ts";
import type { Interpret } from "../judge/verdict/verdict.ts";

import { digestOf } from "../../domain/digest.ts";
import { allowedText, closingRules } from "../judge/contract.ts";
import { fenceCode, fenced } from "../judge/fence.ts";
import { materialRule } from "../judge/prompt-parts.ts";
import { readVerdict, verdictFields, verdictWords } from "../judge/verdict/verdict.ts";
import { schemaFor } from "./contract.ts";

/** Two answers to one question. Spellings of the gold are one answer, with 或 between them. */
export type TwoAnswers = {
  readonly question: string;
  readonly gold: string;
  readonly answer: string;
};

/** What a judge says of two answers; `open` where it cannot tell. */
export type Sense = "same" | "different" | "open";

const senses: Readonly<Record<string, Sense>> = {
  相同: "same",
  不同: "different",
  无法判断: "open",
};

const persona =
  "你要判断两个答案对这道题来说是不是同一个答案。只比它们答的是什么，不做题，不评哪个写得好，也不替它们改错、补全。";

const rules = [
  "判断的时候：",
  "1. 设想以其中一个为标准答案，细心的阅卷人会不会给另一个判对；两个对调，再想一遍。两次都会，才是“相同”。题目没有问到的，多写少写都不要紧。",
  "2. 说的是同一个人、物、事、量的，“相同”：措辞、语序、详略、语言、简体繁体不一样；一个用通称、别名、字号、旧称；同一个量换了单位或说法（半年、六个月）；题目列出几项供选的，两个指的是同一项。",
  "3. 有下面任何一种情形的，“不同”：只是名称的一部分，单看认不出是同一个；范围宽些或窄些；数、单位、人、地点、日期有一处不是同一个；题目要的几项少了一项，或者多了一项；一个肯定、一个否定；题目问的是字怎么写、怎么读，而字、音不是同一个；题目限定了写法（全称、简称、语种、格式），而有一个不合。",
  "4. 一个答案里用“或”连着几种写法的，与其中一种相同就是“相同”。",
  "5. 单看题目和这两个答案定不下来的，“无法判断”。",
].join("\n");

/** The prompt that asks whether two answers come to the same; which of them is the gold it does not say. */
export function sameContract(two: TwoAnswers, format: VerdictFormat = "line"): Contract<Sense> {
  const { question } = two;
  const [first, second] = inSomeOrder(two);
  const code = fenceCode([question, first, second]);
  const values = Object.keys(senses);
  const form = [{ key: "判断", blank: `"<${values.join("/")}>"`, values }];
  return {
    code,
    allowed: allowedText(form),
    schema: format === "json" ? schemaFor(code, { 判断: { type: "string", enum: values } }) : null,
    prompt: [
      [persona, materialRule, rules].join("\n\n"),
      fenced("题目", question, code),
      fenced("答案甲", first, code),
      fenced("答案乙", second, code),
      closingRules(code, form, format, false),
    ].join("\n\n"),
    read: (text) => readVerdict(text, code, interpreter),
    changed: (text, sense) => changedSense(text, code, sense),
  };
}

/** An order that follows from the texts and from nothing else, so that it tells nothing of which is which. */
function inSomeOrder({ question, gold, answer }: TwoAnswers): readonly [string, string] {
  const [low, high]: readonly [string, string] = gold < answer ? [gold, answer] : [answer, gold];
  const isTurned =
    Number.parseInt(digestOf(["order", question, low, high]).slice(-1), 16) % 2 === 1;
  return isTurned ? [high, low] : [low, high];
}

const senseKeys = /^(?:判断|结论|结果|是否相同)$/u;

const interpreter: Interpret<Sense> = {
  fields: (given) => {
    const fields = verdictFields(given);
    const [only] = fields;
    if (only === undefined || fields.length > 1 || !senseKeys.test(only.key))
      return { ok: false, problem: "判定行要有一项“判断”，只有一项" };
    const sense = senseIn(only.value);
    return sense === null
      ? { ok: false, problem: `“判断”的值 ${only.value} 不在允许的范围内` }
      : { ok: true, verdict: sense };
  },
  word: (word) => {
    const sense = senseIn(word);
    return sense === null
      ? { ok: false, problem: "判定行里没有 JSON 对象" }
      : { ok: true, verdict: sense };
  },
  contradicts: (sense, sentence) => sensesIn(sentence).some((each) => each !== sense),
};

/** Null where it is none of the three, and nothing else. */
function senseIn(text: string): Sense | null {
  const bare = text.replaceAll(/[\s"'“”「」<>。.!*`]/gu, "");
  return Object.hasOwn(senses, bare) ? (senses[bare] ?? null) : null;
}

const said = /不相?同|相同|无法判断/gu;

const sensesIn = (text: string): readonly Sense[] =>
  (text.match(said) ?? []).flatMap((each) => senses[each.replace("不相同", "不同")] ?? []);

function changedSense(first: string, code: string, sense: Sense): string | null {
  const shown = /判断["'”’\s]*[:：=]\s*["'“‘]?\s*(不同|相同|无法判断)/gu;
  const seen = [...verdictWords(first, code).matchAll(shown)].map(([, each = ""]) => each);
  return seen.length === 0 || seen.some((each) => senses[each] === sense)
    ? null
    : `先写了 ${seen.join("、")}`;
}
