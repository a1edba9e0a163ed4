import stringWidth from "string-width";

const segmenter = new Intl.Segmenter();
const plainAscii = /^[\x20-\x7e]*$/;
const knownWidths = new Map<string, number>();

/** Columns that a text takes up in a terminal. Short texts are cached, because a live screen asks again and again. */
export function widthOf(text: string): number {
  if (plainAscii.test(text)) return text.length;
  const known = knownWidths.get(text);
  if (known !== undefined) return known;
  const width = stringWidth(text);
  if (knownWidths.size >= 4_096) knownWidths.clear();
  if (text.length <= 200) knownWidths.set(text, width);
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
