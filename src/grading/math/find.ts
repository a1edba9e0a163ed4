import type { Segment } from "../../text/segments/segment.ts";

import { fold } from "../../text/normalise.ts";
import { withRaised } from "../../text/raised.ts";
import { announcedIn, answerParts } from "../announced.ts";
import { isReadable } from "./same.ts";
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
export function findFormula(reply: string): FoundFormula | null {
  const { all, corrected } = answerParts(onOneLine(fold(withRaised(withFactorials(reply)))));
  const after = corrected === null ? null : findIn(corrected);
  return after === null || !isReadable(after.formula)
    ? findIn(all)
    : { ...after, why: `correction, ${after.why}` };
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

function findIn(parts: readonly Segment[]): FoundFormula | null {
  // JSON doubles every backslash.
  const texts = parts.map(({ text, wrapper }) =>
    wrapper === "json" ? text.replaceAll("\\\\", "\\") : text,
  );
  for (const [why, announced] of announcedIn(parts, texts, texts.join("\n"))) {
    if (why === "boxed" && announced.length > 0) {
      const formula = boxesOf(texts.join("\n"), announced);
      if (formula !== "") return { formula, why, doubtful: false };
    }
    for (const part of announced.slice(-20).toReversed()) {
      const formula = formulaOf(part.split(/。|\n/)[0] ?? "", "first");
      if (formula !== null && (why === "marker" || isReadable(formula)))
        return { formula, why, doubtful: false };
    }
  }
  return concluded(parts);
}

/** The last box, with those that stand before it in one list: \boxed{1} 或 \boxed{2}. */
function boxesOf(text: string, boxes: readonly string[]): string {
  const last = boxes.findLast((box) => box !== "") ?? "";
  const list =
    /\\f?boxed\s*\{([^{}]{1,80})\}\s*\$?\s*(?:[,、]|或|和|or|and)\s*\$?\s*\\f?boxed\s*\{([^{}]{1,80})\}/.exec(
      text,
    );
  return list !== null && list[2] === last ? `${list[1]},${last}` : last;
}

type Group = { readonly formula: string; readonly before: string };

const joins = /^\s*(?:[,、;]|或者?|和|与|及|or|and)\s*$/;
const isBeside =
  /(?:当|其中|此时|注意|满足|取等|因为|由于|若|如果|设|令|在|where|when|if|since|let)[^,。]*$|[(]\s*$/i;
const says = /(?:[是为得即]|等于|答案|结果|:|∴|is|are|equals)\s*$/;

/** Formulas between dollars, those of one list together. */
function groupsOf(sentence: string): readonly Group[] {
  const groups: Group[] = [];
  let end = 0;
  for (const match of sentence.matchAll(/\$([^$\n]{1,600})\$/g)) {
    const gap = sentence.slice(end, match.index);
    const formula = (match[1] ?? "").trim();
    const last = groups.at(-1);
    if (last !== undefined && joins.test(gap)) {
      groups[groups.length - 1] = { ...last, formula: `${last.formula},${formula}` };
    } else groups.push({ formula, before: gap });
    end = match.index + match[0].length;
  }
  return groups;
}

/** The formula that a sentence states; null where there is none. Of an announcement the first, of a conclusion the last. */
function formulaOf(sentence: string, which: "first" | "last"): string | null {
  const groups = groupsOf(sentence);
  if (groups.length > 0) {
    const stating = groups.filter(({ before }) => !isBeside.test(before));
    const said = stating.filter(({ before }) => says.test(before));
    const chosen = which === "first" ? stating[0] : (said.at(-1) ?? stating.at(-1));
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
      .split(/[,;](?![^([{]*[)\]}])/)
      .findLast(
        (clause) => !isBeside.test(clause) && /[\d=π√]/.test(clause) && isReadable(clause),
      ) ?? null
  );
}

/** Sentences after the answer that may hold nothing to read. */
const maxIdle = 3;

function concluded(parts: readonly Segment[]): FoundFormula | null {
  let idle = 0;
  for (const { kind, text } of parts.toReversed()) {
    for (const sentence of text.split(/。|\n|!(?=\s|$)/).toReversed()) {
      if (sentence.trim() === "") continue;
      const formula = formulaOf(sentence, "last");
      const dressed = sentence.includes("$");
      if (formula !== null) {
        return {
          formula,
          why: dressed ? "last formula" : "last line",
          doubtful: kind !== "conclusion",
        };
      }
      idle += 1;
      if (dressed || /[\d=π√]|\\[a-z]/.test(sentence) || idle > maxIdle) return null;
    }
  }
  return null;
}
