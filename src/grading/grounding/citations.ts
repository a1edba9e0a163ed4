/** Where a reply names a passage, and which: numbers as written. */
export type Citation = {
  readonly from: number;
  readonly to: number;
  readonly numbers: readonly number[];
};

const sourceWord =
  "(?:参?见|参考|来源|资料|文档|文献|段落|材料|片段|引用|出处|依据|sources?|docs?|passages?|refs?)";
const oneNumber = String.raw`(?:${sourceWord}\s*)?\d{1,3}`;
const numbers = String.raw`${oneNumber}(?:\s*[,、;和及~-]\s*${oneNumber})*`;

/**
 * The marks that are read: [1], [1,2], [1-3], 【1】, [^1], [ID:0], [资料 1], (来源：[1]), (见资料 1、3). A number in round
 * brackets alone numbers a list. Expects folded text.
 */
const forms: readonly RegExp[] = [
  new RegExp(
    String.raw`[[【〔]\s*(?:\^|ID\s*:\s*|${sourceWord}+\s*[:：]?\s*)?(${numbers})\s*(?:†[^\]】]{0,40})?[\]】〕]`,
    "giu",
  ),
  new RegExp(
    String.raw`\(\s*${sourceWord}+\s*[:：]?\s*[[【]?\s*(${numbers})\s*[\]】]?\s*\)`,
    "giu",
  ),
];

/** All citations in a folded text, in order. */
export function citationsIn(text: string): readonly Citation[] {
  const found = forms.flatMap((form) =>
    Array.from(text.matchAll(form), (match) => ({
      from: match.index,
      to: match.index + match[0].length,
      numbers: expanded(match[1] ?? ""),
    })),
  );
  const ordered = found.toSorted((a, b) => a.from - b.from || b.to - a.to);
  return ordered.filter((each, at) => !ordered.slice(0, at).some(({ to }) => to > each.from));
}

/** Longer ranges are years or pages. */
const longestRange = 20;

function expanded(written: string): readonly number[] {
  const bare = written.replaceAll(new RegExp(sourceWord, "giu"), "");
  return bare.split(/[,、;和及]/).flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split(/[~-]/).map(Number);
    if (!(last >= first) || last - first > longestRange) return [];
    return Array.from({ length: last - first + 1 }, (_, step) => first + step);
  });
}
