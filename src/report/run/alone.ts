import type { Lang } from "../../domain/text.ts";
import type { Entry, Leaderboard } from "../leaderboard/leaderboard.ts";

import { isFailed, outcomes } from "../../domain/outcome.ts";
import { clean, points, targetName } from "../render/format.ts";
import { outcomeWords } from "../render/words.ts";

/**
 * What one wants to know of the only target of a run, in place of a ranking: how far it is from baselines and references,
 * its strongest and weakest dimension, and why calls failed. Nothing where several targets are compared.
 */
export function aloneLines(board: Leaderboard, lang: Lang): readonly string[] {
  const own = board.entries.filter(({ summary }) => !summary.baseline && !summary.reference);
  const [only] = own;
  if (only === undefined || own.length > 1) return [];
  return [
    ...(isWhole(only, board) ? distanceLine(only, board, lang) : []),
    ...extremesLine(only, board, lang),
    ...failuresLine(only, lang),
  ];
}

/**
 * Whether nearly all planned answers are in its total: the first of a run that was stopped may be the easy ones, and how far
 * they lie above a baseline says nothing of the whole.
 */
function isWhole({ summary: { score, coverage, shortfall } }: Entry, board: Leaderboard): boolean {
  const least = board.min_coverage;
  if (score.partial || coverage === null || coverage < least) return false;
  return shortfall === null || 1 - shortfall.share >= least;
}

const nameOf = ({ summary }: Entry, lang: Lang): string =>
  targetName(summary.target, summary.simulated, lang);

function distanceLine(only: Entry, board: Leaderboard, lang: Lang): readonly string[] {
  const score = only.summary.score.value;
  if (score === null) return [];
  const parts = board.entries.flatMap((other) => {
    const value = other === only || !isWhole(other, board) ? null : other.summary.score.value;
    if (value === null) return [];
    const [theirs, apart] = [value, Math.abs(score - value)].map((each) =>
      points(each, board.decimals),
    );
    const name = nameOf(other, lang);
    const kind = other.summary.baseline
      ? { zh: "基线", en: "the baseline" }
      : { zh: "参照", en: "the reference" };
    if (apart === points(0, board.decimals)) {
      return lang === "zh"
        ? `与${kind.zh} ${name} 同分（${theirs} 分）`
        : `level with ${kind.en} ${name} (${theirs})`;
    }
    return [
      lang === "zh"
        ? `比${kind.zh} ${name}（${theirs} 分）${score < value ? "低" : "高"} ${apart} 分`
        : `${apart} points ${score < value ? "below" : "above"} ${kind.en} ${name} (${theirs})`,
    ];
  });
  if (parts.length === 0) return [];
  return [
    lang === "zh"
      ? `${nameOf(only, lang)}：${parts.join("，")}`
      : `${nameOf(only, lang)}: ${parts.join("; ")}`,
  ];
}

/** A dimension of fewer items says more of these items than of the model. */
const fewestItems = 3;

/** Of the dimensions without parts of their own that hold enough items; where all score alike none is the strongest. */
function extremesLine(only: Entry, board: Leaderboard, lang: Lang): readonly string[] {
  const place = board.entries.indexOf(only);
  const leaves = board.dimensions.flatMap(({ path, scores }) => {
    const { value = null, n = 0 } = scores[place] ?? {};
    const isLeaf = !board.dimensions.some(
      (other) =>
        other.path.length > path.length && path.every((name, at) => other.path[at] === name),
    );
    return isLeaf && value !== null && n >= fewestItems ? [{ path, value, n }] : [];
  });
  const sorted = leaves.toSorted((a, b) => b.value - a.value);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  if (best === undefined || worst === undefined || best.value === worst.value) return [];
  const told = ({ path, value, n }: typeof best): string => {
    const name = clean(path.join("/"));
    const alike = leaves.filter((each) => each.value === value).length;
    if (alike > 1) {
      return lang === "zh"
        ? `${name} 等 ${alike} 个维度，都是 ${points(value, board.decimals)} 分`
        : `${name} and ${alike - 1} more, ${points(value, board.decimals)} each`;
    }
    return lang === "zh"
      ? `${name} ${points(value, board.decimals)} 分（${n} 题）`
      : `${name} ${points(value, board.decimals)} (${n} ${n === 1 ? "item" : "items"})`;
  };
  return [
    lang === "zh"
      ? `${nameOf(only, lang)}：最强 ${told(best)}，最弱 ${told(worst)}`
      : `${nameOf(only, lang)}: strongest ${told(best)}, weakest ${told(worst)}`,
  ];
}

function failuresLine(only: Entry, lang: Lang): readonly string[] {
  const failed = outcomes.flatMap((outcome) => {
    const count = only.summary.outcomes[outcome] ?? 0;
    return isFailed(outcome) && count > 0 ? [{ outcome, count }] : [];
  });
  if (failed.length === 0) return [];
  const all = failed.reduce((sum, { count }) => sum + count, 0);
  const causes = failed
    .map(({ outcome, count }) => `${outcomeWords[outcome][lang]} ${count}`)
    .join(lang === "zh" ? "、" : ", ");
  return [
    lang === "zh"
      ? `${nameOf(only, lang)}：${all} 次调用失败，不计分：${causes}`
      : `${nameOf(only, lang)}: ${all === 1 ? "1 call failed and does" : `${all} calls failed and do`} not count: ${causes}`,
  ];
}
