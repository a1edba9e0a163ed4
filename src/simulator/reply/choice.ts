import type { Cue, Solution } from "./cue.ts";

type Option = { readonly letter: string; readonly text: string };

/** Reasons through the options to the gold's letters, or to letters that are easily mistaken for them. */
export function solveChoice(cue: Cue): Solution {
  const options = Object.entries(cue.gold.options ?? lettersOnly).map(([letter, text]) => ({
    letter: letter.toUpperCase(),
    text,
  }));
  const gold = goldLetters(cue, options);
  const chosen = cue.intent === "right" ? gold : mistaken(cue, options, gold);
  const only = chosen.length === 1 ? options.find(({ letter }) => letter === chosen[0]) : undefined;
  return {
    steps: options.map((option) => verdictOn(option, chosen, gold, cue)),
    value: chosen.join(""),
    meaning: only === undefined || only.text === "" ? null : only.text,
    rivals: options.map(({ letter }) => letter).filter((letter) => !chosen.includes(letter)),
  };
}

const lettersOnly: Readonly<Record<string, string>> = { A: "", B: "", C: "", D: "" };

/** The gold as letters: it may be a letter, letters in one text, a list, or the text of an option. */
function goldLetters({ gold }: Cue, options: readonly Option[]): readonly string[] {
  const named = [gold.answer ?? []].flat().map(String);
  const byText = options.filter(({ text }) => named.includes(text));
  if (byText.length > 0) return byText.map(({ letter }) => letter);
  const letters = new Set(Array.from(named.join("").toUpperCase()));
  return options.map(({ letter }) => letter).filter((letter) => letters.has(letter));
}

function mistaken(
  { random }: Cue,
  options: readonly Option[],
  gold: readonly string[],
): readonly string[] {
  const [first, ...rest] = options
    .map(({ letter }) => letter)
    .filter((each) => !gold.includes(each));
  if (first === undefined) return gold.slice(1);
  const stray = random.pick([first, ...rest]);
  if (gold.length < 2) return [stray];
  // Of several letters one is easily forgotten, or one too many is taken.
  return random.chance(0.6) ? gold.slice(0, -1) : [...gold, stray].toSorted();
}

function verdictOn(
  { letter, text }: Option,
  chosen: readonly string[],
  gold: readonly string[],
  { random }: Cue,
): string {
  const shown = text === "" ? `${letter} 项` : `${letter} 项“${short(text)}”`;
  if (chosen.includes(letter)) {
    return random.pick([
      `${shown}与题目所问一致。`,
      `${shown}正好对得上题干里的关键信息。`,
      `${shown}前后都说得通，可以保留。`,
      `${shown}放回原题里读一遍，意思是通顺的。`,
    ]);
  }
  if (gold.includes(letter)) {
    return random.pick([
      `${shown}有一定道理，但没有扣住题目的重点。`,
      `${shown}看起来也像，不过说得偏窄了。`,
      `${shown}容易让人犹豫，细想之下还差一点。`,
    ]);
  }
  return random.pick([
    `${shown}与题意不合，排除。`,
    `${shown}说的是另一回事。`,
    `${shown}缺少依据，不选。`,
    `${shown}代入之后讲不通。`,
  ]);
}

function short(text: string): string {
  const points = Array.from(text.replaceAll(/[“”"]/g, "").trim());
  return points.length > 16 ? `${points.slice(0, 14).join("")}……` : points.join("");
}
