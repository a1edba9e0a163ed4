import { resolve } from "node:path";

import type { Currency } from "../../domain/money.ts";
import type { Lang } from "../../domain/text.ts";
import type { Repriced } from "../../report/bill/reprice.ts";

import { Prices } from "../../domain/choosing/prices.ts";
import { UserError } from "../../domain/text.ts";
import { reprice } from "../../report/bill/reprice.ts";
import { clean, count, money, unknown } from "../../report/render/format.ts";
import { jsonText } from "../../report/render/plain.ts";
import { renderTerminal } from "../../report/render/terminal.ts";
import { readYaml } from "../../store/yaml/yaml.ts";
import { samplePrices } from "../bill/sample.ts";
import { defineCommand, flag, text } from "../options.ts";
import { shared } from "../shared-options.ts";

/** Exit 0, or 3 where the file holds no calls of a vendor. */
export const command = defineCommand({
  usage: "RUN --prices p.yaml [--json] · --sample",
  options: {
    prices: text({
      zh: "自己的价格（YAML）：合同价、折扣、资源包",
      en: "prices of one's own (YAML): contracts, discounts, packages",
    }),
    sample: flag({ zh: "打印一份带注释的价格文件", en: "print a commented file of prices" }),
    json: shared.json,
  },
  run: async ({ prices: named, sample, json, positionals }, { cwd, lang, columns, print }) => {
    if (sample) {
      print(samplePrices[lang].trimEnd());
      return 0;
    }
    const [run, ...more] = positionals;
    if (named === null || run === undefined || more.length > 0) throw missing;
    const prices = (await readYaml(resolve(cwd, named), Prices)).value;
    const repriced = await reprice(resolve(cwd, run), prices);
    const { source, read } = prices;
    print(
      json
        ? jsonText({ prices: { source, read }, targets: repriced }, 2)
        : [
            tableOf(repriced, lang, columns),
            "",
            ...leastNote(repriced, lang),
            noteOf(source, read, lang),
          ].join("\n"),
    );
    return repriced.some(({ calls }) => calls > 0) ? 0 : 3;
  },
});

function tableOf(targets: readonly Repriced[], lang: Lang, width: number): string {
  const zh = lang === "zh";
  const right = { align: "right" } as const;
  const lacks = {
    usage: targets.some(({ unknown: { usage } }) => usage > 0),
    price: targets.some(({ unknown: { own, usage } }) => own > usage),
  };
  const counted = (calls: number): string => (calls === 0 ? "—" : count(calls, lang));
  return renderTerminal(
    {
      columns: [
        { title: zh ? "目标" : "Target", shrink: 16 },
        { title: zh ? "调用" : "Calls", ...right },
        { title: zh ? "记录的费用" : "Recorded", ...right },
        { title: zh ? "按新价格" : "By these prices", ...right },
        ...(lacks.usage ? [{ title: zh ? "用量未知" : "Usage unknown", ...right }] : []),
        ...(lacks.price ? [{ title: zh ? "价格未知" : "Price unknown", ...right }] : []),
      ],
      rows: targets.map(({ target, calls, recorded, own, unknown: lacking }) => [
        clean(target),
        count(calls, lang),
        leastText(recorded, lacking.recorded, lang),
        leastText(own, lacking.own, lang),
        ...(lacks.usage ? [counted(lacking.usage)] : []),
        ...(lacks.price ? [counted(lacking.own - lacking.usage)] : []),
      ]),
    },
    width,
  );
}

/** A sum; where the cost of some calls is unknown it is the least that all of them cost, and unknown where none is known. */
function leastText(
  sums: Readonly<Record<Currency, number>>,
  unknownCalls: number,
  lang: Lang,
): string {
  if (unknownCalls === 0) return sumText(sums, lang);
  return sums.CNY === 0 && sums.USD === 0 ? unknown[lang] : `≥${sumText(sums, lang)}`;
}

function sumText(sums: Readonly<Record<Currency, number>>, lang: Lang): string {
  const parts = (["CNY", "USD"] as const)
    .filter((currency) => sums[currency] > 0)
    .map((currency) => ({ amount: sums[currency], currency }));
  return parts.length === 0 ? money({ amount: 0, currency: "CNY" }, lang) : money(parts, lang);
}

/** What is left out, and what ≥ stands for, where the cost of some calls is unknown. */
const leastNote = (targets: readonly Repriced[], lang: Lang): readonly string[] =>
  targets.every(({ unknown: { recorded, own } }) => recorded === 0 && own === 0)
    ? []
    : [
        lang === "zh"
          ? "费用未知的调用（没有报来用量，例如中途断开，或没有价格）没有计入，有 ≥ 的是下限；没连上的、被拒绝的调用不花钱。"
          : "Calls whose cost is unknown (no tokens reported, as where they broke off, or no price) are left out, and ≥ marks the least; those that never connected or were turned away cost nothing.",
      ];

const noteOf = (source: string, read: string, lang: Lang): string =>
  lang === "zh"
    ? `价格：${clean(source)}，${read}。每次调用按它发出时的档位重算，运行文件不改；已替换的回答也算在内。`
    : `Prices: ${clean(source)}, ${read}. Every call is billed again by the tier of its moment, replaced answers included; the run file stays as it is.`;

const missing = new UserError({
  zh: "请给出一个运行文件和价格文件，例如 baimo reprice results/a.jsonl --prices prices.yaml；baimo reprice --sample > prices.yaml 写出一份样例",
  en: "name one run file and a file of prices, such as: baimo reprice results/a.jsonl --prices prices.yaml; baimo reprice --sample > prices.yaml writes a sample",
});
