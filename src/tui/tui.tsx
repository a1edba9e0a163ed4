import type { RunEvent } from "../domain/run-file/event.ts";
import type { Lang } from "../domain/text.ts";
import type { View } from "../report/view/model.ts";
import type { KeyPress } from "./keymap.ts";
import type { Keyboard, Terminal } from "./screen.tsx";
import type { UiState, FrameData } from "./ui-state.ts";

import { frame } from "./frame.ts";
import { handleKey } from "./keymap.ts";
import { conversationLength } from "./pages/conversation-page.ts";
import { createLiveScores } from "./pages/live-scores.ts";
import { createRunProgress } from "./progress.ts";
import { createRecent } from "./recent.ts";
import { findAnswer } from "./run-lines.ts";
import { openScreen } from "./screen.tsx";
import { initialUiState } from "./ui-state.ts";

export type TuiOptions = {
  /** Must have processed an event before `take` gets it. */
  readonly view: View;
  /** The run file, from which conversations are read when the user opens one. */
  readonly file: string;
  readonly lang: Lang;
  readonly stdout: Terminal;
  readonly stdin: Keyboard;
  /** False where `NO_COLOR` is set. */
  readonly colour: boolean;
  readonly onPause: (paused: boolean) => void;
  /** First call: stop gracefully. Second: abort. */
  readonly onStop: () => void;
  /** Monotonic clock in milliseconds. */
  readonly now?: () => number;
};

export type Tui = {
  readonly take: (event: RunEvent) => void;
  /** Restores the terminal. */
  readonly close: () => Promise<void>;
};

const flushMs = 200;

/**
 * Shows a run in progress on the terminal's alternate screen. Frames are built outside React five times a second and
 * only changed lines are redrawn, so that watching a run disturbs its timings as little as possible.
 */
export function createTui(options: TuiOptions): Tui {
  const { view, lang, stdout, stdin, colour, now = () => performance.now() } = options;
  const progress = createRunProgress(view, now);
  const recent = createRecent();
  const scores = createLiveScores(view, now);
  let ui: UiState = initialUiState;
  let lists: Lists = { failures: [], recent: [] };

  const frameData = (): FrameData => ({
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
    return frame(frameData());
  };
  const flush = (): void => screen.show(draw());

  const show = (next: UiState): void => {
    ui = next;
    flush();
  };

  const open = async (): Promise<void> => {
    const key = selectedKey(ui, lists);
    if (key === null) return;
    show({ ...ui, reading: { key, lines: null }, scroll: 0 });
    const found = await findAnswer(options.file, key).catch(() => null);
    if (ui.reading?.key !== key) return;
    const missing = found === null || found.answer === null;
    show({ ...ui, reading: { key, lines: missing ? "missing" : found } });
  };

  const onKey = (input: string, keys: KeyPress): void => {
    const result = handleKey(ui, input, keys, extentOf(frameData()));
    ui = result.ui;
    if (result.action === "stop") options.onStop();
    if (result.action === "open") void open();
    if (result.action === "pause") {
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

type Lists = Pick<FrameData, "failures" | "recent">;

/** Lists are frozen while the user has moved into one, so that no row slips away under the cursor. */
const isChoosing = ({ page, selected, reading }: UiState): boolean =>
  reading !== null || ((page === "failures" || page === "answers") && selected[page] > 0);

/** What Enter opens: the selected failure, or the selected one of the latest answers. */
function selectedKey({ page, selected }: UiState, { failures, recent }: Lists): string | null {
  if (page === "answers") return recent[selected.answers]?.key ?? null;
  return page === "failures" ? (failures[selected.failures]?.key ?? null) : null;
}

function extentOf({ view, ui, scores, failures, recent, rows, lang, columns }: FrameData) {
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
