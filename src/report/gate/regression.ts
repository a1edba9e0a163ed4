import type { Gate } from "../../domain/config.ts";
import type { Text } from "../../domain/text.ts";
import type { ChangeVerdict, Comparison } from "../compare/comparison.ts";
import type { Ratio } from "../compare/ratios.ts";

import { changesOf, isLatencyOpen } from "../compare/changes.ts";
import { concurrencyText } from "../compare/comparability/concurrency.ts";
import { verdictTexts } from "../compare/text.ts";
import { isUndecided } from "../compare/verdict.ts";
import { fixed, pText, signed } from "../render/format.ts";
import { check, type Check, untrusted } from "./check.ts";
import { dimensionKey } from "./dimension-key.ts";

/** What the rules say of one target against the baseline. */
export function regressionChecks({ regression }: Gate, comparison: Comparison): readonly Check[] {
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
  const chance = total.p === null ? "" : ` (p ${pText(total.p)})`;
  const self = same_answers.self
    ? { zh: "基准就是这同一批回答；", en: "the baseline is these same answers; " }
    : { zh: "", en: "" };
  const score = check(
    targets.new,
    "regression",
    result,
    `${self.zh}与基准相差 ${delta} 分${chance}：${verdictTexts[total.verdict].zh}${names === "" ? "" : `；变差的维度：${names}`}`,
    `${self.en}${delta} points from the baseline${chance}: ${total.verdict}${names === "" ? "" : `; worse in ${names}`}`,
  );
  return [
    score,
    ...(regression?.latency === true ? [latencyRegression(comparison)] : []),
    ...(regression?.cost === true
      ? [ratioCheck(targets.new, "regression cost", ratios.cost, changesOf(comparison).cost)]
      : []),
  ];
}

function latencyRegression(comparison: Comparison): Check {
  const { targets, ratios, timings, concurrency_gap } = comparison;
  const { first_token_ms } = changesOf(comparison);
  const told = ratioCheck(targets.new, "regression latency", ratios.first_token_ms, first_token_ms);
  if (first_token_ms === "untrusted") return untrusted(told, timings.base, timings.new);
  if (concurrency_gap !== null) return undecided(told, concurrencyText(concurrency_gap));
  return isLatencyOpen(comparison) ? { ...told, result: "undecided" } : told;
}

const undecided = ({ message, ...told }: Check, why: Text): Check => ({
  ...told,
  result: "undecided",
  message: { zh: `${message.zh}；${why.zh}`, en: `${message.en}; ${why.en}` },
});

function ratioCheck(
  target: string,
  rule: string,
  ratio: Ratio | null,
  change: ChangeVerdict,
): Check {
  const shown = ratio === null ? "—" : `×${fixed(ratio.ratio, 2)}`;
  const outcome = ratio === null ? "unknown" : change !== "more";
  return check(target, rule, outcome, `与基准之比 ${shown}`, `${shown} of the baseline`);
}
