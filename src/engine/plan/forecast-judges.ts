import type { RunJudges } from "../judges/judging.ts";
import type { Forecast, IsLeft } from "./forecast.ts";
import type { Plan } from "./plan.ts";

import { judgeNeed } from "../judges/judges.ts";
import { requestParams } from "../run/answer.ts";
import { isAskedOf } from "./asked-of.ts";
import { assumedOutput, createEstimator, outputBound } from "./estimate.ts";
import { trialsLeft } from "./forecast.ts";

const mostItems = 1_000;

/** Upper estimate of what judging a run's answers takes from each judge, without retries; of a run that is under way, what judging the answers that are left takes. */
export async function forecastJudges(
  plan: Plan,
  judging: RunJudges,
  isLeft: IsLeft = () => true,
): Promise<readonly Pick<Forecast, "target" | "calls" | "cost">[]> {
  const places = Math.min(plan.count, mostItems);
  const sums = judging.targets.map(() => ({ calls: 0, amount: 0, priced: true }));
  for (let at = 0; at < places; at += 1) {
    const item = await plan.item(Math.floor((at * plan.count) / places));
    const panels = await judging.calls(item);
    const questions = item.turns.flatMap(({ question, reference }) => [question, reference ?? ""]);
    for (const { entry, endpoint } of plan.targets) {
      const [prompt] = item.asks;
      if (prompt === undefined) continue;
      const left = item.asks
        .filter((each) => isAskedOf(each, entry.ref))
        .reduce((total, { wording }) => {
          const answer = { item: item.item, wording, target: entry.ref };
          return total + trialsLeft(answer, plan.settings, isLeft);
        }, 0);
      const params = requestParams({ item, prompt, trial: 1, entry }, plan.settings);
      const bound = outputBound(params, endpoint.request) ?? assumedOutput;
      for (const [index, target] of judging.targets.entries()) {
        const sum = sums[index];
        const calls = [...panels].reduce((total, [name, count]) => {
          const isMember = judging.panels.get(name)?.judges.includes(target.entry.ref) === true;
          return isMember ? total + count * left : total;
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
  const scale = plan.count / places;
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
