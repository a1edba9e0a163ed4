import { widthOf } from "../report/format.ts";

const segmenter = new Intl.Segmenter();

/**
 * Columns that a text may take at most. Terminals disagree about joined emoji and stacked marks: some draw the parts
 * side by side. Counting the wider way keeps a line inside the screen on all of them.
 */
export function cellsOf(text: string): number {
  if (plainAscii.test(text)) return text.length;
  const known = knownCells.get(text);
  if (known !== undefined) return known;
  const cells = segments(text).reduce((sum, each) => sum + widest(each), 0);
  if (knownCells.size >= 1_024) knownCells.clear();
  if (text.length <= 400) knownCells.set(text, cells);
  return cells;
}

const plainAscii = /^[\x20-\x7e]*$/;
/** Most lines of a frame were in the frame before. */
const knownCells = new Map<string, number>();

const segments = (text: string): readonly string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

const widest = (segment: string): number =>
  segment.length === 1
    ? widthOf(segment)
    : Math.max(
        widthOf(segment),
        Array.from(segment, widthOf).reduce((sum, each) => sum + each, 0),
      );

/** The longest beginning of a text that takes at most `width` columns; an ellipsis stands for what was cut. */
export function cut(text: string, width: number): string {
  if (cellsOf(text) <= width) return text;
  let kept = "";
  let used = 1;
  for (const { segment } of segmenter.segment(text.slice(0, width * 8))) {
    used += widest(segment);
    if (used > width) break;
    kept += segment;
  }
  return width < 1 ? "" : `${kept}…`;
}

/** A cleaned text in lines of at most `width` columns, broken at a blank where one is near, never inside a character. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    const cells = widest(segment);
    if (used + cells > width && line !== "") {
      const blank = line.lastIndexOf(" ");
      const keep = segment !== " " && blank > line.length - 16 && blank > 0 ? blank : line.length;
      lines.push(line.slice(0, keep));
      line = line.slice(keep).trimStart();
      used = cellsOf(line);
    }
    if (line === "" && segment === " " && lines.length > 0) continue;
    line += segment;
    used += cells;
  }
  return line === "" && lines.length > 0 ? lines : [...lines, line];
}
