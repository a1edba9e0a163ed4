import type { ChoiceCandidate, ChooseSource } from "../criterion.ts";

import {
  type ClusteredValues,
  sortedByValue,
} from "../../../stats/resampling/weighted-quantile.ts";
import { askedRows } from "./asked-rows.ts";

/** A column of a target's calls with the cluster of each call's item; calls without a value are left out. */
export function callValues(
  { view, inside }: ChooseSource,
  { target }: ChoiceCandidate,
  column: "first_token_ms" | "speed",
): ClusteredValues {
  const { rows, calls } = target;
  return sortedByValue(
    askedRows(target, inside).flatMap((row) => {
      const cluster = view.items.at.cluster[rows.at.item[row] ?? 0] ?? 0;
      const from = rows.at.calls_from[row] ?? 0;
      return Array.from({ length: rows.at.calls[row] ?? 0 }, (_, at) => ({
        value: calls.at[column][from + at] ?? Number.NaN,
        cluster,
      })).filter(({ value }) => !Number.isNaN(value));
    }),
  );
}
