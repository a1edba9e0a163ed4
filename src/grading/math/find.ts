import type { Segment } from "../../text/segments/segment.ts";
import type { WantedFormula } from "./asked.ts";
import type { FormulaClaim, FormulaPlace } from "./claims.ts";
import type { FormulaSigns } from "./evidence.ts";

import { announcedIn, answerParts } from "../announced.ts";
import { breaksOff } from "../broken.ts";
import { declines } from "../numeric/clauses.ts";
import { defers, doubts, supposes } from "../numeric/phrases.ts";
import { waits } from "../waits.ts";
import { amended } from "./amended.ts";
import { kindsOf } from "./asked.ts";
import { boundsInSigns } from "./bounds.ts";
import { chosenOf } from "./choose.ts";
import { formulasIn, joins, nowhere } from "./claims.ts";
import { displaysInDollars } from "./displays.ts";
import { goesOnInWords, isSpokenAgainst, isSure, isTwin } from "./doubt.ts";
import { underKey, unknownsTold } from "./keys.ts";
import { goesOn, isNoAnswer, withoutRejected } from "./rejected.ts";
import { isReadable, prepared } from "./same.ts";
import { countedFor, unknownsIn, withoutPartial } from "./together.ts";
import { wordsInSigns } from "./words.ts";

export type FoundFormula = {
  /** Null where nothing decides between several; `why` names them. */
  readonly formula: string | null;
  readonly why: string;
  /** Read by a rule of low trust. */
  readonly doubtful: boolean;
};

/**
 * The formula that a reply gives as its answer: what its last correction announces, else the last box, tag or key, the text
 * after the last announcement, else of all formulas the likeliest by the evidence (`evidence.ts`), where one is likely
 * enough. Null where there is none.
 */
export function findFormula(reply: string, wanted: WantedFormula): FoundFormula | null {
  const { announced, joint, claims, none, sentences, inWords } = toldBy(reply, wanted);
  const isOpen = announced === null && waits(reply) && !claims.some((claim) => claim.concludes);
  const found = isOpen ? null : (announced ?? joint ?? concluded(claims, none, sentences, wanted));
  if (found?.formula == null) return found;
  const isSpoken = inWords && !reply.replaceAll(/\s/g, "").includes(found.formula);
  return {
    ...found,
    formula: amended(found.formula, reply, wanted),
    doubtful: found.doubtful || isSpoken,
  };
}

/** (2,0) where a point is asked: no need to put it together from x=2 and y=0. */
const isPointAsked = (formula: string, { kinds }: WantedFormula): boolean =>
  kinds.has("point") &&
  /^\(.*[,，].*\)$/.test(formula.trim()) &&
  kindsOf(prepared(formula)).includes("point");

export type ToldFormulas = {
  /** What is announced, which no evidence is needed for. */
  readonly announced: FoundFormula | null;
  /** The unknowns together, where each is told for itself. */
  readonly joint: FoundFormula | null;
  readonly claims: readonly FormulaClaim[];
  readonly sentences: readonly string[];
  /** It says formulas in words. */
  readonly inWords: boolean;
  /** What speaks for a reply without an answer. */
  readonly none: FormulaSigns;
};

/** What a reply announces, the formulas that may be its answer, and what it says that speaks against any. */
export function toldBy(reply: string, wanted: WantedFormula): ToldFormulas {
  const displayed = displaysInDollars(reply);
  const source = boundsInSigns(wordsInSigns(displayed));
  const { all, corrected } = answerParts(source);
  const after = announcedOf(corrected ?? [], source, wanted);
  const announced =
    after?.formula != null && isReadable(after.formula)
      ? { ...after, why: `correction, ${after.why}` }
      : corrected === null
        ? announcedOf(all, source, wanted)
        : null;
  const turn = corrected === null ? all.length : all.length - corrected.length;
  const told = all.flatMap((part, index) =>
    sentencesOfPart(part, corrected !== null && index >= turn, index < turn && corrected !== null),
  );
  const sentences = told.map(({ sentence }) => sentence);
  const stated = told.flatMap(({ sentence, concludes, place }, at) =>
    formulasIn(sentence, at, concludes, place).filter((claim) => !isNoAnswer(claim, wanted)),
  );
  const claims = withoutPartial(withoutRejected(stated, sentences), wanted);
  const isPointTold = claims.some(({ formula }) => isPointAsked(formula, wanted));
  const together =
    wanted.unknowns.length > 1 && !isPointTold
      ? (unknownsIn(claims, wanted.unknowns) ?? countedFor(source, wanted))
      : null;
  return {
    announced:
      announced ??
      (corrected === null || !claims.every((claim) => claim.corrected)
        ? null
        : announcedOf(all, source, wanted)),
    joint:
      together === null ? null : { formula: together, why: "unknowns together", doubtful: true },
    claims,
    sentences,
    inWords: source !== displayed || /分之|根号/.test(reply),
    none: noneOf(all, sentences, claims),
  };
}

function announcedOf(
  parts: readonly Segment[],
  source: string,
  wanted: WantedFormula,
): FoundFormula | null {
  // JSON doubles every backslash.
  const texts = parts.map(({ text, wrapper }) =>
    wrapper === "json" ? (unknownsTold(text) ?? text.replaceAll("\\\\", "\\")) : text,
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
        return { formula, why, doubtful: goesOnInWords(formula) };
    }
  }
  return null;
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
  if (!text.includes("$")) return text === "" ? null : withoutWordsAfter(text);
  const claims = formulasIn(sentence, 0, true, { ...nowhere, announced: true });
  // 3$\sqrt{2}$: half of it stands outside.
  if (/[\d)]\s?\$[^$]*\$|\$[^$]*\$\s?[\dπ]/.test(sentence) && isReadable(bare)) return bare;
  const choice = chosenOf(claims, null, wanted);
  return choice !== null && choice.likely >= enough ? choice.claim.formula : null;
}

