import { resolve } from "node:path";

import type { Money } from "../../domain/money.ts";
import type { Lang } from "../../domain/text.ts";
import type { VarianceComponents } from "../../report/plan/sample-size.ts";
import type { Context } from "../context.ts";

import { formats } from "../../domain/formats.ts";
import { forecast } from "../../engine/plan/forecast.ts";
import { makePlan } from "../../engine/plan/plan.ts";
import {
  assumedSpread,
  detectableWith,
  halfWidth,
  sampleSizes,
  spreadOf,
} from "../../report/plan/sample-size.ts";
import { clean, fixed, money } from "../../report/render/format.ts";
import { jsonText } from "../../report/render/plain.ts";
import { renderTerminal } from "../../report/render/terminal.ts";
import { summaryOf } from "../../report/score/summary.ts";
import { buildTree } from "../../report/score/tree.ts";
import { readView } from "../../report/view/read.ts";
import { defineCommand, number, points, text } from "../options.ts";
import { setUp, type SetupOptions } from "../run/setup.ts";
import { shared } from "../shared-options.ts";

/** Cost of one answer, by target; null if it is unknown. */
type Prices = ReadonlyMap<string, Money | null>;

/** Exit 0, 2 for wrong usage. */
export const command = defineCommand({
  usage: "[suite|board] --detect 3 [--power 0.8] [--run RUN]",
  options: {
    detect: points(
      { zh: "想分辨的差距，分，默认 3", en: "difference to be detected, in points (default 3)" },
      { least: 0.01, most: 100 },
      0.03,
    ),
    power: number(
      {
        zh: "检验功效，即能发现这一差距的概率，默认 0.8",
        en: "power, the chance to detect it (default 0.8)",
      },
      { least: 0.5, most: 0.999 },
      0.8,
    ),
    run: text({
      zh: "从这次运行取实测的离散程度与费用",
      en: "take measured spread and cost from this run",
    }),
    model: shared.model,
    config: shared.config,
    filter: shared.filter,
    limit: shared.limit,
    viaSim: shared.viaSim,
    json: shared.json,
  },
  run: async (options, context) => {
    const { detect: delta, power, run, json } = options;
    const measured = run === null ? null : await readMeasured(resolve(context.cwd, run));
    const planned = await readPlanned(options, context);
    const prices = new Map([...planned.prices, ...(measured?.prices ?? [])]);
    const spread = measured?.spread ?? assumedSpread;
    const facts = { delta, power, spread, prices, items: planned.items, trials: planned.trials };
    context.print(json ? jsonText(jsonOf(facts), 2) : textOf(facts, context));
    return 0;
  },
});

async function readMeasured(
  file: string,
): Promise<{ readonly spread: VarianceComponents; readonly prices: Prices }> {
  const view = await readView([file]);
  const root = buildTree(view, null);
  const prices = view.targets
    .filter(({ entry }) => entry?.baseline !== true)
    .map((target): [string, Money | null] => {
      const { cost_per } = summaryOf(view, target, { root });
      const per = cost_per.thousand_calls;
      return [target.ref, per === null ? null : { ...per, amount: per.amount / 1_000 }];
    });
  return { spread: spreadOf(view), prices: new Map(prices) };
}

/** What the named suites hold, and what an answer to them may cost at most. */
async function readPlanned(
  options: SetupOptions,
  context: Context,
): Promise<{ readonly items: number; readonly trials: number; readonly prices: Prices }> {
  const setup = await setUp(options, context, null);
  try {
    const plan = await makePlan(setup);
    try {
      const { items, per_target } = plan.size;
      const asked = new Set(
        plan.targets.filter(({ entry }) => !entry.baseline).map(({ entry }) => entry.ref),
      );
      const prices = (await forecast(plan))
        .filter(({ target }) => asked.has(target))
        .map(({ target, cost }): [string, Money | null] => [
          target,
          cost === null ? null : { ...cost, amount: cost.amount / per_target },
        ]);
      return { items, trials: plan.settings.trials, prices: new Map(prices) };
    } finally {
      await plan.close();
    }
  } finally {
    await setup.close();
  }
}

type Facts = {
  readonly delta: number;
  readonly power: number;
  readonly spread: VarianceComponents;
  readonly prices: Prices;
  readonly items: number;
  readonly trials: number;
};

const jsonOf = ({ delta, power, spread, prices, items, trials }: Facts) => ({
  schema: formats.sampleSize,
  detect: delta,
  power,
  spread,
  have: { items, trials, detectable: detectableWith(items, trials, spread, power) },
  need: sampleSizes(delta, spread, power).map((size) => ({
    ...size,
    cost: Object.fromEntries(
      [...prices].map(([target, price]) => [target, times(price, size.answers)]),
    ),
  })),
});

const times = (price: Money | null, answers: number): Money | null =>
  price === null ? null : { ...price, amount: price.amount * answers };

function textOf(facts: Facts, { lang, columns }: Context): string {
  const { delta, power, spread, prices, items, trials } = facts;
  const zh = lang === "zh";
  const points = (fraction: number) => fixed(fraction * 100, 1);
  const sizes = sampleSizes(delta, spread, power);
  const titles = zh ? ["重复次数", "题数", "每目标作答"] : ["Trials", "Items", "Answers each"];
  const table = {
    columns: [
      ...titles.map((title) => ({ title, align: "right" as const })),
      ...[...prices.keys()].map((target) => ({
        title: clean(target),
        align: "right" as const,
        drop: 1,
      })),
    ],
    rows: sizes.map((size) => [
      String(size.trials),
      String(size.items),
      String(size.answers),
      ...[...prices.values()].map((price) => money(times(price, size.answers), lang)),
    ]),
  };
  const have = detectableWith(items, trials, spread, power);
  return [
    zh
      ? `以 ${points(power)}% 的检验功效分辨 ${points(delta)} 分的差距，每题问一次需要 ${sizes[0]?.items} 题。`
      : `To see a difference of ${points(delta)} points in ${points(power)}% of cases takes ${sizes[0]?.items} items asked once.`,
    zh
      ? `现有 ${items} 题 × ${trials} 次，能分辨的最小差距是 ${points(have)} 分；单个分数的 95% 区间约 ±${points(halfWidth(items))} 分。`
      : `The ${items} items × ${trials} at hand show a difference of ${points(have)} points; a single score is good to about ±${points(halfWidth(items))} points.`,
    "",
    renderTerminal(table, columns),
    "",
    spreadText(spread, lang),
    zh
      ? "费用：有 --run 时按每次作答的实测均价，否则按提示词和回答上限估算，为上限。"
      : "Cost: the measured mean per answer with --run, else estimated from prompts and the bound of the answers: at most.",
  ].join("\n");
}

function spreadText({ source, between, within }: VarianceComponents, lang: Lang): string {
  const figures = `ω² = ${fixed(between, 3)}, σ² = ${fixed(within, 3)}`;
  if (lang === "zh") {
    return source === "measured"
      ? `离散程度为实测值：${figures}。`
      : `离散程度为假定值：${figures}；用 --run 换成实测值。`;
  }
  return source === "measured"
    ? `Spread as measured: ${figures}.`
    : `Spread is assumed: ${figures}; measure it with --run.`;
}
