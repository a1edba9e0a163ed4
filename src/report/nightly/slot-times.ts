import type { NightRecord } from "./record.ts";

import { missingOf } from "./answering.ts";

/** How a target answered at one time of day, over the last nights of that slot. */
export type SlotTimes = {
  readonly slot: string;
  readonly target: string;
  readonly nights: number;
  /** Median over the nights of their median total time; null where nothing was timed. */
  readonly total_p50_ms: number | null;
  /** Anchor calls without an answer over all anchor calls. */
  readonly missing: number;
};

const nightsKept = 14;

/** Times and errors by slot, of the targets of the last night; nothing where there are not two slots. */
export function slotTimes(nights: readonly NightRecord[]): readonly SlotTimes[] {
  const bySlot = Map.groupBy(nights, ({ slot }) => slot);
  if (bySlot.size < 2) return [];
  const refs = [...(nights.at(-1)?.targets.keys() ?? [])];
  return [...bySlot]
    .flatMap(([slot, own]) => (slot === null ? [] : [[slot, own.slice(-nightsKept)] as const]))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([slot, own]) => refs.map((target) => timesOf(slot, target, own)));
}

function timesOf(slot: string, target: string, nights: readonly NightRecord[]): SlotTimes {
  const own = nights.flatMap(({ targets }) => targets.get(target) ?? []);
  const times = own.flatMap(({ times: { total_p50_ms } }) => total_p50_ms ?? []);
  const asked = own.reduce((sum, { answering }) => sum + answering.asked, 0);
  const missing = own.reduce((sum, { answering }) => sum + missingOf(answering), 0);
  return {
    slot,
    target,
    nights: own.length,
    total_p50_ms: times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) / 2)] ?? null,
    missing: asked === 0 ? 0 : missing / asked,
  };
}
