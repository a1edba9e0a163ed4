import type { RunJudges } from "../judges/judging.ts";
import type { Forecast } from "./forecast.ts";
import type { Plan } from "./plan.ts";

import { judgeNeed } from "../judges/judges.ts";
import { requestParams } from "../run/answer.ts";
import { assumedOutput, createEstimator, outputBound } from "./estimate.ts";

const mostItems = 1_000;

/** Upper estimate of what judging a run's answers takes from each judge, without retries. */
export async function forecastJudges(
  plan: Plan,
  judging: RunJudges,
): Promise<readonly Pick<Forecast, "target" | "calls" | "cost">[]> {
  const places = Math.min(plan.count, mostItems);
  const sums = judging.targets.map(() => ({ calls: 0, amount: 0, priced: true }));
  for (let place = 0; place < places; place += 1) {
    const item = await plan.item(place);
    const panels = await judging.calls(item);
    const questions = item.turns.flatMap(({ question, reference }) => [question, reference ?? ""]);
    for (const { entry, endpoint } of plan.targets) {
      const [prompt] = item.asks;
      if (prompt === undefined) continue;
      const params = requestParams({ item, prompt, trial: 1, entry }, plan.settings);
      const bound = outputBound(params, endpoint.request) ?? assumedOutput;
      for (const [index, target] of judging.targets.entries()) {
        const sum = sums[index];
        const calls = [...panels].reduce((total, [name, count]) => {
          const isMember = judging.panels.get(name)?.judges.includes(target.entry.ref) === true;
          return isMember ? total + count * item.asks.length : total;
        }, 0);
        if (sum === undefined || calls === 0) continue;
        const { cost } = judgeNeed(
          { target, estimator: createEstimator() },
          calls,
          questions,
          2 * bound,
        );
        sum.calls += calls;
        sum.amount += cost?.amount ?? 0;
        sum.priced &&= cost !== null;
      }
    }
  }
  const scale = (plan.count / places) * plan.settings.trials;
  return judging.targets.map(({ entry }, index) => {
    const { calls, amount, priced } = sums[index] ?? { calls: 0, amount: 0, priced: false };
    const currency = entry.price?.currency ?? "CNY";
    return {
      target: entry.ref,
      calls: Math.round(calls * scale),
      cost: priced ? { amount: amount * scale, currency } : null,
    };
  });
}
