import { cellsOf, cut } from "../report/render/width.ts";

/** The role of a part of a line; only the last step turns it into a colour. */
export type Tone = "bold" | "dim" | "good" | "bad" | "warn" | "accent" | "selected";

export type Span = { readonly text: string; readonly tone?: Tone };

/** One line of the screen, left to right. Its texts contain nothing that could move the cursor. */
export type Line = readonly Span[];

export const line = (text: string, tone?: Tone): Line => [
  tone === undefined ? { text } : { text, tone },
];

export const blank: Line = line("");

const lineCells = (spans: Line): number => spans.reduce((sum, { text }) => sum + cellsOf(text), 0);

/** The line cut to at most `width` columns. */
export function fitLine(spans: Line, width: number): Line {
  if (lineCells(spans) <= width) return spans;
  const fitted: Span[] = [];
  let left = width;
  for (const span of spans) {
    if (left <= 0) break;
    const text = cut(span.text, left);
    fitted.push({ ...span, text });
    left -= cellsOf(text);
  }
  return fitted;
}

/** Left- and right-aligned texts on one line; the right one is dropped where there is no room for both. */
export function ends(left: Line, right: Line, width: number): Line {
  const room = width - lineCells(right) - 2;
  if (room < Math.min(lineCells(left), 16)) return fitLine(left, width);
  const fitted = fitLine(left, room);
  return [...fitted, { text: " ".repeat(width - lineCells(fitted) - lineCells(right)) }, ...right];
}

/** A line padded to the full width, so that a background reaches the edge. */
export const filled = (text: string, width: number, tone: Tone): Line => {
  const fitted = cut(text, width);
  return line(fitted + " ".repeat(Math.max(0, width - cellsOf(fitted))), tone);
};

/** The part of a list that contains `selected` and fits in `room`, with the index of its first row. */
export function windowOf<Row>(
  rows: readonly Row[],
  selected: number,
  room: number,
): { readonly from: number; readonly rows: readonly Row[] } {
  const last = Math.max(0, rows.length - room);
  const from = Math.min(last, Math.max(0, selected - Math.floor(room / 2)));
  return { from, rows: rows.slice(from, from + Math.max(0, room)) };
}
