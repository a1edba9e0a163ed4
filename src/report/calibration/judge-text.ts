import type { Lang } from "../../domain/text.ts";
import type { MarkAgreement } from "../../grading/calibration/judge-agreement.ts";
import type { HabitShare } from "../../grading/calibration/judge-habits.ts";
import type { Interval } from "../../stats/interval.ts";
import type { JudgeSummary, JudgingCost } from "./judge-summary.ts";

import { clean, fixed, money, percent } from "../render/format.ts";

/** The section on a judge: whether it may be used, how far it agrees with people, and its habits. */
export function judgeReportText(
  summary: JudgeSummary,
  cost: JudgingCost | null,
  lang: Lang,
): string {
  const { n, graded, ungraded, overall, by_dimension, by_kind, by_criterion, use } = summary;
  const zh = lang === "zh";
  const lines = [
    zh
      ? `裁判与人：${graded}/${n} 条有判定，未判 ${ungraded}（不计入下面各数）。`
      : `Judge and people: a verdict on ${graded}/${n}, ${ungraded} ungraded (in none of the figures below).`,
    ...(overall.n === 0
      ? []
      : [
          use.says[lang],
          "",
          agreementText(overall, lang),
          rankText(overall, lang),
          ...ceilingLines(overall, lang),
          biasText(overall, lang),
        ]),
    ...habitLines(summary, lang),
  ];
  const parts = (title: string, named: Readonly<Record<string, MarkAgreement>>) =>
    Object.keys(named).length === 0
      ? []
      : [
          "",
          title,
          ...Object.entries(named).map(([name, each]) => `  ${clean(name)}  ${short(each, lang)}`),
        ];
  lines.push(...parts(zh ? "按维度" : "By dimension", by_dimension));
  lines.push(...parts(zh ? "按类别" : "By kind", by_kind));
  lines.push(...parts(zh ? "按评分标准" : "By criterion", by_criterion));
  if (cost !== null) lines.push("", costText(cost, lang));
  return lines.join("\n");
}

const agreementText = (each: MarkAgreement, lang: Lang): string =>
  lang === "zh"
    ? `同分 ${percent(each.agreement, 2)}，相差不过一档 ${percent(each.within_one, 2)}（n=${each.n}，${each.questions} 道题）；κ ${number(each.kappa)}，线性加权 ${number(each.kappa_linear)}，二次加权 ${number(each.kappa_quadratic)}${range(each.kappa_quadratic_interval)}。`
    : `Equal marks ${percent(each.agreement, 2)}, within one step ${percent(each.within_one, 2)} (n=${each.n} on ${each.questions} questions); κ ${number(each.kappa)}, linear weights ${number(each.kappa_linear)}, quadratic ${number(each.kappa_quadratic)}${range(each.kappa_quadratic_interval)}.`;

const rankText = (each: MarkAgreement, lang: Lang): string =>
  lang === "zh"
    ? `Spearman ${number(each.spearman)}${range(each.spearman_interval)}，Kendall τ-b ${number(each.kendall)}${range(each.kendall_interval)}，Pearson ${number(each.correlation)}（方括号为 95% 区间，按题重抽）。`
    : `Spearman ${number(each.spearman)}${range(each.spearman_interval)}, Kendall τ-b ${number(each.kendall)}${range(each.kendall_interval)}, Pearson ${number(each.correlation)} (95% intervals in brackets, whole questions drawn).`;

function ceilingLines({ ceiling }: MarkAgreement, lang: Lang): readonly string[] {
  if (ceiling === null) return [];
  const { rows, people, judge, ratio, ratio_interval } = ceiling;
  const share = `${percent(ratio, 1)}${ratio_interval === null ? "" : ` [${percent(ratio_interval.low, 1)}, ${percent(ratio_interval.high, 1)}]`}`;
  return [
    lang === "zh"
      ? `多人评过的 ${rows} 条：人与人二次加权 κ ${number(people)}，裁判与单个人 ${number(judge)}，即人际水平的 ${share}。`
      : `${rows} rows marked by several people: quadratic κ between people ${number(people)}, of judge and single people ${number(judge)}, which is ${share} of theirs.`,
  ];
}

