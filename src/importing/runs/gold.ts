import type { GraderRef } from "../../domain/suite.ts";
import type { ForeignGold } from "./run-importer.ts";

import { numberIn } from "./number-in.ts";

/** Letters A, B, C … for texts. */
export const letterOf = (place: number): string => String.fromCodePoint(65 + place);

export const open: GraderRef = { use: "open" };

/** The gold of a choice question; `letters` such as `B` or `AC`. */
export const choiceGold = (texts: readonly string[], letters: string): ForeignGold => ({
  options: Object.fromEntries(texts.map((text, place) => [letterOf(place), text])),
  answer: letters,
  grader: { use: "choice" },
});

/** The gold of a question whose file says no more than the target: letters where the prompt lists options by them, else texts. */
export function promptedGold(targets: readonly string[], prompt: string): ForeignGold | null {
  const letters = targets.map((text) => text.trim()).join("");
  if (/^[A-J]{1,10}$/.test(letters)) {
    const choices = choicesIn(prompt);
    if (
      choices !== null &&
      Array.from(letters).every((each) => each.charCodeAt(0) - 65 < choices.length)
    ) {
      return choiceGold(choices, letters);
    }
  }
  return textGold(targets);
}

/** The options that a prompt lists last, each on a line of its own behind a letter, from A on; null where it lists none. */
function choicesIn(prompt: string): readonly string[] | null {
  let found: string[] = [];
  for (const [, letter, text = ""] of prompt.matchAll(/^\s*\(?([A-J])\s*[).．、:：]\s*(.+)$/gm)) {
    if (letter === "A") found = [];
    if (letter === letterOf(found.length)) found.push(text.trim());
  }
  return found.length > 1 ? found : null;
}

/** A gold that is known as texts only: a number is read as one, a sentence waits for a judge, all else is compared as a text. */
export function textGold(texts: readonly string[]): ForeignGold | null {
  const [first, ...others] = texts.map((text) => text.trim()).filter((text) => text !== "");
  if (first === undefined) return null;
  const number = numberIn(first);
  if (number !== null && others.length === 0) return { answer: number, grader: { use: "numeric" } };
  const aliases = others.length === 0 ? {} : { aliases: others };
  return isSentence(first)
    ? { reference: first, grader: open }
    : { answer: first, ...aliases, grader: { use: "exact" } };
}

const longest = 40;

/** A paraphrase of it would be as right, so that no comparison of texts can grade it. */
const isSentence = (text: string): boolean =>
  text.length > longest || /[。！？；\n]|[.!?](?:\s|$)/u.test(text.slice(0, -1));
