import type { Lang } from "../../../domain/text.ts";
import type { ChoiceResult, ChoiceRow, ChoiceState, ChoiceTarget } from "../choose.ts";

import { targetName } from "../../render/format.ts";

/** A target under the name that reports give it. */
export const nameOfTarget = ({ ref, simulated }: ChoiceTarget, lang: Lang): string =>
  targetName(ref, simulated, lang);

/** The ranked ones in their order. */
export const rankedOf = ({ targets }: ChoiceResult): readonly ChoiceTarget[] =>
  targets.filter(({ state }) => state === "ranked");

/** What stands for a rank where there is none. */
export const stateWords: Readonly<
  Record<Exclude<ChoiceState, "ranked">, { readonly zh: string; readonly en: string }>
> = {
  out: { zh: "否决", en: "vetoed" },
  open: { zh: "待定", en: "open" },
  incomplete: { zh: "缺测", en: "unmeasured" },
};

/**
 * The share of a criterion's weight that a target gets, from 0 to 1. By 低价优先 it rests on the lowest price among the ranked,
 * so that a target without a rank has none.
 */
export const pointsGiven = (
  { criterion }: Pick<ChoiceRow, "criterion">,
  { state, cells }: Pick<ChoiceTarget, "state" | "cells">,
  at: number,
): number | null =>
  criterion.points === "lowest-price" && state !== "ranked" ? null : (cells[at]?.points ?? null);
