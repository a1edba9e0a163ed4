import { Box, Text, useInput } from "ink";
import { memo, useSyncExternalStore } from "react";

import type { KeyPress } from "./keymap.ts";
import type { Line, Tone } from "./line.ts";

/** Where frames come from; the drawing code knows nothing else about the run. */
type Frames = {
  readonly subscribe: (changed: () => void) => () => void;
  readonly current: () => readonly Line[];
};

export type AppProps = {
  readonly frames: Frames;
  readonly colour: boolean;
  /** False where the terminal gives no keys. */
  readonly keys: boolean;
  readonly onKey: (input: string, keys: KeyPress) => void;
};

/** Draws the current frame, one line of text each. */
export function App({ frames, colour, keys, onKey }: AppProps) {
  const lines = useSyncExternalStore(frames.subscribe, frames.current);
  useInput(onKey, { isActive: keys });
  return (
    <Box flexDirection="column">
      {rowsOf(lines).map((row) =>
        row.line === null ? (
          <Box key={row.at} height={row.height} />
        ) : (
          <Row key={row.at} line={row.line} colour={colour} />
        ),
      )}
    </Box>
  );
}

type DrawnRow = { readonly at: number; readonly line: Line | null; readonly height: number };

/** Runs of empty lines merged into one row, because every row of a frame costs Ink time. */
function rowsOf(lines: readonly Line[]): readonly DrawnRow[] {
  const rows: DrawnRow[] = [];
  for (const [at, line] of lines.entries()) {
    const last = rows.at(-1);
    if (line.some(({ text }) => text !== "")) rows.push({ at, line, height: 1 });
    else if (last?.line === null) rows[rows.length - 1] = { ...last, height: last.height + 1 };
    else rows.push({ at, line: null, height: 1 });
  }
  return rows;
}

const Row = memo(
  ({ line, colour }: { readonly line: Line; readonly colour: boolean }) => (
    <Text wrap="truncate">
      {line.map(({ text, tone }, index) => (
        <Text key={index} {...(tone === undefined ? {} : styleOf(tone, colour))}>
          {text}
        </Text>
      ))}
    </Text>
  ),
  (before, after) => before.colour === after.colour && same(before.line, after.line),
);
Row.displayName = "Row";

const same = (a: Line, b: Line): boolean =>
  a.length === b.length &&
  a.every(({ text, tone }, index) => text === b[index]?.text && tone === b[index].tone);

/** Only the sixteen standard colours, which every theme, light or dark, keeps readable. */
const colours: Readonly<Partial<Record<Tone, string>>> = {
  good: "green",
  bad: "red",
  warn: "yellow",
  accent: "cyan",
};

function styleOf(tone: Tone, colour: boolean) {
  if (tone === "bold") return { bold: true };
  if (tone === "dim") return { dimColor: true };
  if (tone === "selected") return { inverse: true };
  const color = colours[tone];
  return colour && color !== undefined ? { color } : {};
}
