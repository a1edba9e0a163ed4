import type { PriceRow } from "../../domain/money.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Change, ModelChange, TargetHistory } from "../nightly/nightly.ts";
import type { SettledNight } from "../nightly/settle.ts";
import type { NightPrice } from "./night-prices.ts";

import { partsText } from "../nightly/alarm-text.ts";
import { troubleWords } from "../nightly/trouble-text.ts";
import { clean, fixed, signed } from "../render/format.ts";
import { inBoth } from "./both.ts";

/** Something that happened to a target on a night. */
export type NightEventText = {
  readonly date: string;
  readonly kind: "down" | "up" | "model" | "price" | "trouble" | "latency";
  readonly text: Text;
};

/** All that happened to a target over its nights, the newest first. */
export function eventsOfTarget(
  { target, changes, model_changes, latency_changes }: TargetHistory,
  own: readonly SettledNight[],
  prices: readonly NightPrice[],
): readonly NightEventText[] {
  const named = model_changes.filter(({ what }) => what === "model_returned");
  const prints = model_changes.filter(({ what }) => what === "fingerprint");
  const told = prints.length <= own.length * mostFingerprints ? prints : [];
  return [
    ...changes.map((change) => ({
      date: change.since_on,
      kind: change.delta < 0 ? ("down" as const) : ("up" as const),
      text: inBoth((lang) => changeText(change, named, lang)),
    })),
    ...[...named, ...told].map((change) => ({
      date: change.date,
      kind: "model" as const,
      text: inBoth((lang) => modelText(change, lang)),
    })),
    ...prices.slice(1).map(({ date, price }, at) => ({
      date,
      kind: "price" as const,
      text: priceChange(prices[at]?.price ?? null, price),
    })),
    ...latency_changes.map(({ since_on, ratio }) => ({
      date: since_on,
      kind: "latency" as const,
      text: {
        zh: `总用时中位数变为之前的 ${fixed(ratio, 2)} 倍`,
        en: `the median total time became ${fixed(ratio, 2)} times as long`,
      },
    })),
    ...troubleSpans(target, own),
  ].toSorted((a, b) => b.date.localeCompare(a.date));
}

/** A fingerprint that is another one on more nights than this share belongs to the server that answered, not to a model. */
const mostFingerprints = 0.2;

/** A change is silent where the vendor went on naming the same model: that is what a history is for. */
function changeText(change: Change, named: readonly ModelChange[], lang: Lang): string {
  const { delta, since_on, found_on, confirmed, dimensions } = change;
  const zh = lang === "zh";
  const other = named.find(({ date }) => date >= since_on && date <= found_on);
  const name =
    other === undefined
      ? zh
        ? "返回的模型名没有变"
        : "the model's name stayed the same"
      : modelText(other, lang);
  const certain = confirmed
    ? zh
      ? "已复测"
      : "measured twice"
    : zh
      ? "未复测"
      : "not measured again";
  const parts = partsText(dimensions, lang);
  return [
    zh
      ? `锚题 ${signed(delta)} 分（${found_on} 发现，${certain}）`
      : `anchors ${signed(delta)} points (found on ${found_on}, ${certain})`,
    name,
    ...(parts === "" ? [] : [parts]),
  ].join(zh ? "；" : "; ");
}

function modelText({ what, before, after }: ModelChange, lang: Lang): string {
  const names = (list: readonly string[]): string =>
    list.map((each) => clean(each, 120)).join(", ");
  const title =
    what === "fingerprint"
      ? { zh: "系统指纹", en: "fingerprint" }
      : { zh: "返回的模型名", en: "model returned" };
  return `${title[lang]} ${names(before)} → ${names(after)}`;
}

const priceChange = (before: PriceRow | null, after: PriceRow | null): Text => {
  const [from, to] = [priceText(before), priceText(after)];
  return {
    zh: `单价（每百万 tokens，输入/输出）${from.zh} → ${to.zh}`,
    en: `price (per million tokens, input/output) ${from.en} → ${to.en}`,
  };
};

/** `4/16 CNY`: the first tier of a price list. */
function priceText(price: PriceRow | null): Text {
  const [tier] = price?.tiers ?? [];
  if (price === null || tier === undefined) return { zh: "未知", en: "unknown" };
  const both = `${tier.input}/${tier.output} ${price.currency}`;
  return { zh: both, en: both };
}

/** Nights with the same trouble, one after the other, as one event. */
function troubleSpans(target: string, own: readonly SettledNight[]): readonly NightEventText[] {
  const spans: { readonly from: string; to: string; readonly words: Text; nights: number }[] = [];
  let last: (typeof spans)[number] | null = null;
  for (const { date, troubles } of own) {
    const kind = troubles.get(target)?.kind;
    if (kind === undefined) {
      last = null;
      continue;
    }
    const words = troubleWords[kind];
    if (last !== null && last.words === words) {
      last.to = date;
      last.nights += 1;
    } else {
      last = { from: date, to: date, words, nights: 1 };
      spans.push(last);
    }
  }
  return spans.map(({ from, to, words, nights }) => ({
    date: from,
    kind: "trouble",
    text:
      nights === 1
        ? { zh: `${words.zh}，这一夜不计`, en: `${words.en}: the night is left out` }
        : {
            zh: `${words.zh}，${nights} 夜（到 ${to}）不计`,
            en: `${words.en}: ${nights} nights (until ${to}) are left out`,
          },
  }));
}
