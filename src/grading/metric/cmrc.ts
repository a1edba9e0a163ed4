import { treebankWords } from "../../text/overlap/treebank.ts";

/** The official list. It has …… as one entry, so a single … is not punctuation; nor are ASCII commas. */
const punctuation: ReadonlySet<string> = new Set(
  "-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』",
);
const chinese = /[\u4e00-\u9fa5]/;

/**
 * CMRC 2018's exact match (0 or 1) and F1 of a prediction, the best over all answers.
 * Source: baseline/cmrc2018_evaluate.py of ymcui/cmrc2018. The F1 counts the longest common substring, not subsequence.
 */
export function cmrcScores(
  prediction: string,
  answers: readonly string[],
): { readonly em: number; readonly f1: number } {
  const predicted = segments(prediction);
  const bare = withoutPunctuation(prediction);
  return {
    em: answers.some((answer) => withoutPunctuation(answer) === bare) ? 1 : 0,
    f1: Math.max(0, ...answers.map((answer) => f1(segments(answer), predicted))),
  };
}

function f1(answer: readonly string[], predicted: readonly string[]): number {
  const common = commonSubstring(answer, predicted);
  if (common === 0) return 0;
  const precision = common / predicted.length;
  const recall = common / answer.length;
  return (2 * precision * recall) / (precision + recall);
}

const lowered = (text: string): string => text.toLowerCase().trim();

const withoutPunctuation = (text: string): string =>
  Array.from(lowered(text))
    .filter((char) => !punctuation.has(char))
    .join("");

/** Chinese characters one by one, other text as words; listed punctuation is dropped and does not separate words. */
function segments(text: string): readonly string[] {
  const found: string[] = [];
  let run = "";
  for (const char of lowered(text)) {
    if (punctuation.has(char)) continue;
    if (!chinese.test(char)) {
      run += char;
      continue;
    }
    if (run !== "") found.push(...treebankWords(run));
    run = "";
    found.push(char);
  }
  if (run !== "") found.push(...treebankWords(run));
  return found;
}

/** Length of the longest run of tokens common to both lists. */
function commonSubstring(a: readonly string[], b: readonly string[]): number {
  let longest = 0;
  let previous = new Uint32Array(b.length + 1);
  let current = new Uint32Array(b.length + 1);
  for (const token of a) {
    for (let at = 0; at < b.length; at++) {
      const length = token === b[at] ? (previous[at] ?? 0) + 1 : 0;
      current[at + 1] = length;
      if (length > longest) longest = length;
    }
    [previous, current] = [current, previous];
  }
  return longest;
}
