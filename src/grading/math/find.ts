import type { Segment } from "../../text/segments/segment.ts";
import type { WantedFormula } from "./asked.ts";
import type { FormulaClaim } from "./claims.ts";

import { fold } from "../../text/normalise.ts";
import { withRaised } from "../../text/raised.ts";
import { announcedIn, answerParts } from "../announced.ts";
import { breaksOff } from "../broken.ts";
import { squeezed } from "./asked.ts";
import { chosenOf } from "./choose.ts";
import { formulasIn, joins } from "./claims.ts";
import { underKey } from "./keys.ts";
import { isReadable } from "./same.ts";
import { factorial } from "./tidy.ts";

export type FoundFormula = {
  /** Null where nothing decides between several; `why` names them. */
  readonly formula: string | null;
  readonly why: string;
  /** Read by a rule of low trust. */
  readonly doubtful: boolean;
};

/**
 * The formula that a reply gives as its answer: what its last correction says, else the last box, tag or key, the text after
 * the last announcement, the formula of the conclusion, the last line if it is a formula. Null where there is none.
 */
export function findFormula(reply: string, wanted: WantedFormula): FoundFormula | null {
  const source = onOneLine(fold(withRaised(withFactorials(reply))));
  const { all, corrected } = answerParts(source);
  const after = corrected === null ? null : findIn(corrected, source, wanted, false);
  const found =
    after?.formula == null || !isReadable(after.formula)
      ? findIn(all, source, wanted, true)
      : { ...after, why: `correction, ${after.why}` };
  // f(2)+f(-2)=0 is no equation to solve where its left side is asked.
  const left = /^([^=]{2,60})=\s*0$/.exec(found?.formula ?? "")?.[1];
  return found !== null && left !== undefined && wanted.squeezed.includes(squeezed(left))
    ? { ...found, formula: "0" }
    : found;
}

/** Marks n! before full-width ！ becomes the same sign and sentences end at it. */
const withFactorials = (text: string): string =>
  text.replaceAll(/(?<=[\w)}])!(?=\s*(?:[/)*=}+^$\\-]|\d))/g, factorial);

const relationsInWords: Readonly<Record<string, string>> = {
  大于: ">",
  小于: "<",
  大于等于: "≥",
  小于等于: "≤",
  不小于: "≥",
  不大于: "≤",
};

