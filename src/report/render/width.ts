import stringWidth from "string-width";

const segmenter = new Intl.Segmenter();
const plainAscii = /^[\x20-\x7e]*$/;
/** Han characters, punctuation and full-width forms, each two columns wide and none of them joined to another. */
const plainHan = /^[\x20-\x7e\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e]*$/;
const knownWidths = new Map<string, number>();

/** Columns that a text takes up in a terminal. Short texts are cached, because a live screen asks again and again. */
export function widthOf(text: string): number {
  if (plainAscii.test(text)) return text.length;
  if (plainHan.test(text)) return wideWidth(text);
  const known = knownWidths.get(text);
  if (known !== undefined) return known;
  const width = stringWidth(text);
  if (knownWidths.size >= 4_096) knownWidths.clear();
  if (text.length <= 200) knownWidths.set(text, width);
  return width;
}

function wideWidth(text: string): number {
  let width = text.length;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7e) width += 1;
  return width;
}

/** At most `width` columns of a text, with an ellipsis where something is cut, never inside a character. */
export function truncate(text: string, width: number, measure = widthOf): string {
  if (measure(text) <= width) return text;
  let kept = "";
  let used = 1;
  for (const { segment } of segmenter.segment(text.slice(0, width * 8))) {
    used += measure(segment);
    if (used > width) break;
    kept += segment;
  }
  return width < 1 ? "" : `${kept}…`;
}

export type Align = "left" | "right";

/** A text in exactly `width` columns: cut or padded with blanks. */
export function fit(text: string, width: number, align: Align = "left"): string {
  const cut = truncate(text, width);
  const blanks = " ".repeat(Math.max(0, width - widthOf(cut)));
  return align === "left" ? cut + blanks : blanks + cut;
}

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
export const cut = (text: string, width: number): string => truncate(text, width, cellsOf);

/**
 * A cleaned text in lines of at most `width` columns. Lines break at blanks and beside wide characters, so a Latin word
 * is broken only where it is longer than a line, a character never.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let [line, used] = ["", 0];
  let before: Piece = { segment: "", cells: 0 };
  /** Where the line may end: after its last blank or beside its last wide character; 0 for nowhere. */
  let end = 0;
  for (const { segment } of segmenter.segment(text)) {
    const cells = widest(segment);
    if (mayBreak(before, { segment, cells })) end = line.length;
    while (used + cells > width && line !== "") {
      const keep = end === 0 ? line.length : end;
      lines.push(line.slice(0, keep).trimEnd());
      line = line.slice(keep);
      used = cellsOf(line);
      end = 0;
    }
    if (line === "" && segment === " " && lines.length > 0) continue;
    line += segment;
    used += cells;
    before = { segment, cells };
  }
  return line === "" && lines.length > 0 ? lines : [...lines, line];
}

type Piece = { readonly segment: string; readonly cells: number };

/** Punctuation that begins no line, and such that ends none. */
const closing = /^[\p{Pe}\p{Pf}，。、；：？！…％,.;:?!%]/u;

const opening = /^[\p{Ps}\p{Pi}]/u;

function mayBreak(before: Piece, after: Piece): boolean {
  if (before.segment === "") return false;
  if (before.segment === " " || after.segment === " ") return true;
  if (before.cells === 1 && after.cells === 1) return false;
  return !closing.test(after.segment) && !opening.test(before.segment);
}
