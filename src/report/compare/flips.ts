import type { AnswerLine, ItemLine, RunFileLine } from "../../domain/run-file/lines.ts";
import type { Flip } from "./comparison.ts";
import type { Side } from "./pairing.ts";

import { openRunLines, type RunLines } from "../../store/runs/run-lines.ts";
import { goldText } from "../people/review/case.ts";
import { isFolded } from "../render/folded.ts";

/** An item whose result changed, with both answers in full. */
export type FlipText = {
  readonly item: string;
  readonly question: string;
  readonly gold: string;
  readonly base: string;
  readonly new: string;
  /** The item names a risk, so that its replies are shown when they are asked for alone. */
  readonly folded: boolean;
};

/** Reads the texts of flips from the run files by the offsets that the views keep; at most `most` of them. */
export async function readFlips(
  sides: { readonly base: Side; readonly new: Side },
  files: { readonly base: string; readonly new: string },
  flips: readonly Flip[],
  most = 20,
): Promise<readonly FlipText[]> {
  const base = await openRunLines(files.base);
  try {
    const fresh = await openRunLines(files.new);
    try {
      const texts: FlipText[] = [];
      for (const flip of flips.slice(0, most)) {
        const text = await readFlip(sides, { base, new: fresh }, flip);
        if (text !== null) texts.push(text);
      }
      return texts;
    } finally {
      await fresh.close();
    }
  } finally {
    await base.close();
  }
}

async function readFlip(
  { base, new: fresh }: { readonly base: Side; readonly new: Side },
  files: { readonly base: RunLines; readonly new: RunLines },
  { base_row, new_row }: Flip,
): Promise<FlipText | null> {
  const itemNumber = base.target.rows.at.item[base_row] ?? 0;
  const item = await lineAt(files.base, base.view.items.at.offset[itemNumber] ?? -1);
  const before = await lineAt(files.base, base.target.rows.at.offset[base_row] ?? -1);
  const after = await lineAt(files.new, fresh.target.rows.at.offset[new_row] ?? -1);
  if (item?.kind !== "item" || before?.kind !== "answer" || after?.kind !== "answer") return null;
  return {
    item: item.item,
    question: questionOf(item),
    gold: goldText({ item, answer: after }),
    base: replyOf(before),
    new: replyOf(after),
    folded: isFolded(item),
  };
}

const questionOf = ({ turns }: ItemLine): string =>
  turns.map(({ question }) => question).join("\n");

const replyOf = ({ turns }: AnswerLine): string =>
  turns.map(({ text, outcome }) => (text === "" ? `[${outcome}]` : text)).join("\n");

/** Null where the file has no such line, as for a row that was made without one. */
const lineAt = async (lines: RunLines, offset: number): Promise<RunFileLine | null> =>
  offset < 0 ? null : lines.at(offset);
