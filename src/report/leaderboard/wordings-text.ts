import type { Lang } from "../../domain/text.ts";
import type { Summary } from "../score/summary.ts";
import type { Wordings } from "../score/wordings.ts";

import { clean, percent, points, within } from "../render/format.ts";

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
    ? [`问法（方言）${name}：${wordings.items} 题（每题等权），${parts.join("；")}。`]
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
    const beyond = sd === null ? "" : `，扣除偶然后标准差 ${sd}`;
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
