import type { RunEvent } from "../domain/run-event.ts";
import type { Lang } from "../domain/text.ts";
import type { View } from "../report/view.ts";
import type { Keys } from "./press.ts";
import type { Look, Scene } from "./scene.ts";
import type { Keyboard, Terminal } from "./screen.tsx";

import { conversationLength } from "./conversation-page.ts";
import { frame } from "./frame.ts";
import { createLiveScores } from "./live-scores.ts";
import { press } from "./press.ts";
import { createPulse } from "./pulse.ts";
import { createRecent } from "./recent.ts";
import { findAnswer } from "./run-lines.ts";
import { firstLook } from "./scene.ts";
import { openScreen } from "./screen.tsx";

export type TuiOptions = {
  /** Must have taken an event before `take` gets it. */
  readonly view: View;
  /** The run file, from which conversations are read when somebody asks for one. */
  readonly file: string;
  readonly lang: Lang;
  readonly stdout: Terminal;
  readonly stdin: Keyboard;
  /** No colours, as `NO_COLOR` asks. */
  readonly colour: boolean;
  readonly onPause: (paused: boolean) => void;
  /** The first time: end gracefully. The second: abort. */
  readonly onStop: () => void;
  /** Milliseconds on a clock that never goes back. */
  readonly now?: () => number;
};

export type Tui = {
  readonly take: (event: RunEvent) => void;
  /** Gives the terminal back as it was. */
  readonly close: () => Promise<void>;
};

const flushMs = 200;

/**
 * Shows a run while it is under way, on the terminal's second screen. Frames are made five times a second outside
 * React, and only a frame that differs is drawn, so that watching a run costs its timings as little as can be.
 */
export function createTui(options: TuiOptions): Tui {
  const { view, lang, stdout, stdin, colour, now = () => performance.now() } = options;
  const pulse = createPulse(view, now);
  const recent = createRecent();
  const scores = createLiveScores(view, now);
  let look: Look = firstLook;
  let lists: Lists = { failures: [], recent: [] };

  const scene = (): Scene => ({
    view,
    look,
    ...lists,
    lang,
    columns: stdout.columns,
    // One row stays free: a full last row makes some terminals scroll.
    rows: stdout.rows - 1,
    elapsed_ms: pulse.elapsedMs(),
    eta: pulse.eta(),
    state: pulse.state(),
    scores: scores(look.page === "dimensions"),
  });

  const draw = () => {
    pulse.sample();
    if (!isChoosing(look)) {
      lists = { failures: view.failures.toReversed(), recent: recent.list() };
    }
    return frame(scene());
  };
  const flush = (): void => screen.show(draw());

  const show = (next: Look): void => {
    look = next;
    flush();
  };

  const open = async (): Promise<void> => {
    const key = chosenKey(look, lists);
    if (key === null) return;
    show({ ...look, reading: { key, lines: null }, scroll: 0 });
    const found = await findAnswer(options.file, key).catch(() => null);
    if (look.reading?.key !== key) return;
    const missing = found === null || found.answer === null;
    show({ ...look, reading: { key, lines: missing ? "missing" : found } });
  };

  const onKey = (input: string, keys: Keys): void => {
    const pressed = press(look, input, keys, extentOf(scene()));
    look = pressed.look;
    if (pressed.wish === "stop") options.onStop();
    if (pressed.wish === "open") void open();
    if (pressed.wish === "pause") {
      look = { ...look, paused: !look.paused };
      pulse.hold(look.paused);
      options.onPause(look.paused);
    }
    flush();
  };

  const screen = openScreen({ stdout, stdin, colour, first: draw(), onKey, onResize: flush });
  const timer = setInterval(flush, flushMs);
  return {
    take: (event) => {
      pulse.take(event);
      recent.take(event);
    },
    close: async () => {
      clearInterval(timer);
      await screen.close();
    },
  };
}

type Lists = Pick<Scene, "failures" | "recent">;

/** A list stands still while somebody has moved into it, so that nothing slips away under the cursor. */
const isChoosing = ({ page, selected, reading }: Look): boolean =>
  reading !== null || ((page === "failures" || page === "answers") && selected[page] > 0);

/** What Enter opens: the chosen failure, or the chosen one of the newest answers. */
function chosenKey({ page, selected }: Look, { failures, recent }: Lists): string | null {
  if (page === "answers") return recent[selected.answers]?.key ?? null;
  return page === "failures" ? (failures[selected.failures]?.key ?? null) : null;
}

function extentOf({ view, look, scores, failures, recent, rows, lang, columns }: Scene) {
  const room = Math.max(1, rows - 8);
  const { reading } = look;
  if (reading !== null) {
    const { lines } = reading;
    const readable = lines !== null && lines !== "missing";
    return { length: readable ? conversationLength(lines, lang, columns) : 0, room };
  }
  const lengths = {
    targets: view.targets.length,
    dimensions: (scores?.dimensions.length ?? 0) + 1,
    failures: failures.length,
    answers: recent.length,
  };
  return { length: lengths[look.page], room };
}
