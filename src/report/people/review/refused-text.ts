import type { Lang } from "../../../domain/text.ts";
import type { Refused } from "./rulings.ts";

/** One line for each reason, with the numbers of the rows that were refused for it. */
export function refusedLines(refused: readonly Refused[], lang: Lang): readonly string[] {
  const byReason = Map.groupBy(refused, ({ message }) => message[lang]);
  return Array.from(byReason, ([reason, group]) => {
    const rows = group.map(({ row }) => row);
    return `  ${rowsText(rows, lang)}${reason}`;
  });
}

function rowsText(rows: readonly number[], lang: Lang): string {
  const spans = spansOf(rows).map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  return lang === "zh"
    ? `第 ${spans.join("、")} 行：`
    : `${rows.length === 1 ? "row" : "rows"} ${spans.join(", ")}: `;
}

type Span = { readonly from: number; readonly to: number };

/** Consecutive rows as one range, in rising order. */
function spansOf(numbers: readonly number[]): readonly Span[] {
  const spans: Span[] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last?.to === number - 1) spans[spans.length - 1] = { from: last.from, to: number };
    else spans.push({ from: number, to: number });
  }
  return spans;
}
