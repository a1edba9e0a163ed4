import type { Lang } from "../../domain/text.ts";
import type { Remarked } from "../leaderboard/remarks.ts";
import type { Summary } from "../score/summary.ts";
import type { Comparison } from "./comparison.ts";

import { remarkLines } from "../leaderboard/remarks.ts";
import { clean, percent, seconds, signed } from "../render/format.ts";

/** What the leaderboard would show of each side, beside its score. */
export type ComparedSides = { readonly base: Summary; readonly new: Summary };

/** What a reader must know of the two sides: model names, why answers count 0, usage, missing answers, time to think. */
export function sideLines(
  { base, new: fresh }: ComparedSides,
  { bounds, total }: Pick<Comparison, "bounds" | "total">,
  lang: Lang,
): readonly string[] {
  const [before, after] = { zh: ["基准", "新"], en: ["base", "new"] }[lang];
  const named = (side: Summary, name = ""): Remarked => ({
    ...side,
    name: `${name} ${clean(side.target)}`,
    shortfall: null,
  });
  return [
    ...remarkLines([named(base, before), named(fresh, after)], 1, lang),
    ...boundsLines(bounds, total.delta, lang),
    ...thinkingLines(base, fresh, lang),
  ];
}

function boundsLines(
  bounds: Comparison["bounds"],
  delta: number | null,
  lang: Lang,
): readonly string[] {
  if (bounds === null) return [];
  const share = ({ planned, missing }: { planned: number; missing: number }): string =>
    `${missing}/${planned} (${percent(planned === 0 ? null : missing / planned)})`;
  const [before, after] = [share(bounds.base), share(bounds.new)];
  const [low, high] = [signed(bounds.delta.low), signed(bounds.delta.high)];
  const turns = delta !== null && delta !== 0 && bounds.delta.low < 0 && bounds.delta.high > 0;
  if (lang === "zh") {
    const open = turns ? "，足以使差别反号" : "";
    return [
      `缺的作答：基准 ${before}，新 ${after}；缺的一概对新的一侧不利时相差 ${low} 分，一概有利时 ${high} 分${open}`,
    ];
  }
  const open = turns ? ": enough to turn the difference around" : "";
  return [
    `missing answers: base ${before}, new ${after}; the difference is ${low} if all of them tell against the new side and ${high} if all tell for it${open}`,
  ];
}

function thinkingLines(base: Summary, fresh: Summary, lang: Lang): readonly string[] {
  if (base.thinking_ms === null && fresh.thinking_ms === null) return [];
  const median = ({ thinking_ms }: Summary): string => seconds(thinking_ms?.p50.value ?? null);
  return [
    lang === "zh"
      ? `思考时间 p50 (秒)：基准 ${median(base)}，新 ${median(fresh)}`
      : `thinking p50 (s): base ${median(base)}, new ${median(fresh)}`,
  ];
}