/** Displayed formulas on one line and between dollars, so that no sentence ends within them. */
const onOneLine = (text: string): string =>
  text
    .replaceAll(/\\\[((?:[^\\]|\\(?![[\]])){1,3000})\\\]/g, (_, inner: string) => displayed(inner))
    .replaceAll(/\$\$([^$]{1,3000})\$\$/g, (_, inner: string) => displayed(inner))
    .replaceAll(
      /\\\(((?:[^\\]|\\(?![()])){1,1000})\\\)/g,
      (_, inner: string) => ` $${inner.trim()}$ `,
    )
    .replaceAll(/(?<=:|[是为])\s*\n+\s*(?=\$)/g, " ")
    .replaceAll(/(?<![\\a-z])sqrt\s?(?=\()/g, "√")
    .replaceAll(
      /(?<=[a-z]\s?)(不?[大小][于於](?:(?:或)?等[于於])?)\s?(?=[-\d])/g,
      (word) => relationsInWords[word.trim().replaceAll("於", "于").replace("或", "")] ?? word,
    )
    // A system of two lines, and a chain that goes on in the next line.
    .replaceAll(/\{\s?([a-z]\s?=[^{}\n]{1,60}?)[,;]?\s*\n\s*\{\s?(?=[a-z]\s?=)/g, "$1, ")
    .replaceAll(/(?<=[^\s:。])[ \t]*\n[ \t]*(?==[^=])/g, " ");

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

function findIn(
  parts: readonly Segment[],
  source: string,
  wanted: WantedFormula,
  strict: boolean,
): FoundFormula | null {
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
      const formula = announcedFormula(part.split(/。|\n/)[0] ?? "", wanted);
      if (why === "bracket" && !/[\dA-Za-zπ∅]/.test(part)) continue;
      if (formula !== null && (why === "marker" || isReadable(formula)))
        return { formula, why, doubtful: false };
    }
  }
  if (
    breaksOff(
      parts
        .slice(-2)
        .map(({ text }) => text)
        .join("\n"),
    )
  )
    return null;
  return concluded(parts, wanted, strict);
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

/** A longer announcement is a loop; its beginning is read. */
const longest = 2_000;

/** What an announcement states: all of it where it is plain text, else the formula for which most speaks, of equal ones the first. */
function announcedFormula(written: string, wanted: WantedFormula): string | null {
  const sentence = written.slice(0, longest);
  const text = sentence.replaceAll(/^\s*(?:[-*•>]|#{1,6}|\d{1,2}[.、)])\s+(?=\S)/g, "").trim();
  const bare = text.replaceAll("$", "");
  if (!text.includes("$")) return text === "" ? null : text;
  const claims = formulasIn(sentence, 0, true);
  // 3$\sqrt{2}$: half of it stands outside.
  if (/[\d)]\s?\$[^$]*\$|\$[^$]*\$\s?[\dπ]/.test(sentence) && isReadable(bare)) return bare;
  const choice = chosenOf(claims, wanted, "first");
  return choice?.rival === null ? choice.claim.formula : null;
}

/** No announcement: of all that is said the formula for which most speaks. */
function concluded(
  parts: readonly Segment[],
  wanted: WantedFormula,
  strict: boolean,
): FoundFormula | null {
  const sentences = parts.flatMap((part) => {
    const { kind } = part;
    return sentencesOf(
      part.wrapper === "json" && kind !== "announcement" ? underKey(part) : part.text,
    )
      .filter((sentence) => sentence.trim() !== "")
      .map((sentence) => ({ sentence, concludes: kind === "conclusion" }));
  });
  const claims = sentences.flatMap(({ sentence, concludes }, at) =>
    formulasIn(sentence, at, concludes),
  );
  const joint = wanted.unknowns.length > 1 ? unknownsIn(claims, wanted.unknowns) : null;
  if (joint !== null) return { formula: joint, why: "unknowns together", doubtful: true };
  const [only] = sentences;
  const whole = only === undefined || sentences.length > 1 ? "" : only.sentence.trim();
  if (isOneFormula(whole) && isReadable(whole))
    return { formula: whole, why: "last line", doubtful: !only?.concludes };
  const choice = chosenOf(claims, wanted, "last");
  if (choice === null) {
    const line =
      claims.length > 0 ? undefined : sentences.findLast(({ sentence }) => isReadable(sentence));
    return line === undefined
      ? null
      : { formula: line.sentence.trim(), why: "last line", doubtful: true };
  }
  const isAll =
    claims.length === 1 &&
    sentences.length === 1 &&
    /^$|[是为得:]\s*$/.test(choice.claim.before.trim());
  if (strict && !isAll && choice.weight < least) return null;
  const { formula } = choice.claim;
  const { rival } = choice;
  const why = choice.claim.sentence.includes("$") ? "last formula" : "last line";
  if (rival !== null) {
    const both = [formula, rival.formula].join(", ");
    return { formula: null, why: `${why}: several formulas: ${both}`, doubtful: false };
  }
  return { formula, why, doubtful: !choice.claim.concludes };
}

const longestFormula = 400;

/** No clauses and no words; half of it may stand in dollars: 3$\\sqrt{2}$. */
const isOneFormula = (text: string): boolean =>
  text.length <= longestFormula &&
  (!text.includes("$") || /[\d)]\s?\$[^$]*\$|\$[^$]*\$\s?[\dπ]/.test(text)) &&
  text.split("$").length < 4 &&
  !/[→⇒⟹]|[,;](?![^([{]{0,60}[)\]}])|[A-Za-z]{4,}\s[a-z]|=.*[,;].*=/.test(
    text.replaceAll(/\$[^$]*\$/g, ""),
  );

/** Sentences; marks within dollars end none. */
const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(\$[^$\n]{1,600}\$)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replaceAll(/[;。]|!(?=\s|$)|(?<=\?)/g, "\n"),
    )
    .join("")
    .split("\n");

/** Of which less speaks is a formula that nobody gives as an answer, unless it corrects one. */
const least = -0.5;

/** x=3, y=2 put together from the last statements about each, where no list has them. */
function unknownsIn(claims: readonly FormulaClaim[], names: readonly string[]): string | null {
  const isOf = (formula: string, name: string): boolean =>
    new RegExp(`^${name}\\s*=\\s*[^=a-z]+$`).test(formula);
  if (claims.some(({ formula }) => names.every((name) => new RegExp(`${name}\\s*=`).test(formula))))
    return null;
  const values = names.map(
    (name) => claims.findLast(({ formula }) => isOf(formula, name))?.formula,
  );
  return values.every((value) => value !== undefined) ? values.join(", ") : null;
}
