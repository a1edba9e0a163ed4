import type { Lang } from "../../domain/text.ts";
import type { Estimate } from "../../stats/interval.ts";
import type { Circular, PositionBias } from "../score/circular.ts";
import type { Summary } from "../score/summary.ts";
import type { Wordings } from "../score/wordings.ts";

import { percent, points, within, clean } from "../render/format.ts";

/** Mean over all orders and right in every order, in points. */
export const circularCell = ({ circular }: Summary, decimals: number): string =>
  circular === null
    ? "—"
    : `${points(circular.mean.value, decimals)}/${points(circular.strict.value, decimals)}`;

/** What rotating the options did to a target, in one line; nothing where none were rotated. */
export function circularLines(
  name: string,
  { circular, positions }: Summary,
  decimals: number,
  lang: Lang,
): readonly string[] {
  if (circular === null) return [];
  const scores = scoreText(circular, decimals, lang);
  const bias = positions === null ? "" : biasText(positions, decimals, lang);
  return [
    lang === "zh" ? `循环评测 ${name}：${scores}${bias}` : `Circular ${name}: ${scores}${bias}`,
  ];
}

function scoreText(circular: Circular, decimals: number, lang: Lang): string {
  const { items, left_out, plain, mean, strict, drop } = circular;
  const show = (estimate: Estimate) => points(estimate.value, decimals);
  const lost = within(drop, decimals);
  if (lang === "zh") {
    const rest = left_out === 0 ? "" : `，另有 ${left_out} 题的次序不全`;
    return `${items} 题，原序 ${show(plain)}，各次序平均 ${show(mean)}，全对 ${show(strict)}，由原序下降 ${lost} 分${rest}。`;
  }
  const rest = left_out === 0 ? "" : `; ${left_out} items lack an order`;
  return `${items} items, written order ${show(plain)}, mean of orders ${show(mean)}, right in every order ${show(strict)}, a drop of ${lost}${rest}.`;
}

function biasText(
  { places, preferred, avoided }: PositionBias,
  decimals: number,
  lang: Lang,
): string {
  const zh = lang === "zh";
  const told = places.filter(({ label }) => preferred.includes(label) || avoided.includes(label));
  if (told.length === 0) return zh ? "看不出位置偏好。" : " No position bias can be seen.";
  const total = places.reduce((sum, { chosen }) => sum + chosen, 0);
  const each = told.map(({ label, chosen, right, excess }) => {
    const shares = [percent(chosen / total), percent(right / total)] as const;
    const gap = within(excess, decimals);
    return zh
      ? `${label} 被选 ${shares[0]}，应选 ${shares[1]}（差 ${gap}）`
      : `${label} chosen ${shares[0]}, right ${shares[1]} (${gap})`;
  });
  return zh ? `位置偏好：${each.join("；")}。` : ` Position bias: ${each.join("; ")}.`;
}

/** The spread between wordings in points, with its interval. */
export const spreadCell = ({ wordings }: Summary, decimals: number): string =>
  wordings === null ? "—" : within(wordings.spread, decimals);

export const changedCell = ({ wordings }: Summary): string =>
  percent(wordings?.changed?.value ?? null);

/** What other wordings of the same items did to a target, in one line; nothing where none were asked. */
export function wordingLines(
  name: string,
  { wordings }: Summary,
  decimals: number,
  lang: Lang,
): readonly string[] {
  if (wordings === null) return [];
  const parts = [
    scoresText(wordings, decimals, lang),
    spreadText(wordings, decimals, lang),
    changedText(wordings, lang),
    leftOutText(wordings, lang),
  ].filter((part) => part !== "");
  return lang === "zh"
    ? [`问法 ${name}：${wordings.items} 题（每题等权），${parts.join("；")}。`]
    : [`Wordings ${name}: ${wordings.items} items of equal weight, ${parts.join("; ")}.`];
}

const called = (wording: string | null, lang: Lang): string =>
  wording === null ? (lang === "zh" ? "原问法" : "base wording") : clean(wording);

function scoresText({ scores }: Wordings, decimals: number, lang: Lang): string {
  const each = scores.map(({ wording, n, score }) => {
    const share = `${called(wording, lang)} ${points(score.value, decimals)}`;
    return lang === "zh" ? `${share}（${n} 题）` : `${share} (n ${n})`;
  });
  return each.join(lang === "zh" ? "、" : ", ");
}

function spreadText({ spread }: Wordings, decimals: number, lang: Lang): string {
  const gap = within(spread, decimals);
  const [high, low] = [points(spread.high, decimals), points(spread.low, decimals)];
  const ends = [
    `${called(spread.highest, lang)} ${high}`,
    `${called(spread.lowest, lang)} ${low}`,
  ] as const;
  const sd = spread.sd === null ? null : points(spread.sd, decimals);
  if (lang === "zh") {
    const beyond = sd === null ? "" : `，扣除随机波动后标准差 ${sd}`;
    return spread.value === 0
      ? `最大相差 ${gap} 分${beyond}`
      : `最大相差 ${gap} 分（同 ${spread.n} 题：${ends[0]}，${ends[1]}）${beyond}`;
  }
  const beyond = sd === null ? "" : `, standard deviation beyond chance ${sd}`;
  return spread.value === 0
    ? `spread ${gap}${beyond}`
    : `spread ${gap} (the same ${spread.n} items: ${ends[0]}, ${ends[1]})${beyond}`;
}

function changedText({ changed }: Wordings, lang: Lang): string {
  if (changed === null) return "";
  const { value, interval } = changed;
  const bounds = interval === null ? "" : ` [${percent(interval.low)}, ${percent(interval.high)}]`;
  return lang === "zh"
    ? `${percent(value)}${bounds} 的题对错随问法而变`
    : `${percent(value)}${bounds} of items are right in one wording and not in another`;
}

function leftOutText({ left_out }: Wordings, lang: Lang): string {
  if (left_out === 0) return "";
  return lang === "zh"
    ? `另有 ${left_out} 题计分的问法不足两种`
    : `${left_out} more items are scored in fewer than two wordings`;
}
