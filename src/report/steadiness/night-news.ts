import type { NightRecord } from "../nightly/record.ts";
import type { Period } from "./period.ts";

import { judgeHistory, type TargetHistory } from "../nightly/nightly.ts";

/** What the nights of a period tell of one target. */
export type NightNews = {
  /** Another model name came back than the night before. */
  readonly models: readonly {
    readonly date: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
  /** The anchors' score changed; `delta` is a share. */
  readonly changes: readonly {
    readonly date: string;
    readonly delta: number;
    readonly confirmed: boolean;
  }[];
};

/** The news of a period as the nightly board judges them, slot by slot, by target. */
export function newsOf(
  nights: readonly NightRecord[],
  { from, to }: Period,
): ReadonlyMap<string, NightNews> {
  const known = nights.filter(({ date }) => date <= to);
  const slots = new Set(known.map(({ slot }) => slot));
  const histories = [...slots].flatMap((slot) => {
    const last = known.findLastIndex((night) => night.slot === slot);
    return judgeHistory("", known.slice(0, last + 1)).targets;
  });
  const isIn = (date: string): boolean => date >= from && date <= to;
  return new Map(
    [...Map.groupBy(histories, ({ target }) => target)].map(([target, own]) => [
      target,
      {
        models: once(modelsOf(own).filter(({ date }) => isIn(date))),
        changes: once(
          own.flatMap(({ changes }) =>
            changes.map(({ since_on, delta, confirmed }) => ({ date: since_on, delta, confirmed })),
          ),
        ).filter(({ date }) => isIn(date)),
      },
    ]),
  );
}

/** A fingerprint may belong to the server that answered: names alone are told. */
const modelsOf = (own: readonly TargetHistory[]) =>
  own.flatMap(({ model_changes }) =>
    model_changes
      .filter(({ what }) => what === "model_returned")
      .map(({ date, before, after }) => ({ date, before, after })),
  );

/** The earliest of each day: slots of one day see the same change. */
function once<T extends { readonly date: string }>(all: readonly T[]): readonly T[] {
  const byDay = Map.groupBy(all, ({ date }) => date);
  return [...byDay]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([, [first]]) => (first === undefined ? [] : [first]));
}
