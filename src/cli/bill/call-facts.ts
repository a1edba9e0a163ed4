import type { Prices } from "../../domain/choosing/prices.ts";
import type { BatchOffer } from "../../domain/request/batch-offer.ts";
import type { CallFacts } from "../../report/bill/bill.ts";
import type { TargetView, View } from "../../report/view/model.ts";
import type { Vendors } from "../../store/providers/providers.ts";

import { UserError } from "../../domain/text.ts";
import { ownPriceAt } from "../../report/bill/own-prices.ts";
import { countRows } from "../../report/score/answer-counts.ts";
import { splitRef } from "../../store/providers/target-ref.ts";
import { modelRow } from "../../store/providers/targets.ts";

/** What a run tells of each target's calls: mean tokens, tokens a character, the price row it was billed by. */
export async function callFactsOf(
  view: View,
  prices: Prices | null,
  vendors: Vendors,
): Promise<readonly CallFacts[]> {
  const asked = view.targets.filter(({ entry }) => entry !== null && !entry.baseline);
  return Promise.all(asked.map((target) => factsOf(view, target, prices, vendors)));
}

async function factsOf(
  view: View,
  target: TargetView,
  prices: Prices | null,
  vendors: Vendors,
): Promise<CallFacts> {
  const { calls, words, tokens } = countRows(target, new Uint8Array(view.items.length).fill(1));
  const mean = (sum: number | null): number | null =>
    sum === null || calls === 0 ? null : sum / calls;
  const { ref, entry } = target;
  const list = entry?.price ?? null;
  return {
    target: ref,
    priceAt: (at) => ownPriceAt(prices, ref, list, at),
    input_tokens: mean(tokens.input),
    output_tokens: mean(tokens.output),
    tokens_per_character:
      tokens.output === null || words === 0
        ? null
        : (tokens.output - (tokens.reasoning ?? 0)) / words,
    thinking: (tokens.reasoning ?? 0) > 0,
    batch_price: (await batchOf(ref, vendors))?.price ?? null,
  };
}

/** What the vendor's file says of batches; null where it takes none, or the file is not there. */
async function batchOf(ref: string, vendors: Vendors): Promise<BatchOffer | null> {
  const { provider, model } = splitRef(ref.replace(/@[^@/]*$/u, ""));
  try {
    const { batch } = modelRow(await vendors.get(provider), model);
    return batch === undefined || batch === false ? null : batch;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
