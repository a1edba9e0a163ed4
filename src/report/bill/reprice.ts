import type { CallRecord } from "../../domain/call.ts";
import type { Prices } from "../../domain/choosing/prices.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";

import { costOf, type Currency } from "../../domain/money.ts";
import { stopsTarget } from "../../domain/outcome.ts";
import { scanRun } from "../../store/runs/reader.ts";
import { ownPriceAt } from "./own-prices.ts";

/** Sums by currency; null where some call's cost is unknown. */
type Sums = Readonly<Record<Currency, number>>;

/** What a target's calls cost as the run recorded them, and what they cost under other prices. */
export type Repriced = {
  readonly target: string;
  readonly calls: number;
  readonly recorded: Sums;
  readonly own: Sums;
  /** Calls whose cost the recorded prices, and the other ones, do not tell. */
  readonly unknown: { readonly recorded: number; readonly own: number };
};

type Tally = {
  calls: number;
  recorded: Record<Currency, number>;
  own: Record<Currency, number>;
  unknown: { recorded: number; own: number };
};

/**
 * Bills every call of a run file again, replaced answers included, at the moment at which it was sent. The run file stays as it is.
 * Rejects with a `UserError` where the file is no run file.
 */
export async function reprice(file: string, prices: Prices): Promise<readonly Repriced[]> {
  const entries = new Map<string, TargetEntry>();
  const tallies = new Map<string, Tally>();
  await scanRun(file, (line) => {
    if (line.kind === "run") {
      for (const entry of line.targets) {
        entries.set(entry.ref, entry);
        if (!entry.baseline && !tallies.has(entry.ref)) tallies.set(entry.ref, emptyTally());
      }
    }
    if (line.kind !== "answer") return;
    const [entry, tally] = [entries.get(line.target), tallies.get(line.target)];
    if (entry === undefined || tally === undefined) return;
    for (const call of line.turns) take(call, entry, prices, tally);
  });
  return [...tallies].map(([target, tally]) => ({ target, ...tally }));
}

const emptyTally = (): Tally => ({
  calls: 0,
  recorded: { CNY: 0, USD: 0 },
  own: { CNY: 0, USD: 0 },
  unknown: { recorded: 0, own: 0 },
});

/** A call that was turned away before any model read it: a wrong key, an unknown model, too many requests. */
const isUnbilled = ({ cost, outcome, usage }: CallRecord): boolean =>
  cost === null &&
  usage.input === null &&
  (stopsTarget(outcome) || outcome === "rate-limited" || outcome === "bad-request");

function take(call: CallRecord, { ref, price }: TargetEntry, prices: Prices, tally: Tally): void {
  const at = new Date(call.timing?.started_at ?? Number.NaN);
  tally.calls += 1;
  if (isUnbilled(call)) return;
  if (call.cost === null) tally.unknown.recorded += 1;
  else tally.recorded[call.cost.currency] += call.cost.amount;
  // A call without times came in a batch or from a person; its tier by the hour cannot be told.
  const known = Number.isNaN(at.getTime()) ? null : ownPriceAt(prices, ref, price, at);
  const thinking = call.reasoning !== "" || (call.usage.reasoning ?? 0) > 0;
  const cost = costOf(known, { usage: call.usage, thinking, at });
  if (cost === null) tally.unknown.own += 1;
  else tally.own[cost.currency] += cost.amount;
}
