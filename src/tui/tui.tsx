import type { RunEvent } from "../domain/run-file/event.ts";
import type { Lang } from "../domain/text.ts";
import type { KeyPress } from "./keymap.ts";
import type { UiState, Scene } from "./ui-state.ts";
import type { Keyboard, Terminal } from "./screen.tsx";

import { conversationLength } from "./pages/conversation-page.ts";
import { frame } from "./frame.ts";
import { createLiveScores } from "./pages/live-scores.ts";
import { handleKey } from "./keymap.ts";
import { createRunProgress } from "./progress.ts";
import { createRecent } from "./recent.ts";
import { findAnswer } from "./run-lines.ts";
import { firstUiState } from "./ui-state.ts";
import { openScreen } from "./screen.tsx";
import type { View } from "../report/view/model.ts";

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
  const progress = createRunProgress(view, now);
  const recent = createRecent();
  const scores = createLiveScores(view, now);
  let ui: UiState = firstUiState;
  let lists: Lists = { failures: [], recent: [] };

  const scene = (): Scene => ({
    view,
    ui,
    ...lists,
    lang,
    columns: stdout.columns,
    // One row stays free: a full last row makes some terminals scroll.
    rows: stdout.rows - 1,
    elapsed_ms: progress.elapsedMs(),
    eta: progress.eta(),
    state: progress.state(),
    scores: scores(ui.page === "dimensions"),
  });

  const draw = () => {
    progress.sample();
    if (!isChoosing(ui)) {
      lists = { failures: view.failures.toReversed(), recent: recent.list() };
    }
    return frame(scene());
  };
  const flush = (): void => screen.show(draw());

  const show = (next: UiState): void => {
    ui = next;
    flush();
  };

  const open = async (): Promise<void> => {
    const key = chosenKey(ui, lists);
    if (key === null) return;
    show({ ...ui, reading: { key, lines: null }, scroll: 0 });
    const found = await findAnswer(options.file, key).catch(() => null);
    if (ui.reading?.key !== key) return;
    const missing = found === null || found.answer === null;
    show({ ...ui, reading: { key, lines: missing ? "missing" : found } });
  };

  const onKey = (input: string, keys: KeyPress): void => {
    const pressed = handleKey(ui, input, keys, extentOf(scene()));
    ui = pressed.ui;
    if (pressed.action === "stop") options.onStop();
    if (pressed.action === "open") void open();
    if (pressed.action === "pause") {
      ui = { ...ui, paused: !ui.paused };
      progress.hold(ui.paused);
      options.onPause(ui.paused);
    }
    flush();
  };

  const screen = openScreen({ stdout, stdin, colour, first: draw(), onKey, onResize: flush });
  const timer = setInterval(flush, flushMs);
  return {
    take: (event) => {
      progress.take(event);
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
const isChoosing = ({ page, selected, reading }: UiState): boolean =>
  reading !== null || ((page === "failures" || page === "answers") && selected[page] > 0);

/** What Enter opens: the chosen failure, or the chosen one of the newest answers. */
function chosenKey({ page, selected }: UiState, { failures, recent }: Lists): string | null {
  if (page === "answers") return recent[selected.answers]?.key ?? null;
  return page === "failures" ? (failures[selected.failures]?.key ?? null) : null;
}

function extentOf({ view, ui, scores, failures, recent, rows, lang, columns }: Scene) {
  const room = Math.max(1, rows - 8);
  const { reading } = ui;
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
  return { length: lengths[ui.page], room };
}
