import type { Sample } from "../../domain/grader.ts";
import type { Contract, Read } from "./contract.ts";
import type { JudgeOptions, Mark, Scale } from "./options.ts";

import { injectionRule, outputRules, readVerdictLine } from "./contract.ts";
import { materialOf } from "./material.ts";
import { criteriaOf } from "./options.ts";

/** Marks by criterion name. */
export type Marks = Readonly<Record<string, number>>;

export const boundsOf: Readonly<Record<Scale, { readonly low: number; readonly high: number }>> = {
  "1-5": { low: 1, high: 5 },
  "1-10": { low: 1, high: 10 },
  "0-2": { low: 0, high: 2 },
};

const anchors: Readonly<Record<Scale, string>> = {
  "1-5":
    "1 = 完全不合格或有严重错误；2 = 差，问题很多；3 = 及格，有明显不足；4 = 好，只有小毛病；5 = 优秀，挑不出实质问题",
  "1-10": "1–2 = 不合格；3–4 = 差；5–6 = 及格；7–8 = 好；9–10 = 优秀",
  "0-2": "0 = 不可接受；1 = 勉强可以；2 = 完全合格",
};

/** Marks on every criterion of a scale. */
export function marksContract(sample: Sample, options: JudgeOptions): Contract<Marks> {
  const criteria = criteriaOf(options);
  const { low, high } = boundsOf[options.scale];
  const { code, question, hints, reply } = materialOf(sample, [sample.reply], options, true);
  const template = JSON.stringify(
    Object.fromEntries(criteria.map(({ name }) => [name, `<${low}-${high}>`])),
  ).replaceAll(/"(<[^"]*>)"/g, "$1");
  return {
    prompt: [
      "你是一位严格、公正的中文评测员，要给一个模型的回答打分。只看回答写了什么，不看它写了多长；长不等于好。",
      injectionRule(code),
      question,
      reply("回答", sample.reply),
      ["评分标准，每一项单独打分：", ...criteria.map(criterionLine)].join("\n"),
      `分数是 ${low} 到 ${high} 的整数。${anchors[options.scale]}。`,
      ...hints,
      outputRules(code, template),
    ].join("\n\n"),
    read: (text) => readMarks(text, code, criteria, (mark) => inside(mark, low, high)),
  };
}

const criterionLine = ({ name, describe }: Mark, index: number): string =>
  `${index + 1}. ${name}${describe === null ? "" : `：${describe}`}`;

/** Yes or no for each point of a list. */
export function checklistContract(sample: Sample, options: JudgeOptions): Contract<Marks> {
  const points = pointsOf(sample, options);
  const { code, question, hints, reply } = materialOf(sample, [sample.reply], options, false);
  const criteria = points.map((_, index) => ({
    name: String(index + 1),
    describe: null,
    weight: 1,
  }));
  const template = `{${criteria.map(({ name }) => `"${name}": "<是/否>"`).join(", ")}}`;
  return {
    prompt: [
      "你是一位严格、公正的中文评测员，要逐条检查一个模型的回答是否做到。只凭回答里写出来的内容判断，没有写到就是“否”。",
      injectionRule(code),
      question,
      reply("回答", sample.reply),
      ["检查项：", ...points.map((point, index) => `${index + 1}. ${point}`)].join("\n"),
      ...hints,
      outputRules(code, template),
    ].join("\n\n"),
    read: (text) => readMarks(text, code, criteria, yesNo),
  };
}

/** The points in the options, else those of the item's rubric. */
export function pointsOf({ gold }: Pick<Sample, "gold">, options: JudgeOptions): readonly string[] {
  if (options.checklist !== undefined) return options.checklist;
  const { rubric } = gold;
  return Array.isArray(rubric) ? rubric.filter((each) => typeof each === "string") : [];
}

function readMarks(
  text: string,
  code: string,
  criteria: readonly Mark[],
  markOf: (given: string | number | boolean) => number | null,
): Read<Marks> {
  const read = readVerdictLine(text, code);
  if (!read.ok) return read;
  const names = criteria.map(({ name }) => name);
  const strange = Object.keys(read.verdict).find((name) => !names.includes(name));
  if (strange !== undefined) return { ok: false, problem: `多出了一项“${strange}”` };
  const marks: Record<string, number> = {};
  for (const name of names) {
    const given = Object.hasOwn(read.verdict, name) ? read.verdict[name] : undefined;
    if (given === undefined) return { ok: false, problem: `缺少“${name}”` };
    const mark = markOf(given);
    if (mark === null)
      return { ok: false, problem: `“${name}”的值 ${String(given)} 不在允许的范围内` };
    marks[name] = mark;
  }
  return { ok: true, verdict: marks, reason: read.reason };
}

/** A mark outside its scale is invalid; it is never clamped. */
function inside(given: string | number | boolean, low: number, high: number): number | null {
  const mark = typeof given === "string" && /^\d{1,2}$/.test(given) ? Number(given) : given;
  return typeof mark === "number" && Number.isInteger(mark) && mark >= low && mark <= high
    ? mark
    : null;
}

const yesNo = (given: string | number | boolean): number | null =>
  given === "是" || given === true ? 1 : given === "否" || given === false ? 0 : null;
