import type { Lang } from "../../domain/text.ts";
import type { ReviewCase } from "../../report/review/case.ts";
import type { Keys } from "../press.ts";
import type { Keyboard, Terminal } from "../screen.tsx";
import type { RulingExtent } from "./press.ts";
import type { MadeRuling, RulingLook, RulingScene } from "./scene.ts";

import { UserError } from "../../domain/text.ts";
import { openScreen } from "../screen.tsx";
import { rulingFrame, rulingLength, rulingRoom } from "./frame.ts";
import { firstKey, firstRulingLook, moveTo, pressRuling } from "./press.ts";

export type RulingTuiOptions = {
  readonly total: number;
  /** Reads the answer at a place of the queue. */
  readonly load: (at: number) => Promise<ReviewCase>;
  /** Has the ruling on disk when it resolves. `blind`: the person had not seen the verdict. */
  readonly save: (shown: ReviewCase, ruling: MadeRuling, blind: boolean) => Promise<void>;
  readonly who: string;
  /** Verdicts of graders are shown from the start. */
  readonly revealed: boolean;
  readonly lang: Lang;
  readonly stdout: Terminal;
  readonly stdin: Keyboard;
  readonly colour: boolean;
  /** Ends the session as `q` does. */
  readonly signal: AbortSignal;
};

/** Lets a person rule on a queue, on the terminal's second screen. Resolves to the number of answers ruled on. */
export async function ruleInTui(options: RulingTuiOptions): Promise<number> {
  const { total, revealed, who, lang, stdout, stdin, colour } = options;
  const ended = Promise.withResolvers<void>();
  const made = new Map<number, MadeRuling>();
  /** Places at which the verdict has been seen: what was seen cannot be unseen. */
  const peeked = new Set<number>();
  let look: RulingLook = firstRulingLook(revealed);
  let shown: ReviewCase | null = null;
  let work: Promise<void> = Promise.resolve();

  const scene = (): RulingScene => ({
    look,
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
    if (look.revealed && shown !== null) peeked.add(look.at);
    return rulingFrame(scene());
  };
  const flush = (): void => screen.show(draw());
  const extent = (): RulingExtent => ({
    length: rulingLength(scene()),
    room: rulingRoom(stdout.rows - 1),
    total,
    revealed,
  });
  const show = async (next: RulingLook): Promise<void> => {
    const moved = next.at !== look.at || shown === null;
    look = next;
    if (!moved) return flush();
    shown = null;
    flush();
    if (next.at >= total) return;
    const found = await options.load(next.at);
    if (look.at !== next.at) return;
    shown = found;
    flush();
  };
  const keep = async (ruling: MadeRuling): Promise<void> => {
    if (shown === null) return;
    const { at } = look;
    try {
      await options.save(shown, ruling, !peeked.has(at));
      made.set(at, ruling);
      await show(moveTo({ ...look, draft: null }, at + 1, extent()));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      look = { ...look, note: error.text };
      flush();
    }
  };
  const handle = async (input: string, keys: Keys): Promise<void> => {
    const { key, rest } = firstKey(input, look.draft !== null);
    const { look: next, wish } = pressRuling(look, key, keys, extent());
    if (wish?.kind === "stop") return ended.resolve();
    if (wish?.kind === "save") await keep(wish.ruling);
    else await show(next);
    if (rest !== "") await handle(rest, keys);
  };
  // One after the other, so that a fast typist loses no letter while a ruling goes to the disk.
  const onKey = (input: string, keys: Keys): void => {
    work = work.then(() => handle(input, keys)).catch(ended.reject);
  };

  const screen = openScreen({ stdout, stdin, colour, first: draw(), onKey, onResize: flush });
  options.signal.addEventListener("abort", () => ended.resolve());
  try {
    work = show(look).catch(ended.reject);
    await ended.promise;
    await work;
    return made.size;
  } finally {
    await screen.close();
  }
}
