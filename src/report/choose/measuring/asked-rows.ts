import type { TargetView } from "../../view/model.ts";

import { flag } from "../../view/shapes.ts";

/** Rows of the marked items for which baimo itself made calls. */
export const askedRows = (
  { rows: { at, length } }: TargetView,
  inside: Uint8Array,
): readonly number[] =>
  Array.from({ length }, (_, row) => row).filter((row) => {
    const flags = at.flags[row] ?? 0;
    const asked = (flags & flag.asked) !== 0 && (flags & flag.elsewhere) === 0;
    return asked && inside[at.item[row] ?? 0] === 1;
  });
