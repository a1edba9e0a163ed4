import type { Lang } from "../../domain/text.ts";
import type { RunJudges } from "../../engine/judges/judging.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { Context } from "../context.ts";

import { assumedOutput } from "../../engine/plan/estimate.ts";
import { forecastJudges } from "../../engine/plan/forecast-judges.ts";
import { type Forecast, forecast } from "../../engine/plan/forecast.ts";

/** Prints what a run would ask of whom, and what it may cost at most; asks nothing. Exit 0. */
export async function dryRun(
  plan: Plan,
  judging: RunJudges | null,
  { lang, print }: Context,
): Promise<number> {
  const { items, per_target, answers } = plan.size;
  const suites = {
    zh: plan.suites.map(({ id, items: count }) => `${id} ${count} 题`).join("、"),
    en: plan.suites.map(({ id, items: count }) => `${id}: ${count} items`).join(", "),
  };
  const rows = await forecast(plan);
  const width = Math.max(...rows.map(({ target }) => target.length));
  print(
    {
      zh: `题集：${suites.zh}\n共 ${items} 题，每个目标 ${per_target} 次作答，合计 ${answers} 次。未提问。`,
      en: `Suites: ${suites.en}\n${items} items in all, ${per_target} answers per target, ${answers} in all. Nothing was asked.`,
    }[lang],
  );
  for (const row of rows) print(rowText(row, width, lang));
  const judges = judging === null ? [] : await forecastJudges(plan, judging);
  for (const row of judges) print(judgeText(row, lang));
  for (const total of totals([...rows, ...judges]))
    print(`${{ zh: "合计最多", en: "At most in all" }[lang]} ${total}`);
  print(assumptions(lang));
  return 0;
}

function rowText(
  { target, calls, input_tokens, output_tokens, cost }: Forecast,
  width: number,
  lang: Lang,
) {
  const money =
    cost === null
      ? { zh: "费用未知", en: "cost unknown" }[lang]
      : `${{ zh: "最多", en: "at most" }[lang]} ${moneyText(cost.amount, cost.currency)}`;
  const counts = {
    zh: `调用 ${calls}  输入 ${input_tokens} tokens  输出最多 ${output_tokens} tokens`,
    en: `${calls} calls  ${input_tokens} input tokens  at most ${output_tokens} output tokens`,
  }[lang];
  return `${target.padEnd(width)}  ${counts}  ${money}`;
}

const judgeText = (
  { target, calls, cost }: Pick<Forecast, "target" | "calls" | "cost">,
  lang: Lang,
) =>
  `${{ zh: "裁判", en: "judge" }[lang]} ${target}  ${{ zh: `调用 ${calls}`, en: `${calls} calls` }[lang]}  ${
    cost === null
      ? { zh: "费用未知", en: "cost unknown" }[lang]
      : `${{ zh: "最多", en: "at most" }[lang]} ${moneyText(cost.amount, cost.currency)}`
  }`;

/** One total per currency: amounts of two currencies are never added. */
function totals(rows: readonly Pick<Forecast, "cost">[]): readonly string[] {
  return (["CNY", "USD"] as const).flatMap((currency) => {
    const own = rows.flatMap(({ cost }) => (cost?.currency === currency ? [cost.amount] : []));
    const sum = own.reduce((total, amount) => total + amount, 0);
    return sum === 0 ? [] : [moneyText(sum, currency)];
  });
}

const moneyText = (amount: number, currency: string): string =>
  `${amount < 0.01 && amount > 0 ? amount.toPrecision(2) : amount.toFixed(2)} ${currency}`;

const assumptions = (lang: Lang): string =>
  ({
    zh: `假设：每个汉字 1 token、其他字符 0.35 token；每次回答都写满 max_tokens（没有上限的按 ${assumedOutput}；思考模型另加思考预算）；不含重试。`,
    en: `Assumed: 1 token per CJK character, 0.35 for any other; every answer as long as max_tokens allows (${assumedOutput} where there is no bound; thinking models: plus the thinking budget); no repeated attempts.`,
  })[lang];
