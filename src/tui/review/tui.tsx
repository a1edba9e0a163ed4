import type { Lang } from "../../domain/text.ts";
import type { ReviewCase } from "../../report/people/review/case.ts";
import type { KeyPress } from "../keymap.ts";
import type { Keyboard, Terminal } from "../screen.tsx";
import type { RulingExtent } from "./keymap.ts";
import type { MadeRuling, RulingUiState, RulingFrameData } from "./ui-state.ts";

import { UserError } from "../../domain/text.ts";
import { openScreen } from "../screen.tsx";
import { rulingFrame, rulingLength, rulingRoom } from "./frame.ts";
import { firstKey, initialRulingUiState, moveTo, handleRulingKey } from "./keymap.ts";

export type RulingTuiOptions = {
  readonly total: number;
  /** Reads the answer at a position of the queue. */
  readonly load: (at: number) => Promise<ReviewCase>;
  /** Resolves once the ruling is on disk. `blind`: the person had not seen the verdict. */
  readonly save: (shown: ReviewCase, ruling: MadeRuling, blind: boolean) => Promise<void>;
  /** Null where nobody is known who could rule: the answers are only read. */
  readonly who: string | null;
  /** Graders' verdicts are shown from the start. */
  readonly revealed: boolean;
  readonly lang: Lang;
  readonly stdout: Terminal;
  readonly stdin: Keyboard;
  readonly colour: boolean;
  /** Ends the session as `q` does. */
  readonly signal: AbortSignal;
};

/** Lets a person rule on a queue on the terminal's alternate screen. Resolves to the number of answers ruled on. */
export async function ruleInTui(options: RulingTuiOptions): Promise<number> {
  const { total, revealed, who, lang, stdout, stdin, colour } = options;
  const ended = Promise.withResolvers<void>();
  const made = new Map<number, MadeRuling>();
  /** Positions whose verdict has been shown: hiding it again does not make a ruling blind. */
  const peeked = new Set<number>();
  let ui: RulingUiState = initialRulingUiState(revealed);
  let shown: ReviewCase | null = null;
  let work: Promise<void> = Promise.resolve();

  const frameData = (): RulingFrameData => ({
    ui,
    shown,
    total,
    made,
    who,
    lang,
    columns: stdout.columns,
    // One row stays free: a full last row makes some terminals scroll.
    rows: stdout.rows - 1,
  });
  const draw = () => {
    if (ui.revealed && shown !== null) peeked.add(ui.at);
    return rulingFrame(frameData());
  };
  const flush = (): void => screen.show(draw());
  const extent = (): RulingExtent => ({
    length: rulingLength(frameData()),
    room: rulingRoom(stdout.rows - 1),
    total,
    revealed,
    canRule: who !== null,
  });
  const show = async (next: RulingUiState): Promise<void> => {
    const moved = next.at !== ui.at || shown === null;
    ui = next;
    if (!moved) return flush();
    shown = null;
    flush();
    if (next.at >= total) return;
    const found = await options.load(next.at);
    if (ui.at !== next.at) return;
    shown = found;
    flush();
  };
  const keep = async (ruling: MadeRuling): Promise<void> => {
    if (shown === null) return;
    const { at } = ui;
    try {
      await options.save(shown, ruling, !peeked.has(at));
      made.set(at, ruling);
      await show(moveTo({ ...ui, draft: null }, at + 1, extent()));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      ui = { ...ui, note: error.text };
      flush();
    }
  };
  const handle = async (input: string, keys: KeyPress): Promise<void> => {
    const { key, rest } = firstKey(input, ui.draft !== null);
    const { ui: next, action } = handleRulingKey(ui, key, keys, extent());
    if (action?.kind === "stop") return ended.resolve();
    if (action?.kind === "save") await keep(action.ruling);
    else await show(next);
    if (rest !== "") await handle(rest, keys);
  };
  // One after the other, so that fast typing loses no key while a ruling is being saved.
  const onKey = (input: string, keys: KeyPress): void => {
    work = work.then(() => handle(input, keys)).catch(ended.reject);
  };

  const screen = openScreen({ stdout, stdin, colour, first: draw(), onKey, onResize: flush });
  options.signal.addEventListener("abort", () => ended.resolve());
  try {
    work = show(ui).catch(ended.reject);
    await ended.promise;
    await work;
    return made.size;
  } finally {
    await screen.close();
  }
}
