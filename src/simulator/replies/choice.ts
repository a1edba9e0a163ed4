import type { Cue, Solution } from "./cue.ts";

import { shuffled } from "../random.ts";
import { focusOf } from "./focus.ts";

type Option = { readonly letter: string; readonly text: string };

/** Reasons through the options to the gold's letters, or to plausible wrong ones. */
export function solveChoice(cue: Cue): Solution {
  const options = Object.entries(cue.gold.options ?? lettersOnly).map(([letter, text]) => ({
    letter: letter.toUpperCase(),
    text,
  }));
  const gold = goldLetters(cue, options);
  const chosen = cue.intent === "right" ? gold : mistaken(cue, options, gold);
  const only = chosen.length === 1 ? options.find(({ letter }) => letter === chosen[0]) : undefined;
  const rivals = options.filter(({ letter }) => !chosen.includes(letter));
  const each = cue.random.chance(0.6) || only === undefined;
  return {
    steps: each ? onEach(options, chosen, gold, cue) : onTheBest(only, rivals, cue),
    value: chosen.join(""),
    meaning: only === undefined || only.text === "" ? null : only.text,
    rivals: shuffled(rivals, cue.random).map(({ letter }) => letter),
  };
}

const lettersOnly: Readonly<Record<string, string>> = { A: "", B: "", C: "", D: "" };

/** The gold as letters: it may be a letter, several in one string, a list, or the text of an option. */
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
  // Typical mistakes with several letters: one is missing, or there is one too many.
  return random.chance(0.6) ? gold.slice(0, -1) : [...gold, stray].toSorted();
}

/** A sentence about every option. */
function onEach(
  options: readonly Option[],
  chosen: readonly string[],
  gold: readonly string[],
  { random }: Cue,
): readonly string[] {
  const good = shuffled(praise, random);
  const near = shuffled(doubts, random);
  const bad = shuffled(objections, random);
  return options.map(({ letter, text }, index) => {
    const list = chosen.includes(letter) ? good : gold.includes(letter) ? near : bad;
    const shown = text === "" ? `${letter} 项` : `${letter} 项“${short(text)}”`;
    return `${shown}${list[index % list.length]}`;
  });
}

/** Two or three sentences about the best option and its closest rival. */
function onTheBest(
  { letter, text }: Option,
  rivals: readonly Option[],
  { gold, random }: Cue,
): readonly string[] {
  const focus = focusOf(gold.question);
  const [rival] = shuffled(rivals, random);
  return [
    focus === null
      ? random.pick(["先看题目到底在问什么，再去看选项。", "抓住题干里的限定词，范围就小多了。"])
      : random.pick([`题目的关键在“${focus}”。`, `先弄清“${focus}”是什么意思。`]),
    ...(rival === undefined
      ? []
      : [
          random.pick([
            `${rival.letter} 项最容易误选，但和题目的要求对不上。`,
            `有人会选 ${rival.letter}，不过它只说对了一部分。`,
          ]),
        ]),
    random.pick([
      `相比之下，${letter} 项${quoted(text)}更贴合题意。`,
      `逐一比较之后，${letter} 项${quoted(text)}最站得住脚。`,
    ]),
  ];
}

const praise: readonly string[] = [
  "与题目所问一致。",
  "正好对得上题干里的关键信息。",
  "前后都说得通，可以保留。",
  "放回原题里读一遍，意思是通顺的。",
];
const doubts: readonly string[] = [
  "有一定道理，但没有扣住题目的重点。",
  "看起来也像，不过说得偏窄了。",
  "容易让人犹豫，细想之下还差一点。",
];
const objections: readonly string[] = [
  "与题意不合，排除。",
  "说的是另一回事。",
  "缺少依据，不选。",
  "代入之后讲不通。",
  "和题干的条件有出入。",
  "不是题目要的那一个。",
];

const quoted = (text: string): string => (text === "" ? "" : `“${short(text)}”`);

function short(text: string): string {
  const points = Array.from(text.replaceAll(/[“”"]/g, "").trim());
  return points.length > 16 ? `${points.slice(0, 14).join("")}……` : points.join("");
}
