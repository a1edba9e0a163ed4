import type { Lang } from "../../domain/text.ts";
import type { Circular, PositionBias } from "../score/circular.ts";
import type { Estimate } from "../score/estimate.ts";
import type { Summary } from "../score/summary.ts";

import { percent, points, within } from "../render/format.ts";

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
    const rest = left_out === 0 ? "" : `，另有 ${left_out} 题的顺序不全`;
    return `${items} 题，原序 ${show(plain)}，各顺序平均 ${show(mean)}，全对才算 ${show(strict)}，由原序下降 ${lost} 分${rest}。`;
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
      ? `${label} 选了 ${shares[0]}，应为 ${shares[1]}（差 ${gap}）`
      : `${label} chosen ${shares[0]}, right ${shares[1]} (${gap})`;
  });
  return zh ? `位置偏好：${each.join("；")}。` : ` Position bias: ${each.join("; ")}.`;
}
