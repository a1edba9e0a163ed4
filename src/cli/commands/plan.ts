import { resolve } from "node:path";

import type { Money } from "../../domain/money.ts";
import type { Lang } from "../../domain/text.ts";
import type { VarianceComponents } from "../../report/plan/sample-size.ts";
import type { Command, Context, Parsed } from "../command.ts";

import { UserError } from "../../domain/text.ts";
import { forecast } from "../../engine/plan/forecast.ts";
import { makePlan } from "../../engine/plan/plan.ts";
import { clean, fixed, money } from "../../report/render/format.ts";
import { readView } from "../../report/view/read.ts";
import {
  assumedSpread,
  detectableWith,
  halfWidth,
  sampleSizes,
  spreadOf,
} from "../../report/plan/sample-size.ts";
import { summaryOf } from "../../report/score/summary.ts";
import { renderTerminal } from "../../report/render/terminal.ts";
import { buildTree } from "../../report/score/tree.ts";
import { commonOptions } from "../options.ts";
import { runOptions } from "../run/options.ts";
import { setUp } from "../run/setup.ts";

/** Cost of one answer by target; null where it is unknown. */
type Prices = ReadonlyMap<string, Money | null>;

/** Exit 0, 2 for wrong usage. */
export const command: Command = {
  summary: {
    zh: "算出要多少题、重复几次、花多少钱",
    en: "items, trials and cost that a comparison needs",
  },
  usage: "[suite|board] --detect 3 [--power 0.8] [--run RUN]",
  options: {
    detect: {
      type: "string",
      help: {
        zh: "想分辨的差距，分，默认 3",
        en: "difference to be seen, in points; 3 unless said",
      },
    },
    power: {
      type: "string",
      help: { zh: "分辨得出的概率，默认 0.8", en: "chance to see it; 0.8 unless said" },
    },
    run: {
      type: "string",
      help: { zh: "从这次运行取实测的离散与费用", en: "take spread and cost from this run" },
    },
    model: runOptions.model,
    config: runOptions.config,
    filter: runOptions.filter,
    limit: runOptions.limit,
    "via-sim": runOptions["via-sim"],
    json: commonOptions.json,
  },
  run: async (parsed, context) => {
    const delta = numberOf(parsed, "detect", 3, 0.01, 100) / 100;
    const power = numberOf(parsed, "power", 0.8, 0.5, 0.999);
    const measured = await readMeasured(parsed, context);
    const planned = await readPlanned(parsed, context);
    const prices = new Map([...planned.prices, ...(measured?.prices ?? [])]);
    const spread = measured?.spread ?? assumedSpread;
    const facts = { delta, power, spread, prices, items: planned.items, trials: planned.trials };
    const text =
      parsed.values["json"] === true
        ? JSON.stringify(jsonOf(facts), null, 2)
        : textOf(facts, context);
    context.print(text);
    return 0;
  },
};

function numberOf(
  { values }: Parsed,
  name: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const value = values[name];
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (number >= least && number <= most) return number;
  throw new UserError({
    zh: `--${name} 应在 ${least} 与 ${most} 之间，而不是 ${String(value)}`,
    en: `--${name} should be between ${least} and ${most}, not ${String(value)}`,
  });
}

async function readMeasured(
  { values }: Parsed,
  { cwd }: Context,
): Promise<{ readonly spread: VarianceComponents; readonly prices: Prices } | null> {
  const run = values["run"];
  if (typeof run !== "string") return null;
  const view = await readView([resolve(cwd, run)]);
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
  parsed: Parsed,
  context: Context,
): Promise<{ readonly items: number; readonly trials: number; readonly prices: Prices }> {
  const setup = await setUp(parsed, context, null);
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
  schema: "sample-size/1",
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
  const titles = zh ? ["每题次数", "题数", "每目标作答"] : ["Trials", "Items", "Answers each"];
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
      ? `要以 ${points(power)}% 的把握分辨 ${points(delta)} 分的差距，每题问一次需要 ${sizes[0]?.items} 题。`
      : `To see a difference of ${points(delta)} points in ${points(power)}% of cases takes ${sizes[0]?.items} items asked once.`,
    zh
      ? `现有 ${items} 题 × ${trials} 次，能分辨的最小差距是 ${points(have)} 分；单个分数的 95% 区间约 ±${points(halfWidth(items))} 分。`
      : `The ${items} items × ${trials} at hand show a difference of ${points(have)} points; a single score is good to about ±${points(halfWidth(items))} points.`,
    "",
    renderTerminal(table, columns),
    "",
    spreadText(spread, lang),
    zh
      ? "费用：有 --run 时按实测每答均价，否则按提示词与回答上限估算，是上限。"
      : "Cost: the measured mean an answer with --run, else estimated from prompts and the bound of the answers: at most.",
  ].join("\n");
}

function spreadText({ source, between, within }: VarianceComponents, lang: Lang): string {
  const figures = `ω² = ${fixed(between, 3)}, σ² = ${fixed(within, 3)}`;
  if (lang === "zh") {
    return source === "measured"
      ? `离散取自实测：${figures}。`
      : `离散是假设：${figures}；用 --run 换成实测。`;
  }
  return source === "measured"
    ? `Spread as measured: ${figures}.`
    : `Spread is assumed: ${figures}; measure it with --run.`;
}
