import type { Segment } from "../../text/segments/segment.ts";
import type { ReadNumber, Wanted } from "./candidates.ts";
import type { ChosenNumber } from "./choose.ts";
import type { Claim } from "./claims.ts";

import { unitNamed } from "../../text/quantity/unit-expression.ts";
import { announcedIn, answerParts } from "../announced.ts";
import { breaksOff } from "../broken.ts";
import { sameAs } from "./candidates.ts";
import { chosenOf } from "./choose.ts";
import { claimsOf } from "./claims.ts";
import {
  calculation,
  contact,
  declines,
  refers,
  sentencesOf,
  stands,
  withoutRemarks,
} from "./clauses.ts";
import { withTablesTold } from "./tables.ts";

export type FoundNumber = {
  readonly quantity: ReadNumber | null;
  readonly why: string;
  /** Read by a rule of low trust. */
  readonly doubtful: boolean;
};

/** Announcements without a number to skip before trying the next method. */
const maxTries = 20;

/**
 * The number that a reply gives as its answer: what its last correction says, else the last 【】 with a number, boxed, in a
 * tag or key for the answer, after the last announcement, in the conclusion, in the last sentence that has a number. None
 * where that gives several different ones. `spell` rewrites a part of the reply in plain signs.
 */
export function findNumber(
  reply: string,
  wanted: Wanted,
  spell: (text: string) => string,
): FoundNumber {
  const source = reply.replaceAll(chained, " ");
  const { all, corrected } = answerParts(source);
  const told = withTablesTold(all, source);
  if (corrected === null) return findIn(told, wanted, spell);
  const turn = told.findIndex(({ kind }) => kind === "correction");
  const last = withTablesTold(corrected, source);
  if (last.some(({ text }) => stands.test(text)))
    return findIn(told.slice(0, Math.max(1, turn)), wanted, spell);
  const found = findIn(last.some(({ text }) => refers.test(text)) ? told : last, wanted, spell);
  if (found.quantity !== null) return { ...found, why: `correction, ${found.why}` };
  // What was corrected is not the answer any more.
  return found.why === "no number" ? findIn(told, wanted, spell) : found;
}

/** The line end within a calculation that goes on in the next line: 204×3 ⏎ = 612. */
const chained = /\n[ \t]*(?=[=≈])/g;

function findIn(
  parts: readonly Segment[],
  wanted: Wanted,
  spell: (text: string) => string,
): FoundNumber {
  const texts = parts.map((part) => spell(part.wrapper === "json" ? underKey(part) : part.text));
  if (texts.slice(-2).some((text) => declines.test(text)))
    return { quantity: null, why: "declines", doubtful: false };
  for (const [why, announced] of announcedIn(parts, texts, texts.join("\n"))) {
    const values = announced
      .slice(-maxTries)
      .flatMap((part) => announcedValue(part, wanted) ?? [])
      .toReversed();
    const [last, before] = values;
    if (last === undefined) continue;
    // Two announcements of different numbers, and no correction between them.
    if (why === "marker" && before !== undefined && differ(last, before))
      return severalBy(why, [before.number, last.number]);
    return last.rival === null
      ? { quantity: last.number, why, doubtful: false }
      : severalBy(why, [last.number, last.rival]);
  }
  return concluded(parts, texts, wanted);
}

const differ = (a: ChosenNumber, b: ChosenNumber): boolean =>
  a.rival === null && b.rival === null && !sameAs(a.number, b.number);

