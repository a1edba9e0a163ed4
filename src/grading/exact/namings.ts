import type { GoldShape } from "./shape.ts";

import { foldText } from "../../text/answer-fold.ts";
import { withoutGloss } from "../value/gloss.ts";
import { asked, coverage, share } from "../value/places/asked.ts";
import { clausesOf } from "../value/places/clauses.ts";
import { withoutConclusive } from "../value/places/concluding.ts";
import { isDenied } from "../value/places/denied.ts";
import { withoutFormer } from "../value/places/former.ts";
import { forms, isHedged } from "../value/places/forms.ts";
import { answerSentences } from "../value/places/sentences.ts";
import { isSame } from "./same.ts";
import { kindOf } from "./shape.ts";

const naming =
  /^(?<subject>[^是为叫:：=＝→]{0,24}?)(?:应该?|应当|就|才|则|便|其实|只能|通常|一般|今天的?)?(?:是(?!否)|为|叫做?|[设定][在于]|位于|要数|当[属推]|首推|莫过于|[:：=＝→])[\s:：]*(?<value>[^！!？?]{1,60})$/u;
const supposed =
  /如果|若|假如|假设|要是|以为|认为|误|有人|常见|错|不要|别|例如|比如|又|也|还|分别|或|可能|原|曾|旧|另/u;

/** Two values that a reply says in the same words of the same subject, where one is asked: 首都是堪培拉。首都是悉尼。 */
export type Rivals = readonly [one: string, other: string];

/** The rivals of a reply, or null where it says one thing only. Behind a correction only what follows it counts. */
export function rivalsIn(reply: string, question: string, shape: GoldShape): Rivals | null {
  const said = namingsIn(reply, question);
  for (const values of said.byKey.values()) {
    const rivals = apart(values, question, shape);
    if (rivals !== null) return rivals;
  }
  return bareRivals(said.lines, question);
}

/**
 * The forms of the one value that a reply gives by naming what is asked (作者是王维, 首都 → 堪培拉) or the only one (…，只有
 * 海南省); null where there is none or several. `isSure`: by name.
 */
export function namedValue(
  reply: string,
  question: string,
  shape: GoldShape,
): { readonly forms: readonly string[]; readonly isSure: boolean } | null {
  const { byKey, lines } = namingsIn(reply, question);
  const values = [...byKey]
    .filter(([key]) => key !== "" && isWhatIsAsked(key, question))
    .flatMap(([, each]) => each)
    .filter((value) => isLike(foldText(withoutGloss(value)), shape));
  if (values.length > 0) {
    if (apart(values, question, shape) !== null) return null;
    return { forms: [...new Set(values.flatMap((value) => forms(value)))], isSure: true };
  }
  const last = clausesOf(lines.at(-1) ?? "").at(-1) ?? "";
  const sole = soleIn(plain(last), question);
  return sole === null || isDenied(last) || isHedged(last)
    ? null
    : { forms: forms(sole), isSure: false };
}

/** 只有海南省, 当属王维, (它)就是今天的首都堪培拉: what the last clause names of what was spoken of. */
function soleIn(clause: string, question: string): string | null {
  const value =
    /^(?:只有|唯有|仅有|就数|当属|首推|要数|莫过于|就是|便是|正是)(.{1,24}?)(?:了|莫属)?[。！!]?$/u.exec(
      clause,
    )?.[1];
  if (value === undefined) return null;
  const noun = asked(question).nouns.find((each) => value.includes(each) && !value.endsWith(each));
  return noun === undefined ? value : value.slice(value.lastIndexOf(noun) + noun.length);
}

type Namings = {
  /** Values by the subject that they are said of; an empty one says that they are the answer. */
  readonly byKey: ReadonlyMap<string, readonly string[]>;
  readonly lines: readonly string[];
};

function namingsIn(reply: string, question: string): Namings {
  const all = answerSentences(reply);
  const turn = all.findLastIndex(({ kind }) => kind === "correction");
  const lines = withoutFormer(turn < 0 ? all : all.slice(turn), question)
    .filter(({ text, wrapper }) => wrapper === null && text.length <= longest)
    .slice(-mostParts)
    .map(({ text }) => text);
  const byKey = new Map<string, string[]>();
  for (const line of lines) {
    for (const clause of line.split(/—+/u).flatMap((each) => clausesOf(each))) {
      if (isDenied(clause) || isHedged(clause) || supposed.test(clause)) continue;
      const { subject = "", value = "" } =
        naming.exec(plain(clause))?.groups ?? appositionIn(plain(clause), question);
      const key = keyOf(subject, question);
      if (key !== null) byKey.set(key, [...(byKey.get(key) ?? []), value]);
    }
  }
  return { byKey, lines };
}

