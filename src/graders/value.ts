import type { Gold, Grade, GoldProblem } from "../domain/grader.ts";
import type { ValueContext } from "../grading/value/value-type.ts";

import { defineGrader } from "../domain/grader.ts";
import { unlessParroted } from "../grading/parrot.ts";
import { readsInSense, withReader } from "../grading/reader/reader.ts";
import { ValueOptions, strayOptions } from "../grading/value/options.ts";
import { readValue } from "../grading/value/read-value.ts";
import { valueTypes } from "../grading/value/types.ts";

/** Whether other words may say the same as the gold. */
const isInSense = ({ type, from }: ValueOptions): boolean =>
  from === "answer" && (type === "person" || type === "list");

/** One typed value: right where the reply gives the gold's value in any spelling. */
export const grader = defineGrader({
  id: "value",
  version: "7",
  title: { zh: "带类型的值", en: "typed value" },
  options: ValueOptions,
  reads: ["answer", "aliases"],
  ...readsInSense(isInSense),
  check,
  grade: withReader(
    unlessParroted(({ gold, reply }, options: ValueOptions): Grade => {
      const context = { question: gold.question, options };
      const type = valueTypes[options.type];
      const whole = options.from === "reply" ? type.whole(reply, context) : null;
      if (options.from === "reply" && whole === null) {
        return { verdict: "wrong", value: 0, extracted: null, why: `not only a ${options.type}` };
      }
      const reading =
        whole === null
          ? readValue(reply, type, context)
          : { value: whole, why: "whole reply", sure: true };
      const { value, why } = reading;
      if (value === null) return { verdict: "unresolved", value: 0, extracted: null, why };
      const agreements = new Set(goldsOf(gold, context).map((each) => value.agrees(each)));
      const extracted = value.text;
      const trust = reading.sure ? {} : { notes: { doubtful: true } };
      if (agreements.has("same")) return { verdict: "right", value: 1, extracted, why, ...trust };
      return agreements.has("incomplete")
        ? { verdict: "unresolved", value: 0, extracted, why: "incomplete" }
        : { verdict: "wrong", value: 0, extracted, why, ...trust };
    }),
    (_, { type }) => ({ kind: "value", type }),
    isInSense,
  ),
});

/** Each gold as one text. A list is one gold of the types `list` and `json`; for others each member is one. */
function goldsOf({ answer, aliases }: Gold, { options }: ValueContext): readonly string[] {
  if (answer === null) return aliases;
  if (!Array.isArray(answer)) return [String(answer), ...aliases];
  if (options.type === "json") return [JSON.stringify(answer), ...aliases];
  return options.type === "list"
    ? [answer.join("\n"), ...aliases]
    : [...answer.map(String), ...aliases];
}

function check(gold: Gold, options: ValueOptions): readonly GoldProblem[] {
  const stray = strayOptions(options).map((name) => ({
    path: `grader.with.${name}`,
    message: {
      zh: `类型 ${options.type} 没有选项 ${name}`,
      en: `the type ${options.type} has no option ${name}`,
    },
  }));
  const context = { question: gold.question, options };
  const type = valueTypes[options.type];
  const golds = goldsOf(gold, context);
  const bad = golds.flatMap((each, at) => {
    if (type.accepts(each, context)) return [];
    const aliasAt = at - (golds.length - gold.aliases.length);
    const path = aliasAt >= 0 ? `aliases[${aliasAt}]` : "answer";
    return [{ path, message: notOfType(each, options.type) }];
  });
  const missing = golds.length > 0 ? [] : [{ path: "answer", message: noGold }];
  return [...stray, ...bad, ...missing];
}

const notOfType = (gold: string, name: ValueOptions["type"]): GoldProblem["message"] => {
  const { expected } = valueTypes[name];
  return {
    zh: `标准答案 ${JSON.stringify(gold)} 不是类型 ${name} 的值；应为${expected.zh}`,
    en: `the answer ${JSON.stringify(gold)} is no value of the type ${name}; expected ${expected.en}`,
  };
};

const noGold = { zh: "缺少标准答案", en: "the answer is missing" };
