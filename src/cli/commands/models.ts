import type { Standing } from "../../domain/life/life-cycle.ts";
import type { PriceRow, PriceTier } from "../../domain/money.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Vendor } from "../../store/providers/providers.ts";
import type { Context } from "../context.ts";

import { standingAt } from "../../domain/life/life-cycle.ts";
import { freshDays } from "../../domain/life/read-day.ts";
import { priceAt } from "../../domain/money.ts";
import { UserError } from "../../domain/text.ts";
import { lifeWords } from "../../report/catalogue/life-words.ts";
import { count, unknown } from "../../report/render/format.ts";
import { jsonText } from "../../report/render/plain.ts";
import { renderTerminal } from "../../report/render/terminal.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig } from "../../store/config.ts";
import { staleGroups } from "../../store/providers/facts/dated-facts.ts";
import { allVendors, openVendors } from "../../store/providers/providers.ts";
import { lifeOf, modelRow } from "../../store/providers/targets.ts";
import { didYouMean } from "../../validation/suggest.ts";
import { defineCommand, text } from "../options.ts";
import { shared } from "../shared-options.ts";

export const command = defineCommand({
  usage: "[WORD…] [--provider p] [--config f] [--json]",
  options: {
    provider: text({ zh: "只列这个服务商", en: "of this provider alone" }),
    config: shared.config,
    json: shared.json,
  },
  run: async (
    { provider, config: named, json, positionals: asked },
    { cwd, print, now, ...context },
  ) => {
    const config = await readConfig(cwd, named);
    const folder = builtinFolder("providers");
    const vendors =
      provider === null
        ? await allVendors(folder, config)
        : [await openVendors(folder, config, cwd).get(provider)];
    const known = vendors.flatMap((vendor) => modelsOf(vendor, now()));
    const models = known.filter((model) => asked.every((word) => isAbout(model, word)));
    if (models.length === 0 && asked.length > 0) throw noneSuch(asked, known);
    const lines = [
      tableOf(models, context),
      "",
      note[context.lang],
      ...(provider === null ? [] : lifeLines(models, now(), context.lang)),
      ...staleNote(vendors, now(), context.lang),
    ];
    print(json ? jsonText(models, 2) : lines.join("\n"));
    return 0;
  },
});

type Model = ReturnType<typeof modelsOf>[number];

/** Whether a word stands in a model's name, its title, its maker's or its provider's. */
const isAbout = ({ ref, title, vendor }: Model, word: string): boolean =>
  [ref, title, vendor].some((text) => text?.toLowerCase().includes(word.toLowerCase()) ?? false);

/** Words that stand in no model's name, with the names that one of them may be meant for. */
function noneSuch(asked: readonly string[], known: readonly Model[]): UserError {
  const names = known.flatMap(({ ref }) => [ref, ref.slice(ref.indexOf("/") + 1)]);
  const meant = asked
    .filter((word) => !known.some((model) => isAbout(model, word)))
    .map((word) => didYouMean(word, names))
    .find(({ en }) => en !== "") ?? { zh: "", en: "" };
  return new UserError({
    zh: `没有名称含“${asked.join(" ")}”的模型${meant.zh}${meant.zh === "" ? "；" : ""}不在表中的模型同样可用，写成 服务商/模型`,
    en: `no model has "${asked.join(" ")}" in its name${meant.en}${meant.en === "" ? ";" : ""} one that is not listed runs as well, as provider/model`,
  });
}

function modelsOf(vendor: Vendor, now: Date) {
  return (vendor.models ?? []).flatMap((model) => {
    if (!("id" in model)) return [];
    const row = modelRow(vendor, model.id);
    const life = lifeOf(vendor, model.id);
    return [
      {
        ref: `${vendor.id}/${model.id}`,
        title: row.title ?? null,
        vendor: row.vendor ?? null,
        base_model: row.base_model ?? null,
        context: row.context ?? null,
        max_output: row.max_output ?? null,
        limits: { concurrency: null, rpm: null, tpm: null, ...row.limits },
        variants: Object.keys(row.variants ?? {}),
        price: priceAt(row.price ?? null, now),
        released: row.life?.released ?? null,
        standing: life === undefined ? null : standingAt(life, now),
      },
    ];
  });
}

