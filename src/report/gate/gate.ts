import type { Gate } from "../../domain/config.ts";
import type { Money } from "../../domain/money.ts";
import type { Comparison } from "../compare/comparison.ts";
import type { Leaderboard } from "../leaderboard/leaderboard.ts";
import type { Summary } from "../score/summary.ts";
import type { View } from "../view/model.ts";

import { durationMs } from "../../domain/config.ts";
import { otherModels } from "../asked/models.ts";
import { returnedText } from "../asked/text.ts";
import { money, percent, seconds } from "../render/format.ts";
import { rateOf } from "../score/amounts.ts";
import { atLeast, atMost, check, type Check, untrusted } from "./check.ts";
import { redLineCheck } from "./red-lines.ts";
import { regressionChecks } from "./regression.ts";
import { scoreChecks } from "./score-checks.ts";

/** Checks a run against the rules, one check per rule and target; baselines and references are not checked. */
export function checkGate(
  gate: Gate,
  view: View,
  board: Leaderboard,
  comparisons: readonly Comparison[] | null,
): readonly Check[] {
  const entries = board.entries.map(({ summary }, index) => ({ summary, index }));
  const checked = entries.filter(({ summary }) => !summary.baseline && !summary.reference);
  return [
    ...checked.flatMap(({ summary, index }) => [
      ...scoreChecks(gate, summary, board.dimensions, index),
      redLineCheck(gate, summary, board.red_lines),
      ...shareChecks(gate, summary),
      ...latencyCheck(gate, summary),
      ...modelCheck(gate, summary),
    ]),
    ...costCheck(gate, view, board),
    ...(comparisons ?? []).flatMap((each) => regressionChecks(gate, each)),
  ];
}

/** Without rules: every call of every target must have ended well. */
export const completenessChecks = (board: Leaderboard): readonly Check[] =>
  board.entries.map(({ summary: { target, verdicts, answers, planned } }) =>
    check(
      target,
      "complete",
      verdicts.failed === 0 && answers >= planned,
      `${planned} 次作答，得到 ${answers}，调用失败 ${verdicts.failed}`,
      `${planned} answers planned, ${answers} there, ${verdicts.failed} calls failed`,
    ),
  );

function shareChecks({ max_error_rate, min_coverage }: Gate, summary: Summary): readonly Check[] {
  const { target, answers, verdicts, coverage } = summary;
  const errors = answers === 0 ? null : verdicts.failed / answers;
  return [
    ...(max_error_rate === undefined
      ? []
      : [
          atMost(
            target,
            "max_error_rate",
            { zh: "调用失败率", en: "failed calls" },
            errors,
            max_error_rate,
            percent,
          ),
        ]),
    ...(min_coverage === undefined
      ? []
      : [
          atLeast(target, "min_coverage", { zh: "覆盖率", en: "coverage" }, coverage, min_coverage),
        ]),
  ];
}

function latencyCheck({ max_first_token_p95 }: Gate, summary: Summary): readonly Check[] {
  if (max_first_token_p95 === undefined) return [];
  const limit = durationMs(max_first_token_p95);
  const p95 = summary.first_token_ms?.p95.value ?? null;
  const name = { zh: "首字延迟 p95 (秒)", en: "TTFT p95 (s)" };
  const told = atMost(summary.target, "max_first_token_p95", name, p95, limit, seconds);
  return [summary.timings.untrusted.length === 0 ? told : untrusted(told, summary.timings)];
}

/** Undecided where the vendor never says which model answered. */
function modelCheck({ same_model }: Gate, summary: Summary): readonly Check[] {
  if (same_model !== true) return [];
  const { target, models_returned, model_asked } = summary;
  const asked = model_asked ?? "";
  const told = (result: "passed" | "failed" | "undecided", zh: string, en: string) => [
    check(target, "same_model", result, zh, en),
  ];
  if (models_returned.length === 0) {
    return told("undecided", "没有返回型号名，无从核对", "no model name came back to compare");
  }
  const others = otherModels(summary);
  if (others.length === 0) {
    return told("passed", `作答的是 ${asked}`, `${asked} answered`);
  }
  const names = returnedText({ models_returned: others }, "zh");
  return told(
    "failed",
    `请求 ${asked}，作答的是 ${names}`,
    `asked for ${asked}, answered by ${returnedText({ models_returned: others }, "en")}`,
  );
}

/** The whole run, replaced answers and judges included; unknown where any part is. */
function costCheck({ max_cost }: Gate, view: View, board: Leaderboard): readonly Check[] {
  if (max_cost === undefined) return [];
  const summaries = board.entries.map(({ summary }) => summary);
  const unknown =
    summaries.some(({ cost }) => cost === null) ||
    view.targets.some(({ totals }) => totals.judgeCostUnknown > 0);
  const parts = summaries.flatMap(({ cost, judge_cost, replaced_cost }) => [
    ...(cost ?? []),
    ...judge_cost,
    ...replaced_cost,
  ]);
  const total = unknown ? null : addedIn(max_cost, parts, rateOf(view.run?.fx ?? {}));
  const show = (amount: number) => money({ amount, currency: max_cost.currency }, "en");
  const name = { zh: "费用", en: "cost" };
  return [atMost(null, "max_cost", name, total, max_cost.amount, show)];
}

function addedIn({ currency }: Money, parts: readonly Money[], rate: number | null): number | null {
  let sum = 0;
  for (const part of parts) {
    if (part.currency === currency || part.amount === 0) sum += part.amount;
    else if (rate === null) return null;
    else sum += currency === "CNY" ? part.amount * rate : part.amount / rate;
  }
  return sum;
}

/**
 * Exit code of a gate: 1 where a rule failed or could not be checked, 3 where there are not enough data, calls
 * failed for good without a declared `max_error_rate`, or the run is not complete; else 0.
 */
export function gateExitCode(gate: Gate, checks: readonly Check[], view: View): 0 | 1 | 3 {
  if (checks.some(({ result }) => result === "failed" || result === "unknown")) return 1;
  if (checks.some(({ result }) => result === "undecided")) return 3;
  if (view.ends.some((end) => end?.status !== "complete")) return 3;
  const failed = view.ends.some((end) => (end?.failed ?? 0) > 0);
  return failed && gate.max_error_rate === undefined ? 3 : 0;
}
