import type { Lettered } from "../gold.ts";

import { letterAt } from "../gold.ts";

export type SplitStem = { readonly stem: string; readonly options: Lettered };

/** A letter before an option: `A.`, `A、`, `(A)`, `【A】`, `A：`; in a list of options alone also `A ` and `A` before a Chinese character. */
const marked =
  /(?<![A-Za-z0-9])(?:[(（【[]\s*([A-Z])\s*[)）】\]][.．、:：]?|([A-Z])\s*[.．、:：)）])\s*/gu;
const loose = /(?<![A-Za-z0-9])([A-Z])(?:[\s\u3000]+|(?=\p{Script=Han}))/gu;

/**
 * The options that stand in one text behind letters A, B, C … in order, and what stands before them. With `isChoice` a
 * letter needs no sign behind it. Null where there are fewer than two, or one of them is empty.
 */
export function splitStem(text: string, isChoice: boolean): SplitStem | null {
  return splitBy(text, marked) ?? (isChoice ? splitBy(text, loose) : null);
}

function splitBy(text: string, pattern: RegExp): SplitStem | null {
  const found: { readonly from: number; readonly to: number }[] = [];
  for (const match of text.matchAll(pattern)) {
    const label = match[1] ?? match[2] ?? "";
    if (label !== letterAt(found.length)) continue;
    // (A) in a sentence such as 选项(A)正确 is no beginning of a list.
    found.push({ from: match.index, to: match.index + match[0].length });
  }
  const [first] = found;
  if (first === undefined || found.length < 2) return null;
  const options = Object.fromEntries(
    found.map(({ to }, index) => [
      letterAt(index),
      text
        .slice(to, found[index + 1]?.from)
        .trim()
        .replace(/[;；,，、|]$/u, "")
        .trim(),
    ]),
  );
  if (Object.values(options).some((option) => option === "")) return null;
  return { stem: text.slice(0, first.from).trim(), options };
}

const bracketed =
  /[(（【[]\s*([A-Z]{1,8}|[A-Z](?:[、,，\s]+[A-Z]){1,7}|[√✓×✗对错]|正确|错误)\s*[)）】\]]/gu;

/** A gold that was left in the question's own brackets, such as `期限是（ B ）天`, and the question with empty ones. */
export function goldInStem(
  question: string,
): { readonly gold: string; readonly stem: string } | null {
  const matches = [...question.matchAll(bracketed)];
  const [only] = matches;
  if (only === undefined || matches.length > 1) return null;
  const stem = `${question.slice(0, only.index)}（　　）${question.slice(only.index + only[0].length)}`;
  return { gold: (only[1] ?? "").replaceAll(/[、,，\s]/gu, ""), stem };
}

/** What a question speaks of and a table cannot hold. */
export const pointsElsewhere = (question: string): boolean =>
  /[如见据看由]?(?:上|下|左|右|附)图|如图|图中|图示|见附[件表]|(?:上|下)表[中所]|音频|视频中|听力/u.test(
    question,
  );

/** Questions that cannot be answered without the passage that stood before them. */
export const needsPassage = (question: string): boolean =>
  /(?:根据|结合|阅读)?(?:上述|以上|该|本|此)(?:材料|案例|资料|案|文)|材料[一二三1-3]?中|文中|根据(?:材料|案例|资料)/u.test(
    question,
  );