const pair = /"([^"\n]{1,24})"\s*:\s*"?([^,"{}\n]{1,60})/g;

/** A value under its key: 90 minutes under "duration_minutes". */
function underKey(part: Segment): string {
  const { kind, name, text } = part;
  if (kind === "announcement" || name === null) return text;
  if (/^\{[^{}]*\}$/.test(text))
    return Array.from(text.matchAll(pair), ([, key = "", value = ""]) =>
      underKey({ ...part, name: `${name} ${key}`, text: value }),
    ).join("、");
  const words = name.replaceAll(/[_()（）-]+/g, " ").trim();
  const unit = /\S+$/.exec(words)?.[0] ?? "";
  const isNumber = /^[-\d.,\s]+$/.test(text);
  return `${words}: ${text}${isNumber && unitNamed(unit) !== null ? ` ${unit}` : ""}`;
}

/** Names the numbers between which nothing decides, in the order in which they stand. */
const severalBy = (why: string, numbers: readonly ReadNumber[]): FoundNumber => ({
  quantity: null,
  why: `${why}: several numbers: ${numbers.map(({ text }) => text.trim()).join(", ")}`,
  doubtful: false,
});

/** The number of an announcement's first sentence. */
function announcedValue(part: string, wanted: Wanted): ChosenNumber | null {
  const sentence = withoutRemarks(part).split(/[。;!?\n]|\.\s/)[0] ?? "";
  return chosenOf(claimsOf(sentence, 0, false, wanted), wanted);
}

/** No announcement: of all that is said the number for which most speaks. */
function concluded(
  parts: readonly Segment[],
  texts: readonly string[],
  wanted: Wanted,
): FoundNumber {
  const unknowns = unknownsIn(texts);
  const sentences = texts.flatMap((text, index) =>
    sentencesOf(text)
      .filter((sentence) => !contact.test(sentence))
      .map((sentence) => ({ sentence, concludes: parts[index]?.kind === "conclusion" })),
  );
  if (sentences.some(({ sentence }) => declines.test(sentence)))
    return { quantity: null, why: "declines", doubtful: false };
  const read = (readable: (sentence: string) => string): readonly Claim[] =>
    sentences.flatMap(({ sentence, concludes }, at) =>
      claimsOf(readable(sentence), at, concludes, wanted).map((claim) => {
        const letter = /([a-z])\s?=\s?[-\d.\s/]+\D{0,4}$/.exec(claim.clause)?.[1];
        const name = letter === undefined ? undefined : unknowns.get(letter);
        return name === undefined ? claim : { ...claim, beside: `${name}=${claim.number.text}` };
      }),
    );
  const outside = read(withoutRemarks);
  const claims = outside.length > 0 ? outside : read((sentence) => sentence);
  const told = breaksOff(parts.at(-1)?.text ?? "")
    ? claims.filter(({ concludes, at }) => concludes && at < sentences.length - 1)
    : claims;
  const [first] = told;
  const other = told.find(({ number }) => first !== undefined && !sameAs(number, first.number));
  if (told !== claims && first !== undefined && other !== undefined)
    return severalBy("breaks off", [first.number, other.number]);
  if (told.length === 0 && claims.length > 0)
    return { quantity: null, why: "breaks off", doubtful: false };
  const referred = referredTo(
    sentences.map(({ sentence }) => sentence),
    told,
  );
  if (referred !== null) return { quantity: referred, why: "refers back", doubtful: true };
  const choice = chosenOf(told, wanted);
  if (choice === null) return { quantity: null, why: "no number", doubtful: false };
  const why = choice.claim.concludes ? "conclusion" : choice.only ? "only number" : "last line";
  if (choice.rival !== null) return severalBy(why, [choice.number, choice.rival]);
  if (!choice.isStated) return { quantity: null, why: "nothing stated", doubtful: false };
  return { quantity: choice.number, why, doubtful: !choice.claim.concludes && !choice.only };
}

/** What letters stand for: x for 女生 after 设女生x人. */
function unknownsIn(texts: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const text of texts.slice(0, mostTexts))
    for (const [, said = ""] of text.matchAll(defining))
      for (const [, before = "", letter = "", after = ""] of said.matchAll(defined))
        if (before + after !== "" && !found.has(letter))
          found.set(letter, before === "" ? after : before);
  return found;
}

const mostTexts = 200;
/** 设较大数为a,较小数为b */
const defining = /(?:设|令|记|假设)([^\n。;=]{1,60})/g;
/** The name before a letter, or what it counts: 女生x人, x年前. */
const defined =
  /([^\s\d,，。=a-z$+*/()-]{0,16}?)\s{0,2}(?:需要?|[为是有])?\s{0,2}\$?(?<![a-z])([a-z])\$?(?![a-z(])\s?(\p{Script=Han}{0,4})/gu;

/** 前者 or 后者 of the two numbers told last, where the reply ends with that. */
function referredTo(sentences: readonly string[], claims: readonly Claim[]): ReadNumber | null {
  const at = sentences.findLastIndex((sentence) => refers.test(sentence));
  if (at < 0 || at < sentences.length - 3) return null;
  const [, first, second] = refers.exec(sentences[at] ?? "") ?? [];
  const last = claims.at(-1)?.number;
  if (last === undefined) return null;
  const others = claims.filter(
    ({ number }) =>
      !sameAs(number, last) && (number.unit === null || number.unit.kind === last.unit?.kind),
  );
  const other = (others.findLast(({ clause }) => calculation.test(clause)) ?? others.at(-1))
    ?.number;
  return (first ?? second) === "前者" ? (other ?? null) : last;
}
