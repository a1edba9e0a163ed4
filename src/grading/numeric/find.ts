import type { Segment } from "../../text/segments/segment.ts";
import type { ReadNumber, Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { unitNamed } from "../../text/quantity/unit-expression.ts";
import { announcedIn, answerParts } from "../announced.ts";
import { breaksOff } from "../broken.ts";
import { sameAs } from "./candidates.ts";
import { chosenOf } from "./choose.ts";
import { claimsOf } from "./claims.ts";
import { contact, declines, refers, sentencesOf, stands, withoutRemarks } from "./clauses.ts";
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
    if (why === "marker" && contradicts(announced.slice(-maxTries), wanted)) return severalBy(why);
    for (const part of announced.slice(-maxTries).toReversed()) {
      const found = announcedValue(part, wanted);
      if (found === "none") continue;
      return found === "several" ? severalBy(why) : sure(found, why);
    }
  }
  return concluded(parts, texts, wanted);
}

/** Two announcements of different numbers, and no correction between them. */
function contradicts(announced: readonly string[], wanted: Wanted): boolean {
  const [last, before] = announced
    .map((part) => announcedValue(part, wanted))
    .filter((value) => value !== "none")
    .toReversed();
  return typeof last === "object" && typeof before === "object" && !sameAs(last, before);
}

/** A value under its key: 90 minutes under "duration_minutes". */
function underKey({ kind, name, text }: Segment): string {
  if (kind === "announcement" || name === null) return text;
  const words = name.replaceAll(/[_()（）-]+/g, " ").trim();
  const unit = /\S+$/.exec(words)?.[0] ?? "";
  const isNumber = /^[-\d.,\s]+$/.test(text);
  return `${words}: ${text}${isNumber && unitNamed(unit) !== null ? ` ${unit}` : ""}`;
}

const sure = (quantity: ReadNumber, why: string): FoundNumber => ({
  quantity,
  why,
  doubtful: false,
});
const severalBy = (why: string): FoundNumber => ({
  quantity: null,
  why: `${why}: several numbers`,
  doubtful: false,
});

/** The number of an announcement's first sentence. */
const announcedValue = (part: string, wanted: Wanted): ReadNumber | "several" | "none" =>
  valueOf(withoutRemarks(part).split(/[。;!?\n]|\.\s/)[0] ?? "", wanted);

const valueOf = (sentence: string, wanted: Wanted): ReadNumber | "several" | "none" =>
  chosenOf(claimsOf(sentence, 0, false, wanted), wanted)?.value ?? "none";

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
  if (
    told !== claims &&
    !told.every(({ number }) => first === undefined || sameAs(number, first.number))
  )
    return severalBy("breaks off");
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
  if (choice.value === "several") return severalBy(why);
  if (!choice.isStated) return { quantity: null, why: "nothing stated", doubtful: false };
  return { quantity: choice.value, why, doubtful: !choice.claim.concludes && !choice.only };
}

/** What letters stand for: x for 女生 after 设女生x人. */
function unknownsIn(texts: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const text of texts.slice(0, mostTexts))
    for (const [, name = "", letter = ""] of text.matchAll(defined)) found.set(letter, name);
  return found;
}

const mostTexts = 200;
const defined = /(?:设|令|记|假设)([^\n,。=x-z]{1,16}?)(?:需要?|[为是有])?\s?\$?([a-z])(?![a-z(])/g;

/** 前者 or 后者 of the two numbers told last, where the reply ends with that. */
function referredTo(sentences: readonly string[], claims: readonly Claim[]): ReadNumber | null {
  const at = sentences.findLastIndex((sentence) => refers.test(sentence));
  if (at < 0 || at < sentences.length - 3) return null;
  const [, first, second] = refers.exec(sentences[at] ?? "") ?? [];
  const last = claims.at(-1)?.number;
  if (last === undefined) return null;
  const other = claims.findLast(
    ({ number }) =>
      !sameAs(number, last) && (number.unit?.kind ?? null) === (last.unit?.kind ?? null),
  )?.number;
  return (first ?? second) === "前者" ? (other ?? null) : last;
}
