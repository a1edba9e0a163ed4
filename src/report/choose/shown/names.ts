import type { Lang } from "../../../domain/text.ts";
import type { ChoiceResult, ChoiceState, ChoiceTarget } from "../choose.ts";

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
