/**
 * Draws a terminal capture as SVG: `tmux capture-pane -e -p | tsx docs/captures/svg.ts [columns] > x.svg`.
 * Understands what tmux writes: bold, dim, inverse and the sixteen colours. Follows the reader's light or dark theme.
 */
import { readFileSync } from "node:fs";

import { widthOf } from "../../src/report/render/width.ts";

type Style = { bold: boolean; dim: boolean; inverse: boolean; colour: string | null };
type Run = { readonly text: string; readonly style: Style; readonly wide: boolean };

const cell = { width: 8.4, height: 18 };
const colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
const sgr = new RegExp(`(${String.fromCodePoint(27)}\\[[\\d;]*m)`);
const segmenter = new Intl.Segmenter();

const lines = readFileSync(0, "utf8").trimEnd().split("\n");
const columns = Number(process.argv[2] ?? Math.max(...lines.map((line) => cellsOf(line))));
const rows = lines.map((line, row) => rowOf(runsOf(line), row)).join("\n");
const [width, height] = [columns * cell.width + 16, lines.length * cell.height + 16];
process.stdout
  .write(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace" font-size="14">
<style>
  .screen { fill: #fbfbfb } text { fill: #24292f; white-space: pre } .block { fill: #24292f }
  .dim { opacity: .6 } .bold { font-weight: 700 } text.inverse { fill: #fbfbfb }
  .red { fill: #c5283d } .green { fill: #1a7f37 } .yellow { fill: #8a6100 } .blue { fill: #0550ae } .magenta { fill: #8250df } .cyan { fill: #0b7285 }
  @media (prefers-color-scheme: dark) {
    .screen { fill: #15181c } text { fill: #d7dce2 } .block { fill: #d7dce2 } text.inverse { fill: #15181c }
    .red { fill: #ff7b72 } .green { fill: #56d364 } .yellow { fill: #e3b341 } .blue { fill: #79c0ff } .magenta { fill: #d2a8ff } .cyan { fill: #56d4dd }
  }
</style>
<rect class="screen" width="100%" height="100%" rx="6"/>
${rows}
</svg>
`);

function cellsOf(line: string): number {
  return runsOf(line).reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** Pieces of one style and one width of character, so that each can be stretched to its cells. */
function runsOf(line: string): readonly Run[] {
  const runs: Run[] = [];
  let style: Style = { bold: false, dim: false, inverse: false, colour: null };
  for (const part of line.split(sgr)) {
    if (part.startsWith("\u001B[")) {
      style = styled(style, part.slice(2, -1));
      continue;
    }
    for (const { segment } of segmenter.segment(part)) {
      const wide = widthOf(segment) === 2;
      const last = runs.at(-1);
      if (last?.style === style && last.wide === wide) {
        runs[runs.length - 1] = { ...last, text: last.text + segment };
      } else {
        runs.push({ text: segment, style, wide });
      }
    }
  }
  return runs;
}

function styled(before: Style, codes: string): Style {
  let style = { ...before };
  for (const code of codes.split(";").map(Number)) {
    if (code === 0) style = { bold: false, dim: false, inverse: false, colour: null };
    if (code === 1) style.bold = true;
    if (code === 2) style.dim = true;
    if (code === 7) style.inverse = true;
    if (code === 22) style = { ...style, bold: false, dim: false };
    if (code === 27) style.inverse = false;
    if (code === 39) style.colour = null;
    if (code >= 30 && code <= 37) style.colour = colours[code - 30] ?? null;
    if (code >= 90 && code <= 97) style.colour = colours[code - 90] ?? null;
  }
  return style;
}

function rowOf(runs: readonly Run[], row: number): string {
  let column = 0;
  const parts = runs.map(({ text, style }) => {
    const cells = widthOf(text);
    const x = 8 + column * cell.width;
    const y = 8 + row * cell.height;
    column += cells;
    const span = (cells * cell.width).toFixed(1);
    const block = style.inverse
      ? `<rect class="block" x="${x.toFixed(1)}" y="${y}" width="${span}" height="${cell.height}"/>`
      : "";
    if (text.trim() === "") return block;
    const names = [
      style.bold ? "bold" : "",
      style.dim ? "dim" : "",
      style.inverse ? "inverse" : (style.colour ?? ""),
    ];
    const shown = names.filter((name) => name !== "").join(" ");
    return `${block}<text${shown === "" ? "" : ` class="${shown}"`} x="${x.toFixed(1)}" y="${y + 13}" textLength="${span}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
  });
  return parts.join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(" ", "\u00A0");
}
