import type { Lang } from "../../../domain/text.ts";
import type { Summary } from "../../score/summary.ts";
import type { View } from "../../view/model.ts";
import type { Leaderboard } from "../leaderboard.ts";

import { judgeLines } from "../../judges/text.ts";
import { agreementLines } from "../../people/agreement.ts";
import { correctedLines } from "../../people/corrected-text.ts";
import { clean, fixed, money } from "../../render/format.ts";
import { aloneLines } from "../../run/alone.ts";
import { overlapLines } from "../../run/overlap.ts";
import { safetyLines } from "../../safety/text.ts";
import { constraintRateLines } from "../constraint-rates-text.ts";
import { safetyTargets } from "../details.ts";
import { freshnessLines } from "../freshness-text.ts";
import { redLineLines } from "../red-line-text.ts";
import { remarkedOf, remarkLines } from "../remarks.ts";
import { nameOf } from "../table.ts";
import { endLines, cachedLines, type SessionsTold, timesLines } from "../times-text.ts";
import { unrankedNotes } from "../unranked-text.ts";
import { circularLines, wordingLines } from "../variants-text.ts";
import { vendorNotes } from "../vendor-notes.ts";
import {
  sharedRankLines,
  suiteMeanLines,
  suiteScoreLines,
  wideIntervalLines,
} from "./total-text.ts";

/** A sentence below the table. One that adds figures, and warns of nothing, may wait behind `--wide`. */
type Note = { readonly text: string; readonly waits: boolean };

const needed = (lines: readonly string[]): readonly Note[] =>
  lines.map((text) => ({ text, waits: false }));
const waiting = (lines: readonly string[]): readonly Note[] =>
  lines.map((text) => ({ text, waits: true }));

/** All remarks below the table: who is not ranked and why, money, and whether the times can be trusted. */
export const footer = (
  view: View,
  board: Leaderboard,
  lang: Lang,
  sessions: SessionsTold = "worst",
): readonly string[] => notesOf(view, board, lang, sessions).map(({ text }) => text);

/** Those that no reader of the table should miss, and how many wait. */
export function neededNotes(
  view: View,
  board: Leaderboard,
  lang: Lang,
): { readonly needed: readonly string[]; readonly waiting: number } {
  const notes = notesOf(view, board, lang, "short");
  const shown = notes.filter(({ waits }) => !waits);
  return { needed: shown.map(({ text }) => text), waiting: notes.length - shown.length };
}

function notesOf(
  view: View,
  board: Leaderboard,
  lang: Lang,
  sessions: SessionsTold,
): readonly Note[] {
  const zh = lang === "zh";
  const summaries = board.entries.map(({ summary }) => summary);
  const judge = summaries.flatMap(({ judge_cost }) => judge_cost);
  return [
    ...needed(resolutionNotes(board, lang)),
    ...needed(sharedRankLines(board, lang)),
    ...needed(wideIntervalLines(board, lang)),
    ...needed(suiteMeanLines(board, lang)),
    ...waiting(suiteScoreLines(board, lang)),
    ...needed(unrankedNotes(board.entries, lang)),
    ...needed(overlapLines(view, lang)),
    ...needed(aloneLines(board, lang)),
    ...needed(remarkLines(remarkedOf(board, lang), board.decimals, lang)),
    ...needed(safetyLines(safetyTargets(board, lang), lang)),
    ...needed(redLineLines(board, (summary) => nameOf(summary, lang), lang)),
    ...needed(
      summaries.flatMap((each) => circularLines(nameOf(each, lang), each, board.decimals, lang)),
    ),
    ...needed(
      summaries.flatMap((each) => wordingLines(nameOf(each, lang), each, board.decimals, lang)),
    ),
    ...waiting(summaries.flatMap((each) => constraintRateLines(nameOf(each, lang), each, lang))),
    ...needed(
      board.missing.length === 0
        ? []
        : [
            zh
              ? `榜单成员没有成绩：${board.missing.join("、")}`
              : `Members without items: ${board.missing.join(", ")}`,
          ],
    ),
    ...needed(
      summaries.some(({ simulated }) => simulated)
        ? [
            zh
              ? "[模拟]：由本机模拟器作答，与任何真实厂商无关。"
              : "[simulated]: answered by the local simulator, no vendor involved.",
          ]
        : [],
    ),
    ...needed(proxyNotes(view, lang)),
    ...needed(vendorNotes(summaries, (each) => nameOf(each, lang), lang)),
    ...needed(unverifiedNotes(summaries, lang)),
    ...needed(leastCostNotes(summaries, lang)),
    ...needed(unpricedNotes(view, summaries, lang)),
    ...needed(
      judge.length > 0
        ? [
            zh
              ? `裁判费用另计：${money(added(judge), lang)}`
              : `Judges, apart: ${money(added(judge), lang)}`,
          ]
        : [],
    ),
    ...needed(board.judging === null ? [] : judgeLines(board.judging, lang)),
    ...needed(board.reviews === null ? [] : agreementLines(board.reviews, lang)),
    ...needed(board.corrected === null ? [] : correctedLines(board.corrected, lang)),
    ...needed(freshnessLines(board, lang)),
    ...needed(summaries.flatMap((each) => timesLines(nameOf(each, lang), each, lang))),
    ...waiting(summaries.flatMap((each) => cachedLines(nameOf(each, lang), each, lang))),
    ...needed(endLines(view, lang, sessions)),
  ];
}

