import type { ConstraintSpec } from "./rule.ts";

import { anyNumber, placeIn } from "./amounts.ts";
import { written } from "./layout.ts";
import { quoteMark, quotesIn, type Shielded, unshielded } from "./quotes.ts";

/** What holds for the reply as a whole: marks around it, the prompt repeated first, several answers; and the steps to one answer. */
export type ReplyFrame = {
  readonly constraints: readonly ConstraintSpec[];
  readonly base: readonly string[];
  /** The prompt without the sentences that were read. */
  readonly text: string;
  readonly untranslated: readonly string[];
};

/** Reads marks around the whole answer, the order to repeat the prompt, and the number of answers with the mark between them. */
export function readFrame(shielded: Shielded): ReplyFrame {
  const constraints: ConstraintSpec[] = [];
  const untranslated: string[] = [];
  const base: string[] = [];
  let text = shielded.text;
  const { quotes, raw } = shielded;
  const scope = (): { readonly scope?: string } =>
    base.length === 0 ? {} : { scope: base.join(" > ") };

  const marks = wrapping.exec(text);
  const [open, close] = marks === null ? [] : quotesIn(marks[0], quotes);
  if (marks !== null && open !== undefined && close !== undefined) {
    constraints.push({ check: "wrapped", open, close });
    base.push(`inside ${written(open)} ${written(close)}`);
    text = `${text.slice(0, marks.index)}${text.slice(marks.index + marks[0].length)}`;
  }

  const repeat = repetition.exec(text);
  if (repeat !== null) {
    const request = unshielded(requestOf(text.slice(0, repeat.index)), raw).trim();
    constraints.push({ check: "starts", text: request, ...scope() });
    base.push(`part last by ${written(request)}`);
    text = `${text.slice(0, repeat.index)}${text.slice(repeat.index + repeat[0].length)}`;
  }

  const several = severalAnswers.exec(text);
  if (several !== null) {
    const many = placeIn(several.groups?.["many"] ?? "") ?? 2;
    const [quoted] = quotesIn(several[0], quotes);
    const parting = several.groups?.["mark"] ?? quoted ?? null;
    if (parting === null) untranslated.push(unshielded(several[0], raw));
    else {
      constraints.push({ check: "count", of: "part", by: parting, equal: many, ...scope() });
      // What a text holds are no answers that each keep the rest.
      if (several.groups?.["within"] === undefined) base.push(`part each by ${written(parting)}`);
    }
    text = `${text.slice(0, several.index)}${text.slice(several.index + several[0].length)}`;
  }
  return { constraints, base, text, untranslated };
}

const wrapping = new RegExp(
  `(?:不允许生成多余的内容和解析。?)?(?:上面的是指令，)?在(?:你的)?回答的开头用${quoteMark}标记(?:你的)?(?:回答)?的?开始[^]*?用${quoteMark}标记(?:你的)?(?:回答)?的?结束。?`,
  "u",
);
const repetition =
  /首先一字不[差改]的?地?重复(?:一遍)?(?:上面|上述|以上)的(?:要求|问题|指令)[^]*?(?:不要(?:提供|输出)(?:任何)?(?:额外|多余)的?(?:信息|内容)。?|直接给出答案。?)(?:在重复要求之前，请不要提供额外信息。?)?/u;
const severalAnswers = new RegExp(
  `[，。]?(?:并|且|并且|要求)*(?<within>文章中)?(?:请)?(?:模型)?(?:回复|给出|提供|应?包含|生成)(?:的)?(?<many>${anyNumber})个(?:不同的)?(?:答案|回答|版本)[^。]*?(?:[（(](?<mark>[*@#&$%~=-]{2,})[）)]|${quoteMark})[^。]*(?:。|$)`,
  "u",
);

/** The paragraphs from the first that asks for something; what stands before them is material. */
export function requestOf(text: string): string {
  const paragraphs = text.split(/\n+/u).filter((each) => each.trim() !== "");
  const first = paragraphs.findIndex((each) => /^(?:请|撰写|写|描述|创作|设计)/u.test(each.trim()));
  const any = paragraphs.findIndex((each) => /请|撰写|要求|写一|必须|设计|描述/u.test(each));
  return paragraphs.slice(Math.max(0, first >= 0 ? first : any)).join("\n");
}
