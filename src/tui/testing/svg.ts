import type { Line, Tone } from "../line.ts";

import { widthOf } from "../../report/render/width.ts";

/** Texts of one width of character and one tone, so that each can be stretched to its cells. */
type Piece = { readonly text: string; readonly wide: boolean; readonly tone: Tone | undefined };

const cell = { width: 8.4, height: 18 };
const segmenter = new Intl.Segmenter();

/** The classes of the picture, as the terminal colours them. */
const classes: Readonly<Record<Tone, string>> = {
  bold: "bold",
  dim: "dim",
  good: "green",
  bad: "red",
  warn: "yellow",
  accent: "cyan",
  selected: "inverse",
};

/** A screen as SVG, which follows the reader's light or dark theme. */
export function screenSvg(lines: readonly Line[], columns: number): string {
  const rows = lines.map((line, row) => rowOf(piecesOf(line), row)).join("\n");
  const [width, height] = [columns * cell.width + 16, lines.length * cell.height + 16];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace" font-size="14">
<style>
  .screen { fill: #fbfbfb } text { fill: #24292f; white-space: pre } .block { fill: #24292f }
  .dim { opacity: .6 } .bold { font-weight: 700 } text.inverse { fill: #fbfbfb }
  .red { fill: #c5283d } .green { fill: #1a7f37 } .yellow { fill: #8a6100 } .cyan { fill: #0b7285 }
  @media (prefers-color-scheme: dark) {
    .screen { fill: #15181c } text { fill: #d7dce2 } .block { fill: #d7dce2 } text.inverse { fill: #15181c }
    .red { fill: #ff7b72 } .green { fill: #56d364 } .yellow { fill: #e3b341 } .cyan { fill: #56d4dd }
  }
</style>
<rect class="screen" width="100%" height="100%" rx="6"/>
${rows}
</svg>
`;
}

function piecesOf(line: Line): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const { text, tone } of line) {
    let begun = false;
    for (const { segment } of segmenter.segment(text)) {
      const wide = widthOf(segment) === 2;
      const last = pieces.at(-1);
      if (begun && last?.wide === wide) {
        pieces[pieces.length - 1] = { ...last, text: last.text + segment };
      } else {
        pieces.push({ text: segment, wide, tone });
      }
      begun = true;
    }
  }
  return pieces;
}

function rowOf(pieces: readonly Piece[], row: number): string {
  let column = 0;
  const parts = pieces.map(({ text, tone }) => {
    const cells = widthOf(text);
    const x = 8 + column * cell.width;
    const y = 8 + row * cell.height;
    column += cells;
    const span = (cells * cell.width).toFixed(1);
    const block =
      tone === "selected"
        ? `<rect class="block" x="${x.toFixed(1)}" y="${y}" width="${span}" height="${cell.height}"/>`
        : "";
    if (text.trim() === "") return block;
    const shown = tone === undefined ? "" : ` class="${classes[tone]}"`;
    return `${block}<text${shown} x="${x.toFixed(1)}" y="${y + 13}" textLength="${span}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
  });
  return parts.join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(" ", "\u00A0");
}
