import type { Lang, Text } from "../../domain/text.ts";
import type { MonthlyBill, Offer, Range } from "./bill.ts";

import { clean, count, fixed, money, percent, unknown } from "../render/format.ts";
import { renderMarkdown } from "../render/markdown.ts";
import { renderTerminal } from "../render/terminal.ts";

/** Who does the work today, for one line of comparison. */
export type DayWorker = {
  readonly per_day: readonly [number, number];
  readonly currency: "CNY" | "USD";
  readonly calls_per_day: number;
};

/** The bill as a table, cheapest first, and what has to be known to read it. */
export function billLines(
  bill: MonthlyBill,
  {
    lang,
    width,
    markdown = false,
  }: { readonly lang: Lang; readonly width: number; readonly markdown?: boolean },
  person: DayWorker | null = null,
): readonly string[] {
  const zh = lang === "zh";
  const right = { align: "right" } as const;
  const offers = bill.offers.toSorted(
    (a, b) => (a.month?.middle ?? Infinity) - (b.month?.middle ?? Infinity),
  );
  const grows = offers.some(({ grown }) => grown !== null);
  const table = {
    columns: [
      { title: zh ? "方案" : "Offer", shrink: 16 },
      { title: zh ? "方式" : "Kind" },
      { title: zh ? "每月" : "A month", ...right },
      { title: zh ? "低–高" : "Low–high", ...right, drop: 2 },
      { title: zh ? "每次调用" : "A call", ...right, drop: 3 },
      { title: zh ? "份数" : "Units", ...right, drop: 4 },
      { title: zh ? "利用率 平均/高峰" : "Used mean/peak", ...right, drop: 5 },
      { title: zh ? "持平点 次/月" : "Break-even calls", ...right, drop: 1 },
      ...(!grows ? [] : [{ title: zh ? "增长后每月" : "After growth", ...right, drop: 6 }]),
    ],
    rows: offers.map((offer) => [
      clean(offer.name),
      kinds[offer.kind][lang],
      monthText(offer, lang),
      offer.month === null ? "—" : rangeText(offer.month, offer, lang),
      offer.month === null || bill.calls.middle === 0
        ? "—"
        : money({ amount: offer.month.middle / bill.calls.middle, currency: offer.currency }, lang),
      offer.units === null ? "—" : count(offer.units, lang),
      offer.used === null ? "—" : `${percent(offer.used.mean, 0)}/${percent(offer.used.peak, 0)}`,
      offer.break_even_calls === null ? "—" : count(Math.ceil(offer.break_even_calls), lang),
      ...(!grows ? [] : [grownText(offer, lang)]),
    ]),
  };
  const calls = count(Math.round(bill.calls.middle), lang);
  const peak = fixed(bill.peak_per_minute, 1);
  return [
    zh
      ? `${bill.month}：约 ${calls} 次调用，最忙的一刻钟每分钟 ${peak} 次。`
      : `${bill.month}: about ${calls} calls, ${peak} a minute in the busiest quarter of an hour.`,
    "",
    markdown ? renderMarkdown(table) : renderTerminal(table, width),
    "",
    ...notes(bill, lang),
    ...(person === null ? [] : [personLine(bill, offers, person, lang)]),
  ];
}

const kinds: Readonly<Record<Offer["kind"], Text>> = {
  "on-demand": { zh: "按量", en: "on demand" },
  reserved: { zh: "预留", en: "reserved" },
  "self-hosted": { zh: "自建", en: "self-hosted" },
};

function monthText({ month, why, currency }: Offer, lang: Lang): string {
  if (month !== null) return money({ amount: month.middle, currency }, lang);
  const reason = why === "length" ? { zh: "长度未知", en: "length unknown" } : null;
  return reason?.[lang] ?? unknown[lang];
}

const rangeText = ({ low, high }: Range, { currency }: Offer, lang: Lang): string =>
  `${money({ amount: low, currency }, lang)}–${money({ amount: high, currency }, lang)}`;

const grownText = ({ grown, currency }: Offer, lang: Lang): string =>
  grown === null ? "—" : money({ amount: grown.middle, currency }, lang);

function notes({ offers }: MonthlyBill, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  return [
    ...(offers.some(({ month, why }) => month === null && why === "price")
      ? [
          zh
            ? "费用未知的，运行时没有写价格：写进 baimo.yaml 只对以后的运行有效；已有的运行给 --prices（baimo reprice --sample 打印样例）。"
            : "Where the cost is unknown, no price was stated when it ran: one in baimo.yaml holds for later runs; for this one give --prices (baimo reprice --sample prints a sample).",
        ]
      : []),
    zh
      ? "按量的价格取每次调用所在时刻的档位（北京时间），不含评测本身的花费；低–高取流量里写的低值和高值。"
      : "On demand, each call costs what is in force at its hour (Beijing time); low–high take the low and high figures of the traffic.",
    ...(offers.some(({ units }) => units !== null)
      ? [
          zh
            ? "预留和自建按最忙的一刻钟备足，用不用都付；持平点是与同一模型按量相比，费用相等的月调用数，“—”表示在其容量内达不到。"
            : "Reserved and self-hosted offers are sized for the busiest quarter of an hour and paid whether used or not; break-even is the calls a month at which on demand costs the same, — where the capacity ends before.",
        ]
      : []),
  ];
}

/** A share to two digits, however small, so that it never reads as nothing. */
const smallPercent = (share: number): string =>
  share === 0 || share >= 0.001 ? percent(share, 1) : `${Number((share * 100).toPrecision(2))}%`;

/** What the same work costs by people: as many as the calls take, for the days with calls. */
function personLine(
  { calls }: MonthlyBill,
  offers: readonly Offer[],
  { per_day, currency, calls_per_day }: DayWorker,
  lang: Lang,
): string {
  const days = calls.middle / calls_per_day;
  const [low, high] = per_day.map((each) => money({ amount: each * days, currency }, lang));
  const cheapest = offers.find(({ month, currency: own }) => month !== null && own === currency);
  const share = (of: number): number => (cheapest?.month?.middle ?? 0) / (of * days);
  const parts = [...new Set([share(per_day[1]), share(per_day[0])].map(smallPercent))];
  const least =
    cheapest === undefined
      ? ""
      : lang === "zh"
        ? `；最省的方案是它的 ${parts.join(" 到 ")}`
        : `; the cheapest offer is ${parts.join(" to ")} of it`;
  return lang === "zh"
    ? `同样的活由人做约 ${fixed(days, 0)} 个工日，${low} 到 ${high}${least}。`
    : `People do the same work in about ${fixed(days, 0)} days, for ${low} to ${high}${least}.`;
}
