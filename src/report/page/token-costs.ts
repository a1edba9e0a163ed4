import type { CallRecord } from "../../domain/call.ts";

import {
  costByKind,
  type Currency,
  type PriceRow,
  type TokenKind,
  tokenKinds,
} from "../../domain/money.ts";

/** What a target's calls cost by kind of token, in one currency. */
export type TokenCosts = {
  readonly target: string;
  readonly currency: Currency;
  /** Calls whose cost is known. */
  readonly calls: number;
  readonly parts: Readonly<Record<TokenKind, number>>;
  /** Paid by a price that the run file does not hold, such as another model's: in no kind. */
  readonly unsplit: number;
};

export type TokenCostTally = {
  readonly take: (target: string, price: PriceRow | null, call: CallRecord) => void;
  readonly costs: () => readonly TokenCosts[];
};

type Tally = { calls: number; unsplit: number; parts: Record<TokenKind, number> };

/** Splits what was recorded as paid. Calls without a known cost are left out: they would look like free ones. */
export function createTokenCosts(): TokenCostTally {
  const tallies = new Map<string, Tally & Pick<TokenCosts, "target" | "currency">>();
  return {
    take: (ref, price, call) => {
      if (call.cost === null) return;
      const { amount, currency } = call.cost;
      const name = JSON.stringify([ref, currency]);
      const tally = tallies.get(name) ?? { target: ref, currency, ...emptyTally() };
      tallies.set(name, tally);
      tally.calls += 1;
      const parts = splitOf(call, price);
      if (parts === null) tally.unsplit += amount;
      else for (const kind of tokenKinds) tally.parts[kind] += parts[kind];
    },
    costs: () =>
      [...tallies.values()].filter(
        ({ parts, unsplit }) => unsplit > 0 || tokenKinds.some((kind) => parts[kind] > 0),
      ),
  };
}

const emptyTally = (): Tally => ({
  calls: 0,
  unsplit: 0,
  parts: { input: 0, cached_input: 0, cache_write: 0, output: 0, reasoning: 0 },
});

/**
 * A call's cost by kind, or null where the run's price does not give what was recorded. Which tier applied is not
 * recorded, so the one that comes to the recorded amount is taken. A batch costs one share of every price, which the
 * amount tells if there is but one tier.
 */
function splitOf(
  call: CallRecord,
  price: PriceRow | null,
): Readonly<Record<TokenKind, number>> | null {
  const { cost, usage, timing, batch } = call;
  if (cost === null || price?.currency !== cost.currency || call.priced_as !== undefined)
    return null;
  const at = new Date(timing?.started_at ?? 0);
  const isBatch = batch !== undefined;
  if (isBatch && price.tiers.length > 1) return null;
  const isThinking = call.reasoning !== "" || (usage.reasoning ?? 0) > 0;
  for (const thinking of [isThinking, !isThinking]) {
    const parts = costByKind(price, { usage, thinking, at });
    if (parts === null) continue;
    const sum = tokenKinds.reduce((all, kind) => all + parts[kind], 0);
    if (isBatch && sum > 0) {
      const share = cost.amount / sum;
      if (share <= 1 + tolerance) return scaled(parts, share);
    } else if (Math.abs(sum - cost.amount) <= tolerance * Math.max(sum, cost.amount)) return parts;
  }
  return null;
}

/** Sums in another order differ in their last digits. */
const tolerance = 1e-9;

const scaled = (parts: Readonly<Record<TokenKind, number>>, share: number) => ({
  input: parts.input * share,
  cached_input: parts.cached_input * share,
  cache_write: parts.cache_write * share,
  output: parts.output * share,
  reasoning: parts.reasoning * share,
});
