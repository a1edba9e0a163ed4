import type { Lang, Text } from "../../../domain/text.ts";
import type { Entry, Leaderboard } from "../leaderboard.ts";
import type { StandingPair } from "./standing.ts";

import { fixed, points, pText } from "../../render/format.ts";
import { suiteDifferences } from "../notes/suite-scores.ts";
import { onBoard, swaySentence } from "../notes/sway-text.ts";
import { nameOf } from "../table.ts";

/**
 * Whether the first of two or more ranked entries is told apart from the others. That follows from the tests of its pairs
 * alone, which compare the same items: intervals of two scores overlap long before. A small suite that makes most of the first
 * difference is named behind it.
 */
export function leadSentence(board: Leaderboard, ranked: readonly Entry[], lang: Lang): string {
  const [first, second] = ranked;
  if (first === undefined || second === undefined) return "";
  const rivals = ranked.filter((entry) => entry !== first && entry.rank_range?.low === 1);
  const said =
    rivals.length === 0
      ? aheadSentence(board, ranked, lang)
      : sharedSentence(board, ranked, rivals, lang);
  const places = [first, second].map((entry) => board.entries.indexOf(entry));
  const differences = suiteDifferences(board.suites, places[0] ?? -1, places[1] ?? -1);
  return `${said}${swaySentence(differences, onBoard, lang)}`;
}

const scoreIn = ({ decimals }: Leaderboard, { summary }: Entry): string =>
  points(summary.score.value ?? 0, decimals);

function aheadSentence(board: Leaderboard, ranked: readonly Entry[], lang: Lang): string {
  const [first, second] = ranked as readonly [Entry, Entry];
  const name = nameOf(first.summary, lang);
  const score = scoreIn(board, first);
  const difference = (first.summary.score.value ?? 0) - (second.summary.score.value ?? 0);
  const lead = fixed(difference * 100, board.decimals);
  const chance = chanceText(pairsWith(board, first, ranked), ranked.length, lang);
  return lang === "zh"
    ? `${name} 以 ${score} 分居首，领先第二名 ${lead} 分，逐题相比超出偶然（${chance}）。`
    : `${name} leads with ${score}, ${lead} points ahead; compared item by item that is beyond chance (${chance}).`;
}

function sharedSentence(
  board: Leaderboard,
  ranked: readonly Entry[],
  rivals: readonly Entry[],
  lang: Lang,
): string {
  const [first] = ranked as readonly [Entry];
  const score = scoreIn(board, first);
  const isLevel = (entry: Entry): boolean => scoreIn(board, entry) === score;
  const top = listed([first, ...rivals.filter(isLevel)], lang);
  const near = listed(
    rivals.filter((entry) => !isLevel(entry)),
    lang,
    (entry) => scoreIn(board, entry),
  );
  const pairs = pairsWith(board, first, rivals);
  const why = [chanceText(pairs, ranked.length, lang), ...heldTexts(pairs, board, lang)];
  const shared = rivals.length + 1;
  const isOne = !rivals.some(isLevel);
  if (lang === "zh") {
    const test = `逐题相比（${why.join("；")}）`;
    const places = `${shared} 个目标并列第 1`;
    const head = `${top.names}${top.gap}${isOne ? "得" : "同得"} ${score} 分，为最高`;
    return near.names === ""
      ? `${head}；${test}，凭这些题还分不出高下，${places}。`
      : `${head}；但与 ${near.names}${near.gap}${test}，凭这些题也分不出高下，${places}。`;
  }
  const test = `compared item by item (${why.join("; ")})`;
  const head = `${top.names} ${isOne ? "scores" : "score"} highest with ${score}`;
  const places = `these items cannot tell them apart: ${shared === 2 ? "both" : `all ${shared}`} share rank 1`;
  return near.names === ""
    ? `${head}; ${test}, ${places}.`
    : `${head}; ${test} with ${near.names}, ${places}.`;
}

/**
 * How likely chance alone is. Of the only two targets that is the p of `compare`; among several it stands beside what the
 * correction for all pairs makes of it, so that a reader of both sees why they may differ.
 */
function chanceText(pairs: readonly StandingPair[], targets: number, lang: Lang): string {
  const [one] = pairs;
  if (targets === 2) return `p ${pText(one?.p ?? null)}`;
  const all: Text = {
    zh: `${targets} 个目标两两相比，校正后`,
    en: `corrected for all pairs of ${targets} targets`,
  };
  const corrected = pairs.map(({ p_adjusted }) => p_adjusted ?? 1);
  if (pairs.length === 1 && one?.p_adjusted === null) {
    return lang === "zh"
      ? `p ${pText(one.p)}；${targets} 个目标两两相比须校正，而这两个答得不同的题太少，无论如何断定不了`
      : `p ${pText(one.p)}; corrected for all pairs of ${targets} targets nothing can follow, as too few of their answers differ`;
  }
  if (pairs.length === 1)
    return `p ${pText(one?.p ?? null)}${lang === "zh" ? "；" : "; "}${all[lang]} ${pText(corrected[0] ?? null)}`;
  const isTold = pairs.every(({ told_apart }) => told_apart);
  const bound = pText(isTold ? Math.max(...corrected) : Math.min(...corrected));
  const sign = bound.startsWith("<") || bound === "1.000" ? "" : isTold ? "≤ " : "≥ ";
  return lang === "zh" ? `${all.zh}各 p ${sign}${bound}` : `${all.en} p ${sign}${bound}`;
}

/** Rules that keep a place shared though the difference is beyond chance. */
function heldTexts(
  pairs: readonly StandingPair[],
  { tie }: Leaderboard,
  lang: Lang,
): readonly string[] {
  const texts: Readonly<Record<NonNullable<StandingPair["held"]>, Text>> = {
    tie: {
      zh: `相差不到 ${tie} 分的，按榜单规则并列`,
      en: `fewer than ${tie} points apart is a tie by the board's rule`,
    },
    unjudged: {
      zh: "裁判没有判定的回答可能改变先后",
      en: "answers that judges left without a verdict could change the order",
    },
  };
  return [...new Set(pairs.flatMap(({ held }) => held ?? []))].map((held) => texts[held][lang]);
}

function pairsWith(
  { pairs }: Leaderboard,
  { summary: { target } }: Entry,
  others: readonly Entry[],
): readonly StandingPair[] {
  const names = new Set(others.map(({ summary }) => summary.target));
  return pairs.filter(({ above, below }) => above === target && names.has(below));
}

/**
 * The first three by name, with what is said of each, and how many there are; in Chinese a gap follows a name, not a number
 * of them.
 */
function listed(
  entries: readonly Entry[],
  lang: Lang,
  saidOf: (entry: Entry) => string = () => "",
): { readonly names: string; readonly gap: string } {
  const names = entries.slice(0, 3).map((entry) => {
    const [name, said] = [nameOf(entry.summary, lang), saidOf(entry)];
    if (said === "") return name;
    return lang === "zh" ? `${name}（${said}）` : `${name} (${said})`;
  });
  const isMore = entries.length > 3;
  if (lang === "en") {
    const [rest, last] = [names.slice(0, -1), names.at(-1) ?? ""];
    if (isMore) return { names: `${names.join(", ")} and ${entries.length - 3} more`, gap: "" };
    return { names: rest.length === 0 ? last : `${rest.join(", ")} and ${last}`, gap: "" };
  }
  const all = isMore ? `等 ${entries.length} 个目标` : "";
  const isBracketed = names.at(-1)?.endsWith("）") ?? false;
  return { names: `${names.join("、")}${all}`, gap: isMore || isBracketed ? "" : " " };
}