/** 笔名鲁迅: a value right behind what is asked, as long as a name. */
function appositionIn(
  clause: string,
  question: string,
): { readonly subject?: string; readonly value?: string } {
  for (const noun of asked(question).nouns) {
    const subject = [noun, noun.slice(-2)].find((each) => clause.startsWith(each));
    const value =
      subject === undefined ? "" : clause.slice(subject.length).replace(/[。！!]$/u, "");
    const isName =
      /[名称字号]$/u.test(subject ?? "") &&
      /^(?![共都均有是为的])\p{Script=Han}{2,4}$/u.test(value);
    if (subject !== undefined && (isName || /^[A-Za-z\d-]{2,24}$/u.test(value)))
      return { subject, value };
  }
  return {};
}

/** A reply that names more is looping. */
const mostValues = 40;
const longest = 400;
const mostParts = 60;

const plain = (clause: string): string =>
  withoutConclusive(clause)
    .replaceAll(/\*\*|^[\s>#_•·\-–—*]+/gu, "")
    .replace(/^(?:综上|结论|最终|最后|核对后|检查后|其|该|它的?|这个?)[:：]?/u, "")
    .trim();

/** The subject where it is what is asked for or says that it is the answer. */
function keyOf(subject: string, question: string): string | null {
  const text = foldText(subject);
  if (
    /^(?:最终|最后|正确|参考|标准|我的)?(?:的)?(?:答案|结果|结论|答|answer|finalanswer)$/u.test(
      text,
    )
  )
    return "";
  const isAsked =
    asked(question).nouns.some(
      (noun) => text.endsWith(noun) || (text.length > 1 && noun.endsWith(text)),
    ) ||
    (text.length > 1 && share(text, question) >= 0.6);
  return text !== "" && isAsked && !isOfOther(subject, question) ? text : null;
}

/** 《茶馆》的作者 where the author of 《雷雨》 is asked. */
function isOfOther(subject: string, question: string): boolean {
  const titles = subject.match(/《[^《》]{1,30}》/gu) ?? [];
  return (
    titles.length > 0 && question.includes("《") && titles.every((each) => !question.includes(each))
  );
}

/** 作者, or most of the question's words; not what is asked about, as 陈寿 in 陈寿著的正史叫什么. */
const isWhatIsAsked = (key: string, question: string): boolean =>
  asked(question).nouns.some((noun) => key.endsWith(noun) || noun.endsWith(key)) ||
  coverage(key, question) >= 0.5;

/** Two values of the gold's shape of which neither is the other with more or less around it. */
function apart(values: readonly string[], question: string, shape: GoldShape): Rivals | null {
  const told = new Map<string, string>();
  for (const value of values.slice(-mostValues)) {
    const text = withoutGloss(value);
    if (isLike(foldText(text), shape)) told.set(foldText(text), text);
  }
  const distinct = [...told];
  for (const [index, [a, one]] of distinct.entries())
    for (const [b, other] of distinct.slice(index + 1)) {
      const isOther =
        !a.includes(b) &&
        !b.includes(a) &&
        !forms(one).some((form) => isSame(form, other, question));
      if (isOther) return [one, other];
    }
  return null;
}

const isLike = (text: string, { kind, most }: GoldShape): boolean =>
  text !== "" &&
  kindOf(text) === kind &&
  text.length <= most + 3 &&
  !/[的了一]|^(?:什么|谁|哪)/u.test(text);

/** Lines of a few characters and nothing else: 堪培拉 and 悉尼. */
function bareRivals(lines: readonly string[], question: string): Rivals | null {
  const [one, other] = lines;
  if (lines.length !== 2 || one === undefined || other === undefined) return null;
  const isBare = lines.every((line) =>
    /^[\s>*#_•-]{0,6}\p{Script=Han}{2,6}[*_。]{0,3}\s*$/u.test(line),
  );
  const [a, b] = [foldText(one), foldText(other)];
  if (!isBare || a.includes(b) || b.includes(a) || isSame(one, other, question)) return null;
  return share(one, question) > 0 || share(other, question) > 0
    ? null
    : [withoutGloss(one), withoutGloss(other)];
}
