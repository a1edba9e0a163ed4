import type { RunLine } from "../../domain/run-file/header.ts";
import type { EndLine } from "../../domain/run-file/session.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";

import { isObject } from "../../domain/json.ts";
import { clean, unknown } from "../render/format.ts";
import { settingWords } from "./setting-words.ts";

export const suiteTableTitle: Text = { zh: "题集", en: "Suites" };

/** The suites of runs, with where they come from and the digest of their contents. */
export function suiteTable(runs: readonly RunLine[], lang: Lang): Table {
  return {
    columns: [
      { title: { zh: "运行", en: "Run" }[lang] },
      { title: suiteTableTitle[lang] },
      { title: { zh: "题数", en: "Items" }[lang], align: "right" },
      { title: { zh: "许可证", en: "Licence" }[lang] },
      { title: { zh: "来源", en: "Source" }[lang] },
      { title: { zh: "内容摘要", en: "Digest" }[lang] },
    ],
    rows: runs.flatMap(({ id, suites }) =>
      suites.map((suite) => [
        id,
        suite.title === null ? suite.id : `${clean(suite.title)} (${suite.id})`,
        String(suite.items),
        clean(suite.license ?? "—"),
        clean(suite.source ?? "—"),
        suite.digest.slice(0, 16),
      ]),
    ),
  };
}

export const priceTableTitle: Text = {
  zh: "目标与单价（每百万 tokens）",
  en: "Targets and prices (per million tokens)",
};

/** Each target once, as its last run asked it: model, address, params, and the price with its date and source. */
export function priceTable(runs: readonly RunLine[], lang: Lang): Table {
  const targets = runs.flatMap((run) => run.targets.filter(({ baseline }) => !baseline));
  const seen = new Map(targets.map((target) => [target.ref, target]));
  const right = (zh: string, en: string) => ({
    title: { zh, en }[lang],
    align: "right" as const,
  });
  return {
    columns: [
      { title: { zh: "模型", en: "Model" }[lang] },
      { title: { zh: "请求的模型", en: "Model asked" }[lang] },
      { title: { zh: "协议", en: "Protocol" }[lang] },
      { title: { zh: "地址", en: "Address" }[lang] },
      right("输入", "Input"),
      right("缓存", "Cached"),
      right("输出", "Output"),
      { title: { zh: "自", en: "Since" }[lang] },
      { title: { zh: "核实", en: "Checked" }[lang] },
      { title: { zh: "出处", en: "Source" }[lang] },
      { title: { zh: "参数", en: "Params" }[lang] },
    ],
    rows: [...seen.values()].map(({ ref, model, protocol, base_url, price, params }) => {
      const tiers = price?.tiers ?? [];
      const each = (read: (tier: (typeof tiers)[number]) => number | undefined): string =>
        price === null
          ? unknown[lang]
          : `${[...new Set(tiers.map((tier) => read(tier) ?? "—"))].join(" / ")} ${price.currency}`;
      return [
        clean(ref),
        clean(model),
        protocol,
        clean(base_url),
        each(({ input }) => input),
        each(({ cached_input }) => cached_input),
        each(({ output }) => output),
        price?.since ?? "—",
        price === null ? "—" : price.verified ? "✓" : { zh: "未核实", en: "no" }[lang],
        clean(price?.source ?? "—"),
        JSON.stringify(params),
      ];
    }),
  };
}

/** The settings of a run by their names in its file, with the digest of its plan and how it ended. */
export const settingsOf = (
  { settings, plan_digest, zone }: RunLine,
  end: EndLine | null,
  lang: Lang,
): readonly (readonly [name: string, value: string])[] =>
  Object.entries({
    ...settings,
    plan_digest,
    zone,
    status: end?.status ?? "interrupted",
  }).map(([name, value]) => [titleOf(name, lang), valueText(value, lang)]);

const titleOf = (name: string, lang: Lang): string =>
  lang === "zh" && isSetting(name) ? `${settingWords[name]}（${name}）` : name;

const isSetting = (name: string): name is keyof typeof settingWords =>
  Object.hasOwn(settingWords, name);

/** Of what has members, each with its value. */
function valueText(value: unknown, lang: Lang): string {
  if (value === null) return "—";
  if (typeof value === "string") return value;
  if (typeof value === "boolean")
    return { zh: value ? "是" : "否", en: value ? "yes" : "no" }[lang];
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value);
  return members.length === 0
    ? "—"
    : members
        .map(([name, own]) => `${name} ${typeof own === "string" ? own : JSON.stringify(own)}`)
        .join(lang === "zh" ? "，" : ", ");
}
