import type { Gate } from "../../domain/config.ts";
import type { Money } from "../../domain/money.ts";
import type { Text } from "../../domain/text.ts";
import type { Comparison } from "../compare/comparison.ts";
import type { Leaderboard } from "../leaderboard/leaderboard.ts";
import type { Summary } from "../score/summary.ts";
import type { View } from "../view/model.ts";

import { durationMs } from "../../domain/config.ts";
import { changeOf } from "../compare/comparison.ts";
import { verdictTexts } from "../compare/text.ts";
import { isUndecided } from "../compare/verdict.ts";
import { fixed, money, percent, seconds, signed } from "../render/format.ts";
import { rateOf } from "../score/amounts.ts";
import { check, type Check } from "./check.ts";
import { dimensionKey } from "./dimension-key.ts";
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
      redLineCheck(gate, summary),
      ...shareChecks(gate, summary),
      ...latencyCheck(gate, summary),
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

const redLineCheck = ({ max_red_lines }: Gate, { target, red_lines }: Summary): Check =>
  check(
    target,
    "max_red_lines",
    red_lines <= max_red_lines,
    `红线题答错 ${red_lines}，最多 ${max_red_lines}`,
    `${red_lines} red-line items wrong, at most ${max_red_lines}`,
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

/** Tolerance for the rounding error of adding many small parts. */
const dust = 1e-9;

function atMost(
  target: string | null,
  rule: string,
  name: Text,
  value: number | null,
  limit: number,
  show: (value: number) => string,
): Check {
  if (value === null) return check(target, rule, "unknown", `${name.zh}未知`, `${name.en} unknown`);
  const over = Number.isFinite(value) ? show(Math.abs(value - limit)) : "∞";
  const ok = value <= limit * (1 + dust);
  return check(
    target,
    rule,
    ok,
    `${name.zh} ${show(value)}，最多 ${show(limit)}${ok ? "" : `，超出 ${over}`}`,
    `${name.en} ${show(value)}, at most ${show(limit)}${ok ? "" : `, over by ${over}`}`,
  );
}

function atLeast(
  target: string,
  rule: string,
  name: Text,
  value: number | null,
  limit: number,
): Check {
  if (value === null) return check(target, rule, "unknown", `${name.zh}未知`, `${name.en} unknown`);
  const ok = value >= limit * (1 - dust);
  const under = percent(limit - value);
  return check(
    target,
    rule,
    ok,
    `${name.zh} ${percent(value)}，至少 ${percent(limit)}${ok ? "" : `，还差 ${under}`}`,
    `${name.en} ${percent(value)}, at least ${percent(limit)}${ok ? "" : `, short by ${under}`}`,
  );
}

function latencyCheck({ max_first_token_p95 }: Gate, summary: Summary): readonly Check[] {
  if (max_first_token_p95 === undefined) return [];
  const limit = durationMs(max_first_token_p95);
  const p95 = summary.first_token_ms?.p95.value ?? null;
  const name = { zh: "首字延迟 p95 (秒)", en: "TTFT p95 (s)" };
  return [atMost(summary.target, "max_first_token_p95", name, p95, limit, seconds)];
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

function regressionChecks({ regression }: Gate, comparison: Comparison): readonly Check[] {
  const { targets, total, parts, ratios, same_answers } = comparison;
  const worse = parts.filter(({ verdict }) => verdict === "worse");
  const result =
    total.verdict === "worse" || worse.length > 0
      ? "failed"
      : isUndecided(total.verdict)
        ? "undecided"
        : "passed";
  const delta = total.delta === null ? "—" : signed(total.delta);
  const names = worse.map(({ path }) => dimensionKey(path)).join(", ");
  const self = same_answers.self
    ? { zh: "基准就是这同一批回答；", en: "the baseline is these same answers; " }
    : { zh: "", en: "" };
  const score = check(
    targets.new,
    "regression",
    result,
    `${self.zh}与基准相差 ${delta} 分：${verdictTexts[total.verdict].zh}${names === "" ? "" : `；变差的维度：${names}`}`,
    `${self.en}${delta} points from the baseline: ${total.verdict}${names === "" ? "" : `; worse in ${names}`}`,
  );
  const changes = [
    {
      on: regression?.latency,
      rule: "regression latency",
      ratio: ratios.first_token_ms,
      least: 0.05,
    },
    { on: regression?.cost, rule: "regression cost", ratio: ratios.cost, least: 0.01 },
  ];
  return [
    score,
    ...changes
      .filter(({ on }) => on === true)
      .map(({ rule, ratio, least }) => {
        const shown = ratio === null ? "—" : `×${fixed(ratio.ratio, 2)}`;
        const outcome = ratio === null ? "unknown" : changeOf(ratio, least) !== "more";
        return check(targets.new, rule, outcome, `与基准之比 ${shown}`, `${shown} of the baseline`);
      }),
  ];
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
