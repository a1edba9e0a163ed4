import { render } from "ink";

import type { KeyPress } from "./keymap.ts";
import type { Line } from "./line.ts";

import { App } from "./app.tsx";

/** Where frames go: a terminal whose size is known and may change. */
export type Terminal = NodeJS.WritableStream & { readonly columns: number; readonly rows: number };

/** Where keys come from, if there are any. */
export type Keyboard = NodeJS.ReadableStream & {
  readonly isTTY?: boolean;
  readonly setRawMode?: (raw: boolean) => unknown;
};

export type ScreenOptions = {
  readonly stdout: Terminal;
  readonly stdin: Keyboard;
  /** False where `NO_COLOR` is set. */
  readonly colour: boolean;
  readonly first: readonly Line[];
  readonly onKey: (input: string, keys: KeyPress) => void;
  readonly onResize: () => void;
};

export type Screen = {
  readonly show: (lines: readonly Line[]) => void;
  /** Restores the terminal. */
  readonly close: () => Promise<void>;
};

/** The terminal's alternate screen. Frames are built outside React, which redraws only the lines that changed. */
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
  // Before the first frame, because a key echoed by the terminal would shift it.
  const keys = stdin.isTTY === true;
  if (keys) stdin.setRawMode?.(true);
  // The alternate screen opens with the cursor where it was: keys typed during the start have moved it.
  stdout.write(lineStart);
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

/** To the first column, and what was echoed there is erased. */
const lineStart = "\r\u001B[K";
