import type { StatedAnswer } from "./stated-answer.ts";

import { undressed } from "../../../text/answer-fold.ts";

const blank = /_{1,12}|＿+|[(（]\s*[)）]|[□◯]+|……(?=[^…]|$)/gu;

/** The words around the one blank of a question: 亡羊____, 春风又（ ）江南岸. */
type Gap = { readonly left: string; readonly right: string };

let last: { readonly question: string; readonly gap: Gap | null } | null = null;

function gapOf(question: string): Gap | null {
  if (last?.question !== question) last = { question, gap: findGap(question) };
  return last.gap;
}

function findGap(question: string): Gap | null {
  const marked = question.replaceAll(blank, gapMark);
  const phrase = marked
    .split(/[“”「」『』"：:。！!；;《》\n]|[(（][^()（）]*[)）]/u)
    .find((each) => each.includes(gapMark));
  if (phrase === undefined || marked.split(gapMark).length !== 2) return null;
  const [before = "", after = ""] = phrase.split(gapMark);
  const left = lettersOf(before).slice(-longestSide);
  const right = lettersOf(after.replace(/[？?].*$/u, "")).slice(0, longestSide);
  const isAsk = /填|选|什么|哪|多少/u.test(right) || /填|答案|请写/u.test(left);
  return left.length + right.length < 2 || isAsk ? null : { left, right };
}

const gapMark = "\uE010";
const longestSide = 12;
const lettersOf = (text: string): string => undressed(text).replaceAll(/[^\p{L}\p{N}]/gu, "");

/** What a text puts into the question's blank where it is the phrase and nothing else: 补牢 of 亡羊补牢. */
export function fillOf(text: string, question: string): string | null {
  const gap = gapOf(question);
  if (gap === null || text.length > longestText) return null;
  const letters = lettersOf(text);
  const { left, right } = gap;
  return letters.length > left.length + right.length &&
    letters.startsWith(left) &&
    letters.endsWith(right)
    ? letters.slice(left.length, letters.length - right.length)
    : null;
}

const longestText = 400;

/** The phrase of the question with its blank filled, wherever a reply repeats it. */
export function filledBlank(reply: string, question: string): readonly StatedAnswer[] {
  const gap = gapOf(question);
  if (gap === null || reply.length > 4_000) return [];
  const between = "[\\p{P}\\s]{0,4}";
  const side = (letters: string): string => Array.from(letters).join("[\\p{P}\\s]{0,2}");
  const left = gap.left === "" ? "(?:^|[\\p{P}\\s])" : `${side(gap.left)}${between}`;
  const right = gap.right === "" ? "(?=[\\p{P}\\s]|$)" : `${between}${side(gap.right)}`;
  const found = Array.from(
    undressed(reply).matchAll(new RegExp(`${left}([\\p{L}\\p{N}]{1,12}?)${right}`, "gu")),
    ([, fill = ""]) => fill,
  );
  const [only] = new Set(found);
  if (only === undefined || new Set(found).size > 1) return [];
  return [{ text: only, stated: [only], why: "blank", sure: false }];
}