function tableOf(
  models: readonly Model[],
  { lang, columns }: Pick<Context, "lang" | "columns">,
): string {
  return renderTerminal(
    {
      columns: [
        { title: words.ref[lang], shrink: 24 },
        { title: words.state[lang], drop: 1 },
        { title: words.input[lang], align: "right" },
        { title: words.cached[lang], align: "right", drop: 2 },
        { title: words.output[lang], align: "right" },
        { title: words.currency[lang], drop: 2 },
        { title: words.verified[lang], drop: 3 },
        { title: words.context[lang], align: "right", drop: 4 },
        { title: words.max_output[lang], align: "right", drop: 5 },
        { title: words.limits[lang], drop: 6 },
        { title: words.variants[lang], drop: 7 },
      ],
      rows: models.map((model) => cells(model, lang)),
    },
    columns,
  );
}

function cells(model: Model, lang: Lang): readonly string[] {
  const { price, limits } = model;
  const { concurrency, rpm } = limits;
  return [
    model.ref,
    stateText(model.standing, lang),
    range(price, (tier) => tier.input, lang),
    range(price, (tier) => tier.cached_input, lang),
    range(price, (tier) => tier.output, lang),
    price?.currency ?? "",
    price === null ? "" : price.verified ? words.yes[lang] : words.no[lang],
    count(model.context, lang),
    count(model.max_output, lang),
    [
      ...(rpm === null ? [] : [`${rpm}/${words.minute[lang]}`]),
      ...(concurrency === null ? [] : [`${concurrency} ${words.lanes[lang]}`]),
    ].join(" "),
    model.variants.map((name) => `@${name}`).join(" "),
  ];
}

function stateText(standing: Standing | null, lang: Lang): string {
  if (standing === null) return "";
  const { stage, alias, retires } = standing;
  if (stage !== "current") return `${retires} ${words[stage][lang]}`;
  return alias === null ? "" : words.alias[lang];
}

/** In full for one provider; of all there would be too many. */
const lifeLines = (models: readonly Model[], at: Date, lang: Lang): readonly string[] =>
  models.flatMap(({ ref, standing }) => {
    const said = standing === null ? null : lifeWords(standing, at);
    return said === null ? [] : [`· ${ref} ${said[lang]}`];
  });

function staleNote(vendors: readonly Vendor[], at: Date, lang: Lang): readonly string[] {
  const ids = vendors.filter((each) => staleGroups(each, at).length > 0).map(({ id }) => id);
  if (ids.length === 0) return [];
  return [
    lang === "zh"
      ? `有超过 ${freshDays} 天没有重查的资料：${ids.join("、")}（baimo providers --stale）`
      : `Facts older than ${freshDays} days: ${ids.join(", ")} (baimo providers --stale)`,
  ];
}

/** The lowest and the highest price of a list's tiers; unknown where no tier has one. */
function range(
  price: PriceRow | null,
  pick: (tier: PriceTier) => number | undefined,
  lang: Lang,
): string {
  const prices = (price?.tiers ?? []).map(pick).filter((each) => each !== undefined);
  if (prices.length === 0) return unknown[lang];
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  return least === most ? String(least) : `${least}–${most}`;
}

const words = {
  ref: { zh: "模型", en: "model" },
  state: { zh: "状态", en: "state" },
  alias: { zh: "别名", en: "alias" },
  retiring: { zh: "下线", en: "ends" },
  retired: { zh: "已下线", en: "ended" },
  input: { zh: "输入", en: "input" },
  cached: { zh: "缓存命中", en: "cached" },
  output: { zh: "输出", en: "output" },
  currency: { zh: "币种", en: "currency" },
  verified: { zh: "核实", en: "checked" },
  context: { zh: "上下文", en: "context" },
  max_output: { zh: "最长输出", en: "max output" },
  limits: { zh: "限额", en: "limits" },
  variants: { zh: "变体", en: "variants" },
  yes: { zh: "已核实", en: "verified" },
  no: { zh: "未核实", en: "unverified" },
  minute: { zh: "分钟", en: "min" },
  lanes: { zh: "路并发", en: "at once" },
} as const satisfies Readonly<Record<string, Text>>;

const note: Text = {
  zh: "价格：每百万 tokens；分档计价的写成“最低–最高”，各档见 --json。不在表中的模型同样可用，费用记为未知。",
  en: "Prices per million tokens; tiers are shown as lowest–highest, see --json for each. A model that is not listed runs as well; its cost is unknown.",
};
