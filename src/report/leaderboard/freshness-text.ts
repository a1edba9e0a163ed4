import type { Lang } from "../../domain/text.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { fixed, points, signed } from "../render/format.ts";
import { nameOf } from "./table.ts";

/** One line a target: its scores on static and on fresh items, and how far they lie apart. */
export function freshnessLines(board: Leaderboard, lang: Lang): readonly string[] {
  const { decimals, entries, freshness } = board;
  if (freshness === null) return [];
  const told = freshness.flatMap((each, index) => {
    const summary = entries[index]?.summary;
    if (each === null || summary === undefined) return [];
    const name = nameOf(summary, lang);
    const [own, drawn] = [points(each.static.value, decimals), points(each.fresh.value, decimals)];
    const gap = signed(each.gap, decimals);
    const [low, high] = [each.interval.low, each.interval.high].map((bound) =>
      fixed(bound * 100, decimals),
    );
    return [
      lang === "zh"
        ? `${name}：固定题 ${own} 分，新题 ${drawn} 分，相差 ${gap} 分（95% 区间 ${low ?? ""} 到 ${high ?? ""}）`
        : `${name}: ${own} on static items, ${drawn} on fresh ones, gap ${gap} (95% interval ${low ?? ""} to ${high ?? ""})`,
    ];
  });
  return told.length === 0 ? [] : [...told, how[lang]];
}

const how = {
  zh: "固定题与新题难度本来不同，这个差只宜在目标之间比较：比别的目标大出许多，才可能是见过固定题。",
  en: "Static and fresh items differ in difficulty, so compare the gap between targets only: one far above the others' may have seen the static items.",
};