function biasText({ bias, bias_interval: bounds }: MarkAgreement, lang: Lang): string {
  const shown = `${number(bias)}${range(bounds)}`;
  const lenient = bounds !== null && bounds.low > 0;
  const strict = bounds !== null && bounds.high < 0;
  if (lang === "zh") {
    const word = lenient ? "裁判偏松" : strict ? "裁判偏严" : "看不出偏松或偏严";
    return `裁判减人 ${shown} 档：${word}。`;
  }
  const word = lenient
    ? "the judge is lenient"
    : strict
      ? "the judge is strict"
      : "neither lenient nor strict";
  return `Judge minus people ${shown} steps: ${word}.`;
}

function habitLines(
  { position, repeat, length, reference }: JudgeSummary,
  lang: Lang,
): readonly string[] {
  const zh = lang === "zh";
  return [
    ...(position === null
      ? []
      : [
          zh
            ? `换序一致 ${shareText(position.consistent)}；分出胜负时选先出现的 ${shareText(position.first)}。`
            : `The same in both orders ${shareText(position.consistent)}; where there is a winner, the one shown first ${shareText(position.first)}.`,
        ]),
    ...(repeat === null
      ? []
      : [
          zh
            ? `重复 ${repeat.times} 次全部同分 ${shareText(repeat.same)}，最高与最低平均相差 ${number(repeat.range)} 档。`
            : `Judged ${repeat.times} times, all marks equal ${shareText(repeat.same)}, ${number(repeat.range)} steps between highest and lowest on average.`,
        ]),
    ...(length === null
      ? []
      : [
          zh
            ? `长度偏差：回答越长、裁判比人多给得越多的程度，Spearman ${number(length.correlation)}${range(length.interval)}。`
            : `Length bias, Spearman of an answer's length and what the judge gives beyond people: ${number(length.correlation)}${range(length.interval)}.`,
        ]),
    ...(reference === null
      ? []
      : [
          zh
            ? `有参考答案时二次加权 κ ${number(reference.with)}，不给时 ${number(reference.without)}（同样 ${reference.n} 条，相差 ${number(reference.gain)}${range(reference.gain_interval)}）。`
            : `Quadratic κ with the reference ${number(reference.with)}, without ${number(reference.without)} (on the same ${reference.n} rows; gain ${number(reference.gain)}${range(reference.gain_interval)}).`,
        ]),
  ];
}

const shareText = (share: HabitShare | null): string =>
  share === null
    ? "—"
    : `${percent(share.value)}${share.interval === null ? "" : ` [${percent(share.interval.low)}, ${percent(share.interval.high)}]`} (n=${share.n})`;

const short = (each: MarkAgreement, lang: Lang): string => {
  const kappa = `${number(each.kappa_quadratic)}${range(each.kappa_quadratic_interval)}`;
  const ratio = each.ceiling?.ratio ?? null;
  return lang === "zh"
    ? `n=${each.n}  同分 ${percent(each.agreement)}  二次加权 κ ${kappa}  Spearman ${number(each.spearman)}  偏差 ${number(each.bias)}${ratio === null ? "" : `  人际水平的 ${percent(ratio, 0)}`}`
    : `n=${each.n}  equal ${percent(each.agreement)}  quadratic κ ${kappa}  Spearman ${number(each.spearman)}  bias ${number(each.bias)}${ratio === null ? "" : `  ${percent(ratio, 0)} of people's`}`;
};

function costText({ calls, replayed, cost, unknown }: JudgingCost, lang: Lang): string {
  const known = cost.length === 0 ? "" : money(cost, lang);
  return lang === "zh"
    ? `裁判调用 ${calls} 次${replayed === 0 ? "" : `，其中 ${replayed} 次是先前付过的，没有重问`}${known === "" ? "" : `；费用 ${known}`}${unknown === 0 ? "" : `；${unknown} 次费用未知`}。`
    : `${calls} judge calls${replayed === 0 ? "" : `, of which ${replayed} were paid before and not made again`}${known === "" ? "" : `; cost ${known}`}${unknown === 0 ? "" : `; of ${unknown} the cost is unknown`}.`;
}

const range = (bounds: Interval | null): string =>
  bounds === null ? "" : ` [${number(bounds.low)}, ${number(bounds.high)}]`;

const number = (value: number | null): string => (value === null ? "—" : fixed(value, 4));
