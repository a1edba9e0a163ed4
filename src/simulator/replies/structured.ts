import type { Cue } from "./cue.ts";

import { isObject, memberOf } from "../../domain/json.ts";
import { openReply } from "./free.ts";

/** Graders whose golds have several parts: an object of fields, a set of labels, several checks. */
export const structured: ReadonlySet<string> = new Set(["json", "labels", "all"]);

/** A reply to an item of such a grader: the gold in its own form, or the same with one part wrong. */
export function structuredReply(cue: Cue): string {
  const { gold, intent } = cue;
  if (gold.grader?.use === "labels") return labelsReply(cue);
  if (intent === "right" && gold.witness !== undefined) return gold.witness;
  const map = gold.answer_map;
  if (map === undefined) return openReply(cue);
  const given = intent === "right" ? map : withSlip(map, cue);
  return gold.grader?.use === "json" ? jsonReply(given, cue) : linesReply(given);
}

type AnswerMap = NonNullable<Cue["gold"]["answer_map"]>;

function jsonReply(fields: AnswerMap, { style, random }: Cue): string {
  const text = JSON.stringify(fields, null, style === "terse" ? 0 : 2);
  switch (style) {
    case "terse":
    case "bare_text":
      return text;
    case "markdown":
      return `\`\`\`json\n${text}\n\`\`\``;
    case "hedged":
    case "reasoned":
      return `${random.pick(["根据原文，提取结果如下：", "逐项核对之后，整理如下："])}\n\n\`\`\`json\n${text}\n\`\`\``;
  }
}

/** One line for each check: 类别：退款. */
const linesReply = (answers: AnswerMap): string =>
  Object.entries(answers)
    .map(([name, answer]) => `${name}：${shown(answer)}`)
    .join("\n");

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(shown).join("、");
  return isObject(value) ? JSON.stringify(value) : String(value);
};

/** One part changed the way models do: a digit, a word too many, or the part left out. */
function withSlip(map: AnswerMap, { random }: Cue): AnswerMap {
  const [first, ...rest] = Object.keys(map);
  if (first === undefined) return map;
  const name = random.pick([first, ...rest]);
  const value = map[name];
  if (typeof value === "number") return { ...map, [name]: value + random.pick([1, 10, -1]) };
  if (typeof value === "boolean") return { ...map, [name]: !value };
  if (typeof value === "string" && value !== "") return { ...map, [name]: slipped(value) };
  return Object.fromEntries(Object.entries(map).filter(([each]) => each !== name));
}

/** 2026-03-05 becomes 2026-03-06, 周岚 becomes 周岚岚. */
const slipped = (text: string): string =>
  /\d/.test(text)
    ? text.replace(/\d(?!.*\d)/s, (digit) => String((Number(digit) + 1) % 10))
    : `${text}${text.slice(-1)}`;

function labelsReply(cue: Cue): string {
  const { gold, intent, style, random } = cue;
  const wanted = [gold.answer ?? []].flat().map(String);
  const given = intent === "right" ? wanted : otherLabels(wanted, cue);
  const text = given.length === 0 ? "无" : given.join("、");
  switch (style) {
    case "terse":
    case "bare_text":
      return text;
    case "markdown":
      return random.chance(0.5)
        ? `**标签：${text}**`
        : `\`\`\`json\n${JSON.stringify({ labels: given })}\n\`\`\``;
    case "hedged":
    case "reasoned":
      return `先看内容说的是什么，再对照各个类别的含义。\n\n标签：${text}`;
  }
}

/** Another label, or of several one too few. */
function otherLabels(wanted: readonly string[], { gold, random }: Cue): readonly string[] {
  const names = memberOf(gold.grader?.with, "labels");
  const all = Array.isArray(names) ? names.map(String) : Object.keys(isObject(names) ? names : {});
  const [first, ...rest] = all.filter((label) => !wanted.includes(label));
  if (wanted.length > 1 && random.chance(0.5)) return wanted.slice(0, -1);
  return first === undefined ? wanted.slice(0, -1) : [random.pick([first, ...rest])];
}
