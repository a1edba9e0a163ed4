import type { Segment } from "../../text/segments/segment.ts";
import type { ReadNumber, Wanted } from "./candidates.ts";
import type { Claim } from "./claims.ts";

import { unitNamed } from "../../text/quantity/unit-expression.ts";
import { announcedIn, answerParts } from "../announced.ts";
import { sameAs } from "./candidates.ts";
import { chosenOf } from "./choose.ts";
import { claimsOf } from "./claims.ts";
import { withTablesTold } from "./tables.ts";
import { contact, dangling, declines, sentencesOf, withoutRemarks } from "./clauses.ts";

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
  if (corrected !== null) {
    const found = findIn(withTablesTold(corrected, source), wanted, spell);
    if (found.quantity !== null) return { ...found, why: `correction, ${found.why}` };
  }
  return findIn(withTablesTold(all, source), wanted, spell);
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
  return (
    typeof last === "object" && typeof before === "object" && !sameAs(last, before)
  );
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
  const sentences = texts.flatMap((text, index) =>
    sentencesOf(text)
      .filter((sentence) => !contact.test(sentence))
      .map((sentence) => ({ sentence, concludes: parts[index]?.kind === "conclusion" })),
  );
  if (sentences.some(({ sentence }) => declines.test(sentence)))
    return { quantity: null, why: "declines", doubtful: false };
  if (dangling.test(parts.at(-1)?.text ?? ""))
    return { quantity: null, why: "breaks off", doubtful: false };
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