/** (x-3)(x-2),展开回去是…: what is announced, without what the sentence goes on to say. */
function withoutWordsAfter(text: string): string {
  const [first = ""] = text.replaceAll("**", "").split(/[,，](?=[^,，]*\p{Script=Han}{2})/u);
  return !isReadable(text) && isReadable(first) ? first : text;
}

/** How likely a formula must be to be read, and to be read without doubt. */
const enough = 0.65;
const sure = 0.85;
/** The same of a formula that is not concluded. */
const sureUnstated = 0.97;

/** No announcement: of all that is said the likeliest formula, where it is likely enough. */
function concluded(
  claims: readonly FormulaClaim[],
  none: FormulaSigns,
  sentences: readonly string[],
  wanted: WantedFormula,
): FoundFormula | null {
  if (none["noneBreaksOff"] === 1) return null;
  if (none["noneDefers"] === 1 && !claims.some((claim) => claim.concludes)) return null;
  const whole = sentences.length === 1 ? (sentences[0] ?? "").trim() : "";
  if (isOneFormula(whole) && isReadable(whole))
    return { formula: whole, why: "last line", doubtful: true };
  const [only] = claims;
  if (
    only !== undefined &&
    claims.length === 1 &&
    sentences.length === 1 &&
    /^$|[是为得:]\s*$/.test(only.before.trim()) &&
    !declines.test(whole) &&
    none["noneDefers"] !== 1
  )
    return { formula: only.formula, why: "only formula", doubtful: !isSure(only, wanted) };
  const turned = chosenOf(
    claims.filter((claim) => claim.corrects),
    null,
    wanted,
  );
  if (turned !== null && turned.likely >= enough && isReadable(turned.claim.formula))
    return { formula: turned.claim.formula, why: "correction", doubtful: turned.likely < sure };
  const choice = chosenOf(claims, none, wanted);
  if (choice === null) {
    const line = claims.length > 0 ? undefined : sentences.findLast(isReadable);
    return line === undefined ? null : { formula: line.trim(), why: "last line", doubtful: true };
  }
  const { claim, likely, rival } = choice;
  if (likely >= enough && (begun.test(claim.before) || goesOn(claim))) return null;
  if (likely >= enough && !isTwin(choice, wanted))
    return {
      formula: claim.formula,
      why: claim.concludes ? "conclusion" : rival === null ? "only formula" : "most evidence",
      doubtful:
        likely < (claim.concludes ? sure : sureUnstated) || isSpokenAgainst(choice, claims, wanted),
    };
  if (choice.none > likely || rival === null) return null;
  const both = [claim.formula, rival.formula].join(", ");
  return { formula: null, why: `several formulas: ${both}`, doubtful: false };
}

/** A step that is taken first, with nothing likelier after it. */
const begun = /先(?:求|算|计算|化简)出?\s*$/;

/** What is yet to be done: 下面只要把极大值点代入. */
const plans =
  /下面只|接下来|只要[^。]{1,40}就|代入[^。]{1,20}即可|再(?:代|算|求)一?(?:次|遍|下)?$|请(?:注意|继续)|建议/;

type ToldSentence = {
  readonly sentence: string;
  readonly concludes: boolean;
  readonly place: FormulaPlace;
};

const sentencesOfPart = (
  part: Segment,
  corrects: boolean,
  corrected: boolean,
): readonly ToldSentence[] =>
  sentencesOf(part.wrapper === "json" && part.kind !== "announcement" ? underKey(part) : part.text)
    .filter((sentence) => sentence.trim() !== "")
    .map((sentence) => ({
      sentence,
      concludes: part.kind === "conclusion",
      place: { announced: part.kind === "announcement", corrects, corrected },
    }));

function noneOf(
  parts: readonly Segment[],
  sentences: readonly string[],
  claims: readonly FormulaClaim[],
): FormulaSigns {
  const end = parts.slice(-2).map(({ text }) => text);
  const tell = (pattern: Pick<RegExp, "test">, some: readonly string[] = sentences): boolean =>
    some.some((sentence) => pattern.test(sentence));
  const flags: Readonly<Record<string, boolean>> = {
    none: true,
    noneDeclines: tell(declines),
    noneDeclinesLast: tell(declines, sentences.slice(-2)),
    noneDefers: tell(defers),
    noneDoubts: tell(doubts),
    noneDoubtsLast: tell(doubts, sentences.slice(-1)),
    noneAsks: tell(/[?]\s*$/, sentences.slice(-1)),
    noneBreaksOff: breaksOff(end.join("\n")),
    noneSupposes: sentences.filter((sentence) => supposes.test(sentence)).length > 1,
    noneConcluded: !claims.some(({ concludes }) => concludes),
    nonePlans: tell(plans, sentences.slice(-2)),
    noneCorrected: claims.length > 0 && claims.every(({ corrected }) => corrected),
  };
  return Object.fromEntries(
    Object.entries(flags).flatMap(([name, holds]) => (holds ? [[name, 1]] : [])),
  );
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
