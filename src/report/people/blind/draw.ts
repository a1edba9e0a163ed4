import type { BlindKey, BlindRow } from "./key.ts";
import type { Pair, Pairs } from "./pairs.ts";

import { digestOf } from "../../../domain/digest.ts";
import { formats } from "../../../domain/formats.ts";

/** Rows with their pairs: the seed decides which reply comes first, which pairs are taken, and ids that give nothing away. */
export function drawRows(
  pairs: readonly Pair[],
  seed: string,
  limit: number | null,
): readonly { readonly row: BlindRow; readonly pair: Pair }[] {
  const rows = pairs.map((pair) => ({ pair, row: rowOf(pair, seed) }));
  if (limit === null || limit >= rows.length) return rows;
  const order = rows.toSorted((x, y) => (placeOf(x.row, seed) < placeOf(y.row, seed) ? -1 : 1));
  const taken = new Set(order.slice(0, limit));
  return rows.filter((each) => taken.has(each));
}

const placeOf = ({ id }: BlindRow, seed: string): string => digestOf([seed, "taken", id]);

function rowOf({ item, a, b }: Pair, seed: string): BlindRow {
  const name = [a.item, a.wording, a.trial];
  return {
    id: `b-${digestOf([seed, "id", name]).slice(0, 12)}`,
    item: a.item,
    cluster: item.cluster === null ? `item ${a.item}` : `${item.suite} ${item.cluster}`,
    dimension: [...item.dimension],
    first: digestOf([seed, "order", name]) < "8" ? "a" : "b",
    a_key: a.key,
    b_key: b.key,
  };
}

/** The key file of drawn rows. `fileOf` gives a run file's path as the key file should name it. */
export function keyOf(
  { sides, pairs }: Pairs,
  rows: readonly BlindRow[],
  facts: {
    readonly seed: string;
    readonly created_at: string;
    readonly masked: readonly string[];
    readonly fileOf: (file: string) => string;
  },
): BlindKey {
  const side = (name: "a" | "b"): BlindKey["sides"]["a"] => ({
    file: facts.fileOf(sides[name].file),
    run: sides[name].run.id,
    target: sides[name].target,
    simulated: pairs.some((pair) => pair[name].turns.some(({ simulated }) => simulated)),
  });
  return {
    schema: formats.blindKey,
    created_at: facts.created_at,
    seed: facts.seed,
    sides: { a: side("a"), b: side("b") },
    masked: [...facts.masked],
    rows: [...rows],
  };
}
