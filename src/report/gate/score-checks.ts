import type { Gate } from "../../domain/config.ts";
import type { DimensionScore } from "../leaderboard/leaderboard.ts";
import type { Score } from "../score/score.ts";
import type { Shortfall } from "../score/shortfall.ts";
import type { Summary } from "../score/summary.ts";

import { shortfallText } from "../leaderboard/remarks.ts";
import { points, signed } from "../render/format.ts";
import { check, type Check } from "./check.ts";
import { denotedBy, type Denoted } from "./dimension-key.ts";

/**
 * The lowest scores allowed, against the interval's lower bound. Where answers are missing, a score that holds only without
 * them is undecided.
 */
export function scoreChecks(
  { min_score = {} }: Gate,
  summary: Summary,
  dimensions: readonly DimensionScore[],
  index: number,
): readonly Check[] {
  const paths = dimensions.map(({ path }) => path);
  return Object.entries(min_score).map(([name, least]) => {
    const rule = `min_score ${name}`;
    const denoted = denotedBy(name, paths);
    if (denoted.kind === "several") {
      const [zh, en] = [denoted.keys.join("、"), denoted.keys.join(", ")];
      return check(
        summary.target,
        rule,
        "unknown",
        `${name} 可能指不止一个维度；请改写为 ${zh} 之一`,
        `${name} may be more than one dimension; write one of ${en}`,
      );
    }
    const { score, shortfall } = named(denoted, summary, dimensions, index);
    const low = score?.interval?.low ?? null;
    if (score === null || score.value === null || low === null) {
      return check(summary.target, rule, "unknown", `${name} 没有成绩`, `${name} has no score`);
    }
    if (score.partial) {
      return check(
        summary.target,
        rule,
        "unknown",
        `${name} 成绩不全`,
        `${name} is only partly scored`,
      );
    }
    if (shortfall !== null && low * 100 >= least && worstOf(shortfall) * 100 < least) {
      return check(
        summary.target,
        rule,
        "undecided",
        `${name}：要求 ${least} 分；${shortfallText(shortfall, 1, "zh")}`,
        `${name}: required ${least}; ${shortfallText(shortfall, 1, "en")}`,
      );
    }
    const shown = points(score.value);
    const bound = points(low);
    const gap = signed(low - least / 100);
    return check(
      summary.target,
      rule,
      low * 100 >= least,
      `${name} ${shown} 分，区间下限 ${bound}，要求 ${least}，差 ${gap}`,
      `${name} ${shown}, lower bound ${bound}, required ${least}, ${gap}`,
    );
  });
}

function named(
  denoted: Denoted,
  summary: Summary,
  dimensions: readonly DimensionScore[],
  index: number,
): { readonly score: Score | null; readonly shortfall: Shortfall | null } {
  if (denoted.kind === "total") return summary;
  const found = denoted.kind === "dimension" ? dimensions[denoted.index] : undefined;
  return { score: found?.scores[index] ?? null, shortfall: found?.shortfalls?.[index] ?? null };
}

const worstOf = ({ bounds }: Shortfall): number => bounds?.low ?? 0;
