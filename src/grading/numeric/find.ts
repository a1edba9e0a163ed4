import type { Segment } from "../../text/segments/segment.ts";
import type { ReadNumber, Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { announcedIn, answerParts } from "../announced.ts";
import { chosenOf } from "./choose.ts";
import { claimsOf } from "./claims.ts";
import { contact, declines, sentencesOf, withoutRemarks } from "./clauses.ts";

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
  const { all, corrected } = answerParts(reply);
  if (corrected !== null) {
    const found = findIn(corrected, wanted, spell);
    if (found.quantity !== null) return { ...found, why: `correction, ${found.why}` };
  }
  return findIn(all, wanted, spell);
}

function findIn(
  parts: readonly Segment[],
  wanted: Wanted,
  spell: (text: string) => string,
): FoundNumber {
  const texts = parts.map(({ text }) => spell(text));
  for (const [why, announced] of announcedIn(parts, texts, texts.join("\n"))) {
    for (const part of announced.slice(-maxTries).toReversed()) {
      const found = announcedValue(part, wanted);
      if (found === "none") continue;
      return found === "several" ? severalBy(why) : sure(found, why);
    }
  }
  const cell = onlyBoldCell(parts, spell, wanted);
  return cell ?? concluded(parts, texts, wanted);
}

/** The one number in bold of the table with which a reply ends. */
function onlyBoldCell(
  parts: readonly Segment[],
  spell: (text: string) => string,
  wanted: Wanted,
): FoundNumber | null {
  const from = parts.findLastIndex(({ text }) => !isRow.test(text)) + 1;
  const rows = parts.slice(from).map(({ text }) => ({
    isTotal: /^\s*\|[\s*]*(?:合计|总|共|小计)/.test(text),
    values: Array.from(text.matchAll(boldCell), ([, cell = ""]) => cell).flatMap((cell) => {
      const value = valueOf(spell(cell), wanted);
      return value === "none" ? [] : [value];
    }),
  }));
  const bold = rows.filter(({ values }) => values.length > 0);
  const [only, ...more] = bold.flatMap(({ values }) => values);
  if (only === undefined || bold.at(-1)?.isTotal === true) return null;
  if (bold.length > 1) return severalBy("table");
  return only === "several" || more.length > 0
    ? null
    : { quantity: only, why: "table", doubtful: true };
}

const isRow = /^\s*\|.*\|\s*$/;
const boldCell = /(?<=\|)\s*\*\*([^*|\n]{1,60})\*\*[^|*\n]{0,12}(?=\|)/g;

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
  const sentences = texts.flatMap((text, index) =>
    sentencesOf(text)
      .filter((sentence) => !contact.test(sentence))
      .map((sentence) => ({ sentence, concludes: parts[index]?.kind === "conclusion" })),
  );
  if (sentences.some(({ sentence }) => declines.test(sentence)))
    return { quantity: null, why: "declines", doubtful: false };
  const read = (readable: (sentence: string) => string): readonly Claim[] =>
    sentences.flatMap(({ sentence, concludes }, at) =>
      claimsOf(readable(sentence), at, concludes, wanted),
    );
  const outside = read(withoutRemarks);
  const claims = outside.length > 0 ? outside : read((sentence) => sentence);
  const choice = chosenOf(claims, wanted);
  if (choice === null) return { quantity: null, why: "no number", doubtful: false };
  const why = choice.claim.concludes ? "conclusion" : choice.only ? "only number" : "last line";
  if (choice.value === "several") return severalBy(why);
  return { quantity: choice.value, why, doubtful: !choice.claim.concludes && !choice.only };
}
