import { render } from "ink";

import type { Line } from "./line.ts";
import type { KeyPress } from "./keymap.ts";

import { App } from "./app.tsx";

/** Where frames go: a terminal of a known size, which may change. */
export type Terminal = NodeJS.WritableStream & { readonly columns: number; readonly rows: number };

/** Where keys come from, if from anywhere. */
export type Keyboard = NodeJS.ReadableStream & {
  readonly isTTY?: boolean;
  readonly setRawMode?: (raw: boolean) => unknown;
};

export type ScreenOptions = {
  readonly stdout: Terminal;
  readonly stdin: Keyboard;
  /** No colours, as `NO_COLOR` asks. */
  readonly colour: boolean;
  readonly first: readonly Line[];
  readonly onKey: (input: string, keys: KeyPress) => void;
  readonly onResize: () => void;
};

export type Screen = {
  readonly show: (lines: readonly Line[]) => void;
  /** Gives the terminal back as it was. */
  readonly close: () => Promise<void>;
};

/** The terminal's second screen. Frames are made outside React, which draws only the lines that differ. */
export function openScreen({
  stdout,
  stdin,
  colour,
  first,
  onKey,
  onResize,
}: ScreenOptions): Screen {
  const changed = new Set<() => void>();
  let lines = first;
  const frames = {
    subscribe: (each: () => void) => {
      changed.add(each);
      return () => void changed.delete(each);
    },
    current: () => lines,
  };
  // Before the first frame, for a key that the terminal echoes would push it out of place.
  const keys = stdin.isTTY === true;
  if (keys) stdin.setRawMode?.(true);
  const app = render(<App frames={frames} colour={colour} keys={keys} onKey={onKey} />, {
    stdout,
    stdin,
    exitOnCtrlC: false,
    patchConsole: false,
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    maxFps: 30,
  });
  stdout.on("resize", onResize);
  return {
    show: (next) => {
      lines = next;
      for (const each of changed) each();
    },
    close: async () => {
      stdout.off("resize", onResize);
      app.unmount();
      await app.waitUntilExit();
    },
  };
}
