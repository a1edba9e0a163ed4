import type { Lang } from "../../../domain/text.ts";
import type { Interval } from "../../../stats/interval.ts";
import type { BlindRecord, BlindResult } from "./result.ts";

import { clean, fixed, percent, targetName } from "../../render/format.ts";
import { renderTerminal } from "../../render/terminal.ts";

/** Fewer pairs than this are not worth a sentence about who is better. */
const leastPairs = 10;

/** A conclusion first, then the figures that it rests on. */
export function blindText(result: BlindResult, lang: Lang, width: number): string {
  return [conclusion(result, lang), "", ...figures(result, lang), "", table(result, lang, width)]
    .join("\n")
    .trimEnd();
}

function conclusion(result: BlindResult, lang: Lang): string {
  const zh = lang === "zh";
  const { battle } = result;
  const [a, b] = [
    targetName(result.a, result.simulated, lang),
    targetName(result.b, result.simulated, lang),
  ];
  const { rate, interval, n } = battle;
  if (rate === null || interval === null) {
    return zh ? "还没有可用的评分。" : "There is no rating to go by yet.";
  }
  const shown = `${percent(rate)} (${intervalText(interval)})`;
  const open = result.disputed.length + result.half_rated;
  if (open > 0) {
    // What two people agree on is the easy part, so its rate is not that of the whole.
    return zh
      ? `还不能下结论：${open} 对未定。已定的 ${n} 对里，${a} 对 ${b} 的胜率 ${shown}。`
      : `No conclusion yet: ${open} pairs are open. Of the ${n} decided ${a} wins ${shown} against ${b}.`;
  }
  if (n < leastPairs) {
    return zh
      ? `只有 ${n} 对，还说明不了什么：${a} 对 ${b} 的胜率 ${shown}。`
      : `${n} pairs say little yet: ${a} wins ${shown} against ${b}.`;
  }
  if ((interval.low > 0.5 || interval.high < 0.5) && result.p < 0.05) {
    const [better, worse] = rate > 0.5 ? [a, b] : [b, a];
    return zh
      ? `${better} 更受认可：${a} 对 ${b} 的胜率 ${shown}，${worse} 落后；区间不含 50%，符号检验也显著。`
      : `${better} is preferred: ${a} wins ${shown} against ${b}; the interval leaves 50% out and the sign test agrees.`;
  }
  return zh
    ? `分不出高下：${a} 对 ${b} 的胜率 ${shown}。`
    : `They cannot be told apart: ${a} wins ${shown} against ${b}.`;
}

const intervalText = ({ low, high }: Interval): string => `95% ${percent(low)}–${percent(high)}`;

function figures(result: BlindResult, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const { battle, raters, arbiter, agreement, first_won } = result;
  const people = raters.map((name) => clean(name, 40)).join(zh ? "、" : ", ");
  const points = (value: number | null): string => (value === null ? "—" : fixed(value, 2));
  const k = ({ kappa }: { readonly kappa: number | null }): string =>
    kappa === null ? (zh ? "未知" : "unknown") : fixed(kappa, 3);
  return [
    zh
      ? `胜 ${battle.win} · 平 ${battle.tie}（其中都不好 ${result.both_bad}）· 负 ${battle.loss}，共 ${battle.n}/${result.pairs} 对；平局计半。符号检验 ${pText(result.p)}。`
      : `${battle.win} won, ${battle.tie} tied (${result.both_bad} both bad), ${battle.loss} lost, ${battle.n} of ${result.pairs} pairs; a tie counts half. Sign test ${pText(result.p)}.`,
    zh
      ? `胜和率 ${points(result.not_lost)}；3/1 计分 ${points(result.three_one)}。`
      : `Not lost ${points(result.not_lost)}; by 3 for a win and 1 for a tie ${points(result.three_one)}.`,
    agreement.n === 0
      ? zh
        ? `评分人：${people || "无"}；没有两人都评过的题，一致性未知。`
        : `Raters: ${people || "none"}; no pair was rated by two, so agreement is unknown.`
      : zh
        ? `评分人：${people}；一致 ${agreement.agree}/${agreement.n} (${percent(agreement.agree / agreement.n)})，κ ${k(agreement.kappa)}，加权 κ ${k(agreement.weighted_kappa)}。`
        : `Raters: ${people}; they agree on ${agreement.agree}/${agreement.n} (${percent(agreement.agree / agreement.n)}), κ ${k(agreement.kappa)}, weighted κ ${k(agreement.weighted_kappa)}.`,
    ...(arbiter === null
      ? []
      : [
          zh
            ? `仲裁人 ${clean(arbiter, 40)} 裁定了 ${result.arbitrated} 对。`
            : `The arbiter ${clean(arbiter, 40)} settled ${result.arbitrated}.`,
        ]),
    ...openNotes(result, lang),
    ...(first_won.share === null || first_won.interval === null
      ? []
      : [
          zh
            ? `排在前面的回答胜 ${percent(first_won.share)} (${intervalText(first_won.interval)})：含 50% 即看不出位置偏好。`
            : `The reply shown first won ${percent(first_won.share)} (${intervalText(first_won.interval)}): with 50% inside, no sway by position is seen.`,
        ]),
  ];
}

const pText = (p: number): string => (p < 0.0001 ? "p < 0.0001" : `p = ${fixed(p, 4)}`);

function openNotes({ disputed, half_rated, unrated }: BlindResult, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const notes = [
    ...(disputed.length === 0
      ? []
      : [
          zh
            ? `两人不一致、待仲裁 ${disputed.length} 对`
            : `${disputed.length} in dispute wait for an arbiter`,
        ]),
    ...(half_rated === 0
      ? []
      : [zh ? `只有一人评 ${half_rated} 对` : `${half_rated} rated by one only`]),
    ...(unrated === 0 ? [] : [zh ? `没有评 ${unrated} 对` : `${unrated} not rated`]),
  ];
  if (notes.length === 0) return [];
  return [zh ? `未计入：${notes.join("，")}。` : `Not counted: ${notes.join(", ")}.`];
}

function table({ dimensions }: BlindResult, lang: Lang, width: number): string {
  if (dimensions.length < 2) return "";
  const zh = lang === "zh";
  const titles = zh ? ["胜", "平", "负", "胜率"] : ["Won", "Tied", "Lost", "Win rate"];
  return renderTerminal(
    {
      columns: [
        { title: zh ? "维度" : "Dimension", shrink: 16 },
        ...titles.map((title) => ({ title, align: "right" as const })),
      ],
      rows: dimensions.map(({ dimension, battle }) => [clean(dimension), ...cells(battle)]),
    },
    width,
  );
}

const cells = ({ win, tie, loss, rate, interval }: BlindRecord): readonly string[] => [
  String(win),
  String(tie),
  String(loss),
  rate === null || interval === null
    ? "—"
    : `${percent(rate)} (${percent(interval.low)}–${percent(interval.high)})`,
];
