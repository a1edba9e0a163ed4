import type { Grade } from "../../domain/grader.ts";
import type { Lang } from "../../domain/text.ts";
import type { JudgeRow } from "../../grading/calibration/judge-row.ts";

import { type LabelAgreement, agreementOf } from "../../grading/calibration/agreement.ts";
import {
  type MarkAgreement,
  markAgreement,
  type MarkPair,
} from "../../grading/calibration/judge-agreement.ts";
import { clean, fixed, percent } from "../render/format.ts";

export type JudgedRow = {
  readonly row: JudgeRow;
  readonly grade: Grade;
  readonly dimension: string | null;
  /** In [0, 1]; null where people marked only single criteria. */
  readonly person: number | null;
};

export type JudgeSummary = {
  readonly n: number;
  readonly graded: number;
  readonly ungraded: number;
  /** On the marks of the scale, over the rows that a judge graded and people marked as a whole. */
  readonly overall: MarkAgreement;
  readonly by_dimension: Readonly<Record<string, MarkAgreement>>;
  readonly by_criterion: Readonly<Record<string, MarkAgreement>>;
  /** As for every grader; ungraded rows count as disagreement. Null where people marked only single criteria. */
  readonly plain: LabelAgreement | null;
};

/** The marks of the grader: `half` for pairs, whose marks are loss, tie and win. */
export type Marking = { readonly low: number; readonly high: number; readonly half: boolean };

export function judgeSummary(rows: readonly JudgedRow[], marking: Marking): JudgeSummary {
  const steps = marking.half ? 2 : marking.high;
  const bounds = { low: marking.half ? 0 : marking.low, high: steps };
  const pairOf = ({ grade, person }: JudgedRow): readonly MarkPair[] =>
    grade.value === null || person === null
      ? []
      : [{ judge: grade.value * steps, person: person * steps }];
  const labelled = rows.flatMap(({ grade, person, row }) =>
    person === null ? [] : [{ grade, label: row.label ?? person }],
  );
  const named = Map.groupBy(
    rows.filter(({ dimension }) => dimension !== null),
    ({ dimension }) => dimension ?? "",
  );
  const graded = rows.filter(({ grade }) => grade.value !== null).length;
  return {
    n: rows.length,
    graded,
    ungraded: rows.length - graded,
    overall: markAgreement(rows.flatMap(pairOf), bounds),
    by_dimension: Object.fromEntries(
      [...named].map(([name, own]) => [name, markAgreement(own.flatMap(pairOf), bounds)]),
    ),
    by_criterion: byCriterion(rows, bounds),
    plain: labelled.length === 0 ? null : agreementOf(labelled),
  };
}

/** Criteria that both a person and the judges marked; the judges' mean. */
function byCriterion(
  rows: readonly JudgedRow[],
  bounds: { readonly low: number; readonly high: number },
): Readonly<Record<string, MarkAgreement>> {
  const pairs = rows.flatMap(({ row, grade }) =>
    Object.entries(row.marks ?? {}).flatMap(([name, person]) => {
      const marks = (grade.ballots ?? []).flatMap((each) => each.marks?.[name] ?? []);
      if (marks.length === 0) return [];
      return [{ name, judge: marks.reduce((sum, mark) => sum + mark, 0) / marks.length, person }];
    }),
  );
  return Object.fromEntries(
    [...Map.groupBy(pairs, ({ name }) => name)].map(([name, own]) => [
      name,
      markAgreement(own, bounds),
    ]),
  );
}

export function judgeReportText(summary: JudgeSummary, lang: Lang): string {
  const { n, graded, ungraded, overall, by_dimension, by_criterion } = summary;
  const zh = lang === "zh";
  const lines = [
    zh
      ? `裁判与人：${graded}/${n} 条有判定，未判 ${ungraded}（不计入下面各数）。`
      : `Judge and people: a verdict on ${graded}/${n}, ${ungraded} ungraded (in none of the figures below).`,
    ...(overall.n === 0 ? [] : [agreementText(overall, lang), biasText(overall, lang)]),
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
  lines.push(...parts(zh ? "按评分标准" : "By criterion", by_criterion));
  return lines.join("\n");
}

const agreementText = (each: MarkAgreement, lang: Lang): string =>
  lang === "zh"
    ? `同分 ${percent(each.agreement, 2)}，相差不过一档 ${percent(each.within_one, 2)}（n=${each.n}）；κ ${number(each.kappa)}，线性加权 ${number(each.kappa_linear)}，二次加权 ${number(each.kappa_quadratic)}，相关 ${number(each.correlation)}。`
    : `Equal marks ${percent(each.agreement, 2)}, within one step ${percent(each.within_one, 2)} (n=${each.n}); κ ${number(each.kappa)}, linear weights ${number(each.kappa_linear)}, quadratic ${number(each.kappa_quadratic)}, correlation ${number(each.correlation)}.`;

function biasText({ bias, bias_interval: bounds }: MarkAgreement, lang: Lang): string {
  const shown = `${number(bias)}${bounds === null ? "" : ` [${number(bounds.low)}, ${number(bounds.high)}]`}`;
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

const short = (each: MarkAgreement, lang: Lang): string =>
  lang === "zh"
    ? `n=${each.n}  同分 ${percent(each.agreement)}  二次加权 κ ${number(each.kappa_quadratic)}  偏差 ${number(each.bias)}`
    : `n=${each.n}  equal ${percent(each.agreement)}  quadratic κ ${number(each.kappa_quadratic)}  bias ${number(each.bias)}`;

const number = (value: number | null): string => (value === null ? "—" : fixed(value, 4));