/** Whose price nobody has compared with a bill; every amount made of it carries a star. */
function unverifiedNotes(summaries: readonly Summary[], lang: Lang): readonly string[] {
  const unverified = summaries.filter(
    ({ cost, unverified_price }) => unverified_price && cost !== null,
  );
  if (unverified.length === 0) return [];
  const names = unverified.map((each) => nameOf(each, lang));
  return [
    lang === "zh"
      ? `* 价格没有核实过：${names.join("、")}`
      : `* nobody has checked the price of ${names.join(", ")}`,
  ];
}

/** Whose amounts are lower bounds and carry a ≥, and why. */
function leastCostNotes(summaries: readonly Summary[], lang: Lang): readonly string[] {
  const least = summaries.filter(({ cost, cost_incomplete }) => cost_incomplete && cost !== null);
  if (least.length === 0) return [];
  const names = least.map((each) => nameOf(each, lang)).join(lang === "zh" ? "、" : ", ");
  const doubted = least.some(({ usage_doubt }) => usage_doubt !== null);
  return [
    lang === "zh"
      ? `≥ 费用至少这么多：${names} 有的请求断在中途，可能也计了费${doubted ? "；或报来的用量不可信" : ""}`
      : `≥ at least so much: some requests to ${names} broke off midway and may have been billed too${doubted ? ", or the usage reported cannot be trusted" : ""}`,
  ];
}

/** A price counts from the run on in which it is stated: where there was none, how to have the costs all the same. */
function unpricedNotes(view: View, summaries: readonly Summary[], lang: Lang): readonly string[] {
  const unpriced = summaries.filter(({ target, baseline, origin, cost }) => {
    const entry = view.byRef.get(target)?.entry ?? null;
    return !baseline && origin === null && cost === null && entry !== null && entry.price === null;
  });
  if (unpriced.length === 0) return [];
  const names = unpriced.map((each) => nameOf(each, lang)).join(lang === "zh" ? "、" : ", ");
  return [
    lang === "zh"
      ? `${names}：费用未知，因为运行时没有写价格。写进 baimo.yaml 只对以后的运行有效；这次的用 baimo reprice 运行文件 --prices 价格.yaml 重算（baimo reprice --sample 打印样例）`
      : `${names}: cost unknown, as no price was stated when it ran. One in baimo.yaml holds for later runs; baimo reprice RUN --prices p.yaml bills this one (baimo reprice --sample prints a sample)`,
  ];
}

/** How large a difference a comparison of two of the targets can show at all; nothing where no target is ranked. */
function resolutionNotes(board: Leaderboard, lang: Lang): readonly string[] {
  const { resolution, decimals, entries } = board;
  if (resolution === null || entries.every(({ rank }) => rank === null)) return [];
  if (resolution.difference >= 1) {
    return [
      lang === "zh"
        ? "题太少：本榜上的模型无论相差多少，都没有把握认出来。"
        : "Too few items: no difference between two models, however large, is sure to be found on this board.",
    ];
  }
  const size = fixed(resolution.difference * 100, Math.min(decimals, 1));
  const assumed = resolution.source === "assumed";
  const several = board.pairs.length > 1;
  return [
    lang === "zh"
      ? `可测最小差 ${size} 分${assumed ? "（按一般情况估计）" : several ? "（各对目标的中位数）" : ""}：两个模型真相差这么多，在这些题上逐题相比，100 次里有 80 次能认出来。`
      : `Detectable difference ${size} points${assumed ? " (estimated from usual figures)" : several ? " (median over the pairs of targets)" : ""}: a true difference of that size between two models, compared item by item on these items, is found in 80 of 100 cases.`,
  ];
}

function added(amounts: readonly { amount: number; currency: "CNY" | "USD" }[]) {
  const sums = new Map<"CNY" | "USD", number>();
  for (const { amount, currency } of amounts)
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
}

/** Times through a proxy include the proxy's, so they should not be compared with those of a direct run. */
function proxyNotes(view: View, lang: Lang): readonly string[] {
  const proxied = view.runs.flatMap(({ targets }) =>
    targets.flatMap(({ ref, network }) =>
      network?.proxy == null ? [] : [`${clean(ref)} (${clean(network.proxy)})`],
    ),
  );
  const list = [...new Set(proxied)].join(", ");
  if (list === "") return [];
  return [
    lang === "zh"
      ? `经代理测得，时间不能与直连的相比：${list}`
      : `Measured through a proxy, times not comparable with direct ones: ${list}`,
  ];
}
