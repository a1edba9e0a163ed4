import type { PageIndex } from "../../report/page/make-report.ts";

import { readBlockText } from "../data/page-data.ts";

/** Answers whose own block, or whose item's, holds a text: prompt, reasoning, reply, reason. */
export type TextSearch = {
  readonly wanted: string;
  /** Blocks read, and blocks in all. */
  readonly read: number;
  readonly of: number;
  /** 1 for each answer found. */
  readonly hits: Uint8Array;
};

/** Reads every block once. `tell` gets the state so far; reading ends where it returns false. */
export async function searchTexts(
  index: PageIndex,
  wanted: string,
  tell: (state: TextSearch) => boolean,
): Promise<void> {
  const { answers, items } = index;
  const hits = new Uint8Array(answers.item.length);
  const inBlock = new Map<number, (() => readonly [number, number[]])[]>();
  const place = (block: number, slot: number, rows: () => number[]): void => {
    if (block < 0) return;
    const list = inBlock.get(block) ?? [];
    list.push(() => [slot, rows()]);
    inBlock.set(block, list);
  };
  const rowsOfItem = Map.groupBy(answers.item.keys(), (at) => answers.item[at] ?? 0);
  for (const item of items.id.keys()) {
    place(items.block[item] ?? -1, items.slot[item] ?? 0, () => rowsOfItem.get(item) ?? []);
  }
  for (const at of answers.item.keys()) {
    place(answers.block[at] ?? -1, answers.slot[at] ?? 0, () => [at]);
    place(answers.score_block[at] ?? -1, answers.score_slot[at] ?? 0, () => [at]);
  }
  // As it stands in JSON, so that a block is parsed only where it holds the text.
  const written = JSON.stringify(wanted).slice(1, -1).toLowerCase();
  const blocks = [...inBlock.keys()].toSorted((a, b) => a - b);
  for (const [read, block] of blocks.entries()) {
    const text = await readBlockText(block);
    if (text.toLowerCase().includes(written)) {
      // Records stand on lines of their own.
      const records = text.split(",\n");
      for (const rows of inBlock.get(block) ?? []) {
        const [slot, own] = rows();
        if (records[slot]?.toLowerCase().includes(written) === true)
          for (const at of own) hits[at] = 1;
      }
    }
    if (!tell({ wanted, read: read + 1, of: blocks.length, hits })) return;
  }
}
