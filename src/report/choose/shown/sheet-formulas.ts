import type { Lang, Text } from "../../../domain/text.ts";
import type { ChoiceRow } from "../choose.ts";

/** What stands in a cell instead of a number. */
export const unmeasured: Text = { zh: "未测", en: "unmeasured" };
export const timeout: Text = { zh: "超时", en: "timeout" };

type PointsPlace = {
  /** Cell of the value. */
  readonly value: string;
  readonly line: number;
  /** The least value of the ranked targets, as a formula. */
  readonly lowest: string;
  readonly lang: Lang;
  readonly column: { readonly worst: string; readonly best: string };
};

/** The points of 100 that a value gives, as a spreadsheet works them out; the same as `shareOf`. */
export function pointsFormula(row: ChoiceRow, place: PointsPlace): string {
  const { value, lang } = place;
  const lacking = row.missing === "zero" ? "0" : `"${unmeasured[lang]}"`;
  return `IF(ISNUMBER(${value}),${measuredFormula(row, place)},IF(${value}="${timeout[lang]}",0,${lacking}))`;
}

function measuredFormula(
  { criterion: { points }, better }: ChoiceRow,
  { value, line, lowest, column }: PointsPlace,
): string {
  if (points === "lowest-price") return `100*IF(${value}<=${lowest},1,${lowest}/${value})`;
  if ("steps" in points) {
    const reached = points.steps.map(({ from, points: own }) =>
      better === "higher"
        ? `IF(${value}>=${from}-0.000000001,${own},0)`
        : `IF(${value}<=${from}+0.000000001,${own},0)`,
    );
    return `MAX(0,${reached.join(",")})`;
  }
  const [worst, best] = [`$${column.worst}${line}`, `$${column.best}${line}`];
  return `100*MAX(0,MIN(1,(${value}-${worst})/(${best}-${worst})))`;
}

/** How a value of this criterion is shown. */
export function formatOf({ criterion: { use } }: ChoiceRow): string {
  switch (use) {
    case "steadiness":
    case "first_try":
    case "must_refuse":
    case "over_refusal":
      return "0.0%";
    case "month_cost":
      return "#,##0.00";
    case "effect":
    case "migration":
    case "capacity":
      return "0.0";
    case "speed":
      return "0";
    case "latency_tail":
    case "ttft_p95":
    case "midpoint":
      return "0.00";
    case "stated":
      return "General";
  }
}
