import type { Segment } from "../../text/segments/segment.ts";

import { fold } from "../../text/normalise.ts";
import { withRaised } from "../../text/raised.ts";
import { announcedIn, answerParts } from "../announced.ts";
import { isReadable, sameMath } from "./same.ts";
import { factorial } from "./tidy.ts";

export type FoundFormula = {
  readonly formula: string;
  readonly why: string;
  /** Read by a rule of low trust. */
  readonly doubtful: boolean;
};

/**
 * The formula that a reply gives as its answer: what its last correction says, else the last box, tag or key, the text after
 * the last announcement, the formula of the conclusion, the last line if it is a formula. Null where there is none.
 */
export function findFormula(reply: string, question = ""): FoundFormula | null {
  const source = onOneLine(fold(withRaised(withFactorials(reply))));
  const { all, corrected } = answerParts(source);
  const after = corrected === null ? null : findIn(corrected, source, question);
  const found =
    after === null || !isReadable(after.formula)
      ? findIn(all, source, question)
      : { ...after, why: `correction, ${after.why}` };
  // f(2)+f(-2)=0 is no equation to solve where its left side is asked.
  const left = /^([^=]{2,60})=\s*0$/.exec(found?.formula ?? "")?.[1];
  return found !== null && left !== undefined && isNamedIn(question, left.trim())
    ? { ...found, formula: "0" }
    : found;
}

/** Marks n! before full-width ！ becomes the same sign and sentences end at it. */
const withFactorials = (text: string): string =>
  text.replaceAll(/(?<=[\w)}])!(?=\s*(?:[/)*=}+^$\\-]|\d))/g, factorial);

/** Displayed formulas on one line and between dollars, so that no sentence ends within them. */
const onOneLine = (text: string): string =>
  text
    .replaceAll(/\\\[((?:[^\\]|\\(?![[\]])){1,3000})\\\]/g, (_, inner: string) => displayed(inner))
    .replaceAll(/\$\$([^$]{1,3000})\$\$/g, (_, inner: string) => displayed(inner))
    .replaceAll(
      /\\\(((?:[^\\]|\\(?![()])){1,1000})\\\)/g,
      (_, inner: string) => ` $${inner.trim()}$ `,
    )
    .replaceAll(/(?<=:|[是为])\s*\n+\s*(?=\$)/g, " ");

