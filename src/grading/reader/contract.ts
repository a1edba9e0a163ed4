import type { Contract, VerdictFormat, VerdictSchema } from "../judge/contract.ts";
import type { Interpret } from "../judge/verdict/verdict.ts";

import { closingRules } from "../judge/contract.ts";
import { excerpted } from "../judge/excerpt.ts";
import { fenceCode, fenced } from "../judge/fence.ts";
import { materialRule } from "../judge/prompt-parts.ts";
import { keyOf, readVerdict } from "../judge/verdict/verdict.ts";
import { type AnswerForm, formOf, waysOf } from "./answer-form.ts";

/** What a reader is shown: the question, its options and the reply; nothing of the gold. */
export type ToRead = {
  readonly question: string;
  readonly options: Readonly<Record<string, string>> | null;
  readonly reply: string;
};

/** What a reader says: the answer and the words of the reply that it took it from. `answer` is null where the reply gives none. */
export type Said = { readonly answer: string | null; readonly quote: string };

const persona =
  "你要读出一份回答最后给出的答案是什么。你不是在做题，也不评判对错：不要自己解题，不要替回答改错、补全；回答错了，就照错的读。";

const rules = [
  "读的时候：",
  "1. 读回答最终认定的答案。先说后改的，以改过的为准；验算、举例、引用别人的说法、假设、追问和主动提供的帮助都不是答案。",
  "2. @",
  "3. 语气不十分肯定（大概、应该、个人认为），但只认定了一个的，照读。",
  "4. 回答没有认定的，“答案”写“无”：拒绝回答或没有作答；只重复题目；让读者自己去算、去选；说无法确定；在几个答案之间没有取舍，或者前后各认定一个而没有说改；话没有说完就断了，答案还没出来。",
  "5. “原文”照抄回答里能看出答案的那一处，一字不改，从回答的一处连续抄，不拼接，不超过一两句；“答案”要能从这一处看出来。原文由程序到回答里核对，找不到的作废。“答案”是“无”的，“原文”也写“无”。",
].join("\n");

/** Longer replies keep head and tail. */
const mostReplyChars = 12_000;

/** The prompt for one reply, and the parser of what a reader says to it. */
export function readerContract(
  { question, options, reply }: ToRead,
  asked: AnswerForm,
  format: VerdictFormat = "line",
): Contract<Said> {
  const listed = Object.entries(options ?? {})
    .map(([label, text]) => `${label}. ${text}`)
    .join("\n");
  const { text: shown, said } = excerpted(reply, mostReplyChars);
  const code = fenceCode([question, listed, reply]);
  const form = [
    { key: "答案", blank: '"<答案>"', values: [] },
    { key: "原文", blank: '"<原文>"', values: [] },
  ];
  return {
    code,
    allowed: "“答案”和“原文”各是一段文字",
    schema:
      format === "json"
        ? schemaFor(code, { 答案: { type: "string" }, 原文: { type: "string" } })
        : null,
    prompt: [
      [persona, materialRule, rules.replace("@", waysOf(asked)), formOf(asked)].join("\n\n"),
      ...(question === "" ? [] : [fenced("题目", question, code)]),
      ...(listed === "" ? [] : [fenced("选项", listed, code)]),
      fenced("回答", shown, code),
      ...(said === null ? [] : [said]),
      closingRules(code, form, format, false),
    ].join("\n\n"),
    read: (text) => readVerdict(text, code, interpreter),
    // An unreadable reply names answers in its reasons as well, so nothing is concluded from them.
    changed: () => null,
  };
}

/** JSON Schema of what a reader says: these members, after the code and its reasons. */
export const schemaFor = (code: string, members: VerdictSchema): VerdictSchema => ({
  type: "object",
  properties: {
    编号: { type: "string", enum: [code] },
    理由: { type: "string" },
    ...members,
  },
  required: ["编号", "理由", ...Object.keys(members)],
  additionalProperties: false,
});

const none = /^[“"'「]?(?:无|none|没有|null)[”"'」]?[。.]?$/iu;

const interpreter: Interpret<Said> = {
  fields: (fields) => {
    const valueOf = (name: string) => fields.find(({ key }) => key === keyOf(name))?.value;
    const answer = valueOf("答案");
    const quote = valueOf("原文") ?? "";
    if (answer === undefined || answer === "") return { ok: false, problem: "没有“答案”" };
    if (none.test(answer)) return { ok: true, verdict: { answer: null, quote: "" } };
    if (quote === "" || none.test(quote)) return { ok: false, problem: "没有“原文”" };
    return { ok: true, verdict: { answer, quote } };
  },
  contradicts: () => false,
};
