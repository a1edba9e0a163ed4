import type { Money } from "../../../domain/money.ts";
import type { Settings } from "../../../domain/run-file/header.ts";
import type { Text } from "../../../domain/text.ts";
import type { Plan } from "../../../engine/plan/plan.ts";
import type { Setup } from "../setup.ts";

import { forecastJudges } from "../../../engine/plan/forecast-judges.ts";
import { forecast } from "../../../engine/plan/forecast.ts";
import { readResumePoint } from "../../../engine/run/resume.ts";

/** What a run that reached its caps needs to go on. */
export type HigherCaps = {
  /** Caps as options, since a continuation keeps the old ones: those of money pay for what was asked and all that is left. */
  readonly options: string;
  /** What one answer and the whole run cost at most, what is spent included; empty where the run has no cap of money, or prices of another currency. */
  readonly needs: Text;
};

/**
 * Caps of money with which the run in `file` comes to its end: what it has spent, and what is left by the costs of `--dry-run`; twice the old ones where prices of another
 * currency leave that open, as for caps of tokens, or more where twice would not pay for one more answer.
 */
export async function higherCaps(
  file: string,
  settings: Settings,
  { plan, judging }: Pick<Setup, "judging"> & { readonly plan: Plan },
): Promise<HigherCaps> {
  const { max_cost, max_cost_per_target = null } = settings;
  const { max_tokens_total, max_tokens_per_target = null } = settings;
  // Failed calls may be asked for again, and answers without a score are yet to be judged.
  const { done, unscored } = await readResumePoint(file, "all");
  const ungraded = new Set(unscored.map(({ answer }) => answer.key));
  const isLeft = (key: string): boolean => !done.answers.has(key);
  const asked = await forecast(plan, isLeft);
  const judged =
    judging === null
      ? []
      : await forecastJudges(plan, judging, (key) => isLeft(key) || ungraded.has(key));
  const spentIn = ({ currency }: Money): number =>
    [...done.spent.values()].reduce((sum, { cost }) => sum + (cost[currency] ?? 0), 0);
  const tokens = Math.max(...asked.map(({ most }) => most.tokens));
  const higher = (cap: Money | null): string | null => {
    if (cap === null) return null;
    const all = spentIn(cap) + sumOf([...asked, ...judged], cap);
    const dearest = largest(asked.map(({ most }) => most.cost));
    const room = isKnown(cap) ? all : Math.max(2 * cap.amount, cap.amount + dearest, all);
    return `${roundedUp(Math.max(cap.amount, room))}${cap.currency}`;
  };
  const isKnown = ({ currency }: Money): boolean =>
    [...asked, ...judged].every(
      ({ cost }) => cost === null || cost.amount === 0 || cost.currency === currency,
    );
  const more = (cap: number | null): number | null =>
    cap === null ? null : Math.max(2 * cap, Math.ceil(cap + tokens));
  const caps = [
    ["--max-cost", higher(max_cost)],
    ["--max-cost-per-target", higher(max_cost_per_target)],
    ["--max-tokens-total", more(max_tokens_total)],
    ["--max-tokens-per-target", more(max_tokens_per_target)],
  ] as const;
  return {
    options: caps
      .flatMap(([name, value]) => (value === null ? [] : [` ${name} ${value}`]))
      .join(""),
    needs: needsText(max_cost ?? max_cost_per_target),
  };

  function needsText(cap: Money | null): Text {
    const rows = [...asked, ...judged];
    if (cap === null || !isKnown(cap)) return { zh: "", en: "" };
    const one = `${roundedUp(largest(asked.map(({ most }) => most.cost)))} ${cap.currency}`;
    const spent = spentIn(cap);
    const all = `${roundedUp(spent + sumOf(rows, cap))} ${cap.currency}`;
    const had = spent === 0 ? null : `${roundedUp(spent)} ${cap.currency}`;
    return {
      zh: `一次作答最多要 ${one}${judging === null ? "" : "（裁判另计）"}，全部问完${had === null ? "" : `连已花的 ${had} 在内`}最多 ${all}`,
      en: `one answer takes at most ${one}${judging === null ? "" : " (judges apart)"}, all of them ${all}${had === null ? "" : ` with the ${had} spent so far`}`,
    };
  }
}

const largest = (costs: readonly (Money | null)[]): number =>
  Math.max(0, ...costs.map((cost) => cost?.amount ?? 0));

const sumOf = (rows: readonly { readonly cost: Money | null }[], { currency }: Money): number =>
  rows.reduce((sum, { cost }) => sum + (cost?.currency === currency ? cost.amount : 0), 0);

/** To two significant digits, so that the figure is short and never too small. */
function roundedUp(amount: number): number {
  if (amount === 0) return 0;
  const step = 10 ** (Math.floor(Math.log10(amount)) - 1);
  return Number((Math.ceil(amount / step - 1e-9) * step).toPrecision(3));
}
