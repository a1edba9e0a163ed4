import type { Prices } from "../../domain/choosing/prices.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";

import { type CallRecord, isUnmet } from "../../domain/call.ts";
import { costOf, type Currency } from "../../domain/money.ts";
import { stopsTarget } from "../../domain/outcome.ts";
import { scanRun } from "../../store/runs/reader.ts";
import { ownPriceAt } from "./own-prices.ts";

/** Sums by currency over the calls whose cost is known. */
type Sums = Readonly<Record<Currency, number>>;

/** What a target's calls cost as the run recorded them, and what they cost under other prices. */
export type Repriced = {
  readonly target: string;
  readonly calls: number;
  readonly recorded: Sums;
  readonly own: Sums;
  /** Calls whose cost the recorded prices, and the other ones, do not tell; of the latter, those whose tokens nobody counted. */
  readonly unknown: { readonly recorded: number; readonly own: number; readonly usage: number };
};

type Tally = {
  calls: number;
  recorded: Record<Currency, number>;
  own: Record<Currency, number>;
  unknown: { recorded: number; own: number; usage: number };
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
  unknown: { recorded: 0, own: 0, usage: 0 },
});

/**
 * A call that no model read, and nobody bills: turned away, as for a wrong key, an unknown model or too many requests, or never
 * with the vendor at all, as no connection came about.
 */
const isUnbilled = ({ cost, outcome, usage, attempts }: CallRecord): boolean =>
  cost === null &&
  usage.input === null &&
  (stopsTarget(outcome) ||
    outcome === "rate-limited" ||
    outcome === "bad-request" ||
    (attempts.length > 0 && attempts.every(isUnmet)));

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
  if (cost !== null) {
    tally.own[cost.currency] += cost.amount;
    return;
  }
  tally.unknown.own += 1;
  if (call.usage.input === null || call.usage.output === null) tally.unknown.usage += 1;
}
