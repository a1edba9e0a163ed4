import type { Board } from "../../domain/board.ts";
import type { Lang } from "../../domain/text.ts";
import type { SliceSection } from "../slices/text.ts";
import type { Comparison } from "./comparison.ts";
import type { Difference } from "./difference.ts";
import type { Side } from "./pairing.ts";

import { points, signed } from "../render/format.ts";
import { itemsOf } from "../score/tree.ts";
import { buildTree } from "../score/tree.ts";
import { fewItems, nodeOf, type Sorted, sortItems } from "../slices/slices.ts";
import { countText, facetName, sliceName, sliceNotes, spaced } from "../slices/text.ts";
import { pairedDifference } from "./difference.ts";
import { pairUp } from "./pairing.ts";
import { unpairedDifference } from "./unpaired-difference.ts";

type SliceDifference = Difference & {
  /** Null where the facet says nothing of the items. */
  readonly value: Sorted["slices"][number]["value"];
  readonly few: boolean;
};

/** What became of each slice. No verdicts: with many slices some differ by chance. */
export type ComparedSlices = Pick<Sorted, "by" | "several"> & {
  readonly slices: readonly SliceDifference[];
};

type ReadSide = Side & { readonly file: string };

/**
 * The differences of two sides by facets, over the items that count on both, by their weight; those of sides with items of
 * their own over all of each. Rejects with a `UserError` for what no item can be sorted by.
 */
export async function compareSlices(
  base: ReadSide,
  fresh: ReadSide,
  { paired, seed }: Pick<Comparison, "paired" | "seed">,
  { by, board }: { readonly by: readonly string[]; readonly board: Board | null },
): Promise<readonly ComparedSlices[]> {
  if (by.length === 0) return [];
  const before = await sortedOf(base, by, board);
  const after = paired ? [] : await sortedOf(fresh, by, board);
  const values = paired ? pairUp(base, fresh) : null;
  const how = { seed, draws: 9_999 };
  return before.map(({ slices, ...facet }, place) => ({
    ...facet,
    slices: slices.flatMap(({ value, items }) => {
      const others = after[place]?.slices.find((each) => each.value === value)?.items ?? [];
      const found =
        values === null
          ? unpairedDifference(
              { base: nodeOf(items), new: nodeOf(others) },
              { base, new: fresh },
              "macro",
              how,
            )
          : pairedDifference(nodeOf(items), values, base.view.items, "macro", how);
      return found.n === 0 ? [] : [{ value, few: found.n < fewItems, ...found }];
    }),
  }));
}

/** The items of the board by each facet. */
async function sortedOf(
  { view, file }: ReadSide,
  by: readonly string[],
  board: Board | null,
): Promise<readonly Sorted[]> {
  const inside = itemsOf(buildTree(view, board), view.items.length);
  return (await sortItems(view, [file], by)).map((each) => ({
    ...each,
    slices: each.slices.map(({ value, items }) => ({
      value,
      items: items.filter((item) => inside[item] === 1),
    })),
  }));
}

/** The slices as tables. */
export function sliceDifferenceSections(
  compared: readonly ComparedSlices[],
  lang: Lang,
): readonly SliceSection[] {
  const zh = lang === "zh";
  const right = "right" as const;
  return compared.map((found) => {
    const facet = facetName(found.by, lang);
    return {
      title: zh
        ? `按${spaced(facet)}（按题平均；组多时总有几组碰巧不同，因此不下判断）`
        : `By ${facet} (means over items; among many slices some differ by chance, so there is no verdict)`,
      table: {
        columns: [
          { title: facet, shrink: 8 },
          { title: zh ? "题数" : "n", align: right },
          { title: zh ? "基准" : "Base", align: right, drop: 2 },
          { title: zh ? "新" : "New", align: right, drop: 2 },
          { title: zh ? "差 (95% 区间)" : "Δ (95% interval)", align: right },
          { title: zh ? "对→错/错→对" : "Lost/won", align: right, drop: 3 },
        ],
        rows: found.slices.map((slice) => [
          sliceName(slice.value, lang),
          countText(slice.n, slice.few),
          points(slice.base),
          points(slice.new),
          deltaText(slice),
          `${slice.lost}/${slice.won}`,
        ]),
      },
      notes: sliceNotes(found, lang),
    };
  });
}

function deltaText({ delta, interval }: Difference): string {
  if (delta === null) return "—";
  const bounds = interval === null ? "" : ` (${signed(interval.low)}…${signed(interval.high)})`;
  return `${signed(delta)}${bounds}`;
}