/** The last row of an aligned display; of others, all on one line. */
function displayed(inner: string): string {
  const system =
    /\\left\s*\\\{\s*\\begin\{(aligned|array|gathered)\}(?:\{[lcr]*\})?([\s\S]*)\\end\{\1\}/.exec(
      inner,
    );
  if (system !== null) {
    const lines = (system[2] ?? "").replaceAll(/\s+/g, " ").trim();
    return ` $\\begin{cases}${lines}\\end{cases}$ `;
  }
  const rows = /\\begin\{(aligned|align\*?|split|gathered)\}([\s\S]*)\\end\{\1\}/.exec(inner)?.[2];
  const row = rows
    ?.replaceAll("&", "")
    .split(/\\\\/)
    .findLast((each) => each.trim() !== "");
  const text = (row ?? inner).replaceAll(/\s+/g, " ").trim();
  return /\\f?boxed|\\tag/.test(text)
    ? ` ${text.replaceAll(/\\tag\*?\{[^{}]*\}/g, "")} `
    : ` $${text}$ `;
}

function findIn(parts: readonly Segment[], source: string, question: string): FoundFormula | null {
  // JSON doubles every backslash.
  const texts = parts.map(({ text, wrapper }) =>
    wrapper === "json" ? text.replaceAll("\\\\", "\\") : text,
  );
  for (const [why, announced] of announcedIn(parts, texts, texts.join("\n"))) {
    if (why === "boxed" && announced.length > 0) {
      const formula = boxesOf(parts, source);
      if (formula !== "") return { formula, why, doubtful: false };
    }
    for (const part of announced.slice(-20).toReversed()) {
      const formula = formulaOf(part.split(/。|\n/)[0] ?? "", "first", question);
      if (formula !== null && (why === "marker" || isReadable(formula)))
        return { formula, why, doubtful: false };
    }
  }
  return concluded(parts, question);
}

/** The last box, with those that stand before it in one list: \boxed{1} 或 \boxed{2}. */
function boxesOf(parts: readonly Segment[], text: string): string {
  const boxes = parts.filter((part) => part.wrapper === "boxed" && part.text !== "");
  let formula = "";
  let from = text.length;
  for (const box of boxes.toReversed()) {
    if (formula === "") formula = box.text;
    else if (joins.test(text.slice(box.end, from).replaceAll("$", "")))
      formula = `${box.text},${formula}`;
    else break;
    from = box.start;
  }
  return formula;
}

/** A longer sentence is a loop; its end is read. */
const longest = 2_000;

type Group = { readonly formula: string; readonly before: string };

const joins = /^\s*(?:[,、;]|或者?|和|与|及|且|并且|or|and)\s*$/;
const isBeside =
  /(?:当|其中|此时|对应|舍[去掉弃]|排除|注意|满足|取等|因为|由于|若|如果|设|令|在|where|when|if|since|let)[^,。]*$|[(]\s*(?:即|也就是|约为?|或)?\s*$/i;
const says = /(?:[是为得即]|[大小]值|等于|答案|结果|:|∴|is|are|equals)\s*$/;
/** Behind these a relation is stated; a mere name begins a sentence: 所以 f(x) 在…. */
const follows = /(?:所以|因此|故|从而|于是)\s*$/;
const relation = /[=<>≤≥∈]|\\(?:le|ge|in|ne)(?![a-z])/;

/** A step on the way: 化简为 a-2. */
const rewrites = /(?:化简|变形|整理|转化|配方|通分|(?:因式)?分解)(?:[得为成]|可得)?\s*:?\s*$/;

/** Formulas between dollars, those of one list together. */
function groupsOf(sentence: string): readonly Group[] {
  const groups: Group[] = [];
  let end = 0;
  for (const match of sentence.matchAll(/\$([^$\n]{1,600})\$/g)) {
    const gap = sentence.slice(end, match.index);
    const formula = (match[1] ?? "").trim();
    const last = groups.at(-1);
    if (last !== undefined && joins.test(gap) && isList(last.formula, formula, gap)) {
      const joint = /或|or/.test(gap) ? " 或 " : /且/.test(gap) ? " 且 " : ",";
      groups[groups.length - 1] = { ...last, formula: `${last.formula}${joint}${formula}` };
    } else groups.push({ formula, before: gap });
    end = match.index + match[0].length;
  }
  return groups;
}

/** Says what n or k may be. */
const isDomain = /^[a-zA-Z](?:,[a-zA-Z])*\s*(?:∈|\\in(?![a-zA-Z]))\s*(?:\\math|[NZQRℕℤℚℝ])/;

/** Of several statements (最大值为 3，最小值为 1) the one whose words the question has. */
function askedOf(said: readonly Group[], question: string): Group | undefined {
  if (said.length < 2 || question === "") return undefined;
  const [best, second] = said
    .map((group) => ({ group, score: askedScore(group, question) }))
    .toSorted((a, b) => b.score - a.score);
  return best === undefined || best.score === 0 || best.score === second?.score
    ? undefined
    : best.group;
}

/** How many characters of what is said before a formula, from its end, the question has; a name it asks for counts most. */
function askedScore({ before, formula }: Group, question: string): number {
  const name = /^([^=<>]{1,12}?)\s*=/.exec(formula)?.[1]?.trim() ?? "";
  if (name !== "" && isNamedIn(question, name)) return longestLabel + 1;
  const subject = before.slice(-20).replace(/(?:[是为得即]|等于|:)?\s*$/, "");
  for (let length = longestLabel; length >= 2; length--) {
    const label = subject.slice(-length);
    if (label.length === length && /^\p{Script=Han}+$/u.test(label) && question.includes(label))
      return length;
  }
  return 0;
}

const longestLabel = 6;

/** The question asks for S, |A| or f(2) by that name in its last clause. */
function isNamedIn(question: string, name: string): boolean {
  const last = question.split(/[。;,，；、\n]/).findLast((part) => part.trim() !== "") ?? "";
  const plain = last.replaceAll(/[\s$]/g, "");
  const at = plain.indexOf(name.replaceAll(/\s/g, ""));
  const after = plain.slice(at + name.replaceAll(/\s/g, "").length);
  // z 的共轭复数 asks for another thing than z.
  if (/^的(?!值|取值|大小|范围|表达式|解析式|方程|坐标)/.test(after)) return false;
  return at >= 0 && !/[a-zA-Z]/.test(`${plain.charAt(at - 1)}${after.charAt(0)}`);
}

/** Of different statements side by side, the last where it is drawn from the others, else none. */
function lastOf(said: readonly Group[], stating: readonly Group[]): Group | undefined {
  const last = said.at(-1);
  if (last === undefined) return stating.at(-1);
  const stated = said.filter(({ before }) => /[是为:]\s*$/.test(before));
  if (stated.length === 1) return stated[0];
  const alone = said.every(
    ({ formula }) => formula === last.formula || sameMath(formula, last.formula, false),
  );
  return alone || /所以|因此|故|则|从而|于是|即/.test(last.before) ? last : undefined;
}

/** The letter of a name, without its index. */
const letterOf = (name: string): string => /^([a-zA-Z])(?:_\{?\w\}?)?$/.exec(name)?.[1] ?? "";

/** Two formulas after a comma are one list unless they name different things: z=3-4i, |z|=5. */
function isList(first: string, second: string, gap: string): boolean {
  if (!/^\s*[,;]\s*$/.test(gap)) return true;
  const [a = "", b = ""] = [first, second].map(
    (text) => /^(.{1,20}?)=/.exec(text)?.[1]?.trim() ?? "",
  );
  return (
    a === b ||
    /^(?:x,y|y,z|x,z|a,b|b,c|m,n|p,q|k,b|u,v)$/.test(`${letterOf(a)},${letterOf(b)}`) ||
    (letterOf(a) !== "" && letterOf(a) === letterOf(b))
  );
}

/** The formula that a sentence states; null where there is none. Of an announcement the first, of a conclusion the last. */
function formulaOf(written: string, which: "first" | "last", question: string): string | null {
  const sentence = which === "first" ? written.slice(0, longest) : written.slice(-longest);
  const groups = groupsOf(sentence);
  const plain = which === "last" && groups.length > 0 ? plainAfter(sentence) : null;
  if (plain !== null) return plain;
  if (groups.length > 0) {
    const reasons = reasonsAmong(groups);
    const stating = groups.filter(
      (group) =>
        !isBeside.test(group.before.slice(-60)) &&
        !reasons.has(group) &&
        (groups.length === 1 || !isDomain.test(group.formula)),
    );
    const said = stating.filter(
      ({ before, formula }, index) =>
        (says.test(before.slice(-20)) ||
          (follows.test(before.slice(-20)) && relation.test(formula))) &&
        (index === stating.length - 1 || !rewrites.test(before.slice(-20))),
    );
    const chosen =
      which === "first" && stating.length < 2
        ? stating[0]
        : (askedOf(stating, question) ?? (which === "first" ? stating[0] : lastOf(said, stating)));
    const bare = sentence.replaceAll("$", "");
    // 3$\sqrt{2}$: half of it stands outside.
    if (
      groups.length === 1 &&
      /[\d)]\s?\$[^$]*\$|\$[^$]*\$\s?[\dπ]/.test(sentence) &&
      isReadable(bare)
    )
      return bare;
    return chosen?.formula ?? null;
  }
  const text = sentence.replaceAll(/^\s*(?:[-*•>]|#{1,6}|\d{1,2}[.、)])\s+(?=\S)/g, "").trim();
  if (text === "") return null;
  if (which === "first" || isReadable(text)) return text;
  return (
    text
      .split(/[,;](?![^([{]{0,60}[)\]}])/)
      .findLast(
        (clause) => !isBeside.test(clause) && /[\d=π√]/.test(clause) && isReadable(clause),
      ) ?? null
  );
}

/** Those in a clause that begins with 因为, up to its comma. */
function reasonsAmong(groups: readonly Group[]): ReadonlySet<Group> {
  const reasons = new Set<Group>();
  let inside = false;
  for (const group of groups) {
    const clause = /[^,。;]*$/.exec(group.before.slice(-60))?.[0] ?? "";
    inside = /因为|由于|\b(?:since|because)\b/.test(clause) || (inside && clause === group.before);
    if (inside) reasons.add(group);
  }
  return reasons;
}

/** A value without dollars at the end of a sentence that has formulas: 由 $x+y\ge2$，故最小值为 2. */
function plainAfter(sentence: string): string | null {
  const tail = sentence.slice(sentence.lastIndexOf("$") + 1);
  const value = /[是为得]\s*([-+]?[\d.]+(?:\/\d+)?|[-+]?\d*[√π]\d*)\s*$/.exec(tail)?.[1];
  return value !== undefined && isReadable(value) ? value : null;
}

/** Says what is no solution. */
const discards = /舍[去掉弃]|排除|不合题意|增根/;

/** Sentences after the answer that may hold nothing to read. */
const maxIdle = 3;

function concluded(parts: readonly Segment[], question: string): FoundFormula | null {
  let idle = 0;
  for (const { kind, text } of parts.toReversed()) {
    for (const sentence of text.split(/。|\n|!(?=\s|$)/).toReversed()) {
      if (sentence.trim() === "") continue;
      const formula = formulaOf(sentence, "last", question);
      const dressed = sentence.includes("$");
      if (formula !== null) {
        return {
          formula,
          why: dressed ? "last formula" : "last line",
          doubtful: kind !== "conclusion",
        };
      }
      idle += 1;
      if (discards.test(sentence) && idle <= maxIdle) continue;
      if (dressed || /[\d=π√]|\\[a-z]/.test(sentence) || idle > maxIdle) return null;
    }
  }
  return null;
}
