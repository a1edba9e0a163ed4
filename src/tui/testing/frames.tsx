import { stripVTControlCharacters } from "node:util";

import { renderToString } from "ink";

import type { Lang } from "../../domain/text.ts";
import type { Line } from "../line.ts";

import { cellsOf } from "../../report/render/width.ts";
import { App } from "../app.tsx";

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 160, rows: 50 },
  { columns: 41, rows: 12 },
  { columns: 20, rows: 5 },
];
const langs: readonly Lang[] = ["zh", "en"];

/** Every UI state in both languages, on an ordinary, a large, a small and a hopelessly small screen. */
export const casesOf = <Ui,>(uiStates: Readonly<Record<string, Ui>>) =>
  langs.flatMap((lang) =>
    sizes.flatMap((size) =>
      Object.entries(uiStates).map(([name, ui]) => ({ name, ui, lang, ...size })),
    ),
  );

export const textOf = (line: Line): string => line.map(({ text }) => text).join("");

export const tooWide = (lines: readonly Line[], columns: number): readonly string[] =>
  lines.map(textOf).filter((text) => cellsOf(text) > columns);

/** Lines that contain something that could move the cursor. */
export const dangerous = (lines: readonly Line[]): readonly string[] =>
  lines.map(textOf).filter((text) => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text));

/** The lines as Ink draws them, and as they should be. */
export function drawnByInk(lines: readonly Line[], columns: number) {
  const frames = { subscribe: () => () => undefined, current: () => lines };
  const drawn = renderToString(
    <App frames={frames} colour keys={false} onKey={() => undefined} />,
    {
      columns,
    },
  );
  const trimmed = (texts: readonly string[]) => texts.map((text) => text.trimEnd());
  return {
    drawn: trimmed(stripVTControlCharacters(drawn).split("\n")),
    meant: trimmed(lines.map(textOf)),
  };
}
