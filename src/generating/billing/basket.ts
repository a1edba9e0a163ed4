import type { Draw } from "../draw.ts";

import { drawWares, type Ware, wareKinds, wareLines } from "./wares.ts";

type Demand = { readonly text: string; readonly holds: (chosen: readonly Ware[]) => boolean };

/** What may be bought for a sum between two, and in how many ways. */
export type Basket = {
  readonly goods: readonly Ware[];
  readonly question: string;
  readonly ways: number;
};

/** A list from which one buys for a given sum, reductions taken off, under demands; it can be done in `ways` at most and half of these at least. */
export function drawBasket(
  draw: Draw,
  { owner, goods: count, ways }: { owner: string; goods: number; ways: number },
): Basket {
  for (;;) {
    const goods = drawWares(draw, count);
    // Every kind has goods enough for what is said of it.
    if (wareKinds.some((kind) => goods.filter((each) => each.kind === kind).length < 3)) continue;
    const demands = drawDemands(draw, goods);
    const offs = drawReductions(draw, goods);
    const sums: number[] = [];
    for (let set = 1; set < 1 << count; set += 1) {
      const chosen = goods.filter((_each, at) => (set & (1 << at)) !== 0);
      if (demands.every(({ holds }) => holds(chosen))) sums.push(paidFor(chosen, offs));
    }
    sums.sort((a, b) => a - b);
    // A stretch of sums that as many ways lead to as are wanted.
    const wanted = draw.int(Math.ceil(ways / 2), ways);
    const from = draw.int(0, Math.max(0, sums.length - wanted));
    const [low = 0, high = 0] = [sums[from], sums[from + wanted - 1]];
    const found = sums.filter((each) => each >= low && each <= high).length;
    if (sums.length < 3 * wanted || found > ways || high - low > 60) continue;
    return {
      goods,
      ways: found,
      question: questionOf(draw, { owner, goods, demands, offs, low, high }),
    };
  }
}

/** Of the whole, of which the greatest step that is reached counts, and of one kind. */
type Reductions = {
  readonly steps: readonly { readonly from: number; readonly off: number }[];
  readonly kind: string;
  readonly pair: number;
};

function drawReductions(draw: Draw, goods: readonly Ware[]): Reductions {
  const whole = sumOf(goods);
  const [first, second] = [draw.int(24, 32), draw.int(38, 50)].map((share) =>
    Math.round((whole * share) / 100),
  );
  const off = draw.int(12, 24);
  return {
    steps: [
      { from: first ?? 0, off },
      { from: second ?? 0, off: off + draw.int(14, 30) },
    ],
    kind: draw.pick(wareKinds),
    pair: draw.int(5, 15),
  };
}

const sumOf = (goods: readonly Ware[]): number => goods.reduce((sum, { price }) => sum + price, 0);

function paidFor(chosen: readonly Ware[], { steps, kind, pair }: Reductions): number {
  const sum = sumOf(chosen);
  const pairs = Math.floor(chosen.filter((each) => each.kind === kind).length / 2);
  return sum - (steps.findLast(({ from }) => sum >= from)?.off ?? 0) - pair * pairs;
}

function drawDemands(draw: Draw, goods: readonly Ware[]): readonly Demand[] {
  const [least = "", most = ""] = draw.sample(wareKinds, 2);
  const many = draw.int(1, 2);
  const [one, other, third, fourth] = draw.sample(goods, 4).map(({ name }) => name);
  const has = (chosen: readonly Ware[], name = ""): boolean =>
    chosen.some((each) => each.name === name);
  const countOf = (chosen: readonly Ware[], kind: string): number =>
    chosen.filter((each) => each.kind === kind).length;
  return [
    {
      text: `${least}至少买 ${many} 件`,
      holds: (chosen) => countOf(chosen, least) >= many,
    },
    { text: `${most}最多买 2 件`, holds: (chosen) => countOf(chosen, most) <= 2 },
    {
      text: `${one ?? ""}和${other ?? ""}不同时买`,
      holds: (chosen) => !has(chosen, one) || !has(chosen, other),
    },
    {
      text: `买了${third ?? ""}就一定要买${fourth ?? ""}`,
      holds: (chosen) => !has(chosen, third) || has(chosen, fourth),
    },
  ];
}

function questionOf(
  draw: Draw,
  {
    owner,
    goods,
    demands,
    offs: { steps, kind, pair },
    low,
    high,
  }: {
    readonly owner: string;
    readonly goods: readonly Ware[];
    readonly demands: readonly Demand[];
    readonly offs: Reductions;
    readonly low: number;
    readonly high: number;
  },
): string {
  const [first, second] = steps.map(({ from, off }) => `满 ${from} 元减 ${off} 元`);
  return [
    draw.pick(openings).replace("{人}", owner).replace("{n}", String(goods.length)),
    ...wareLines(goods),
    `优惠：${draw
      .pick(stepTexts)
      .replace("{一}", first ?? "")
      .replace("{二}", second ?? "")}；${draw
      .pick(pairTexts)
      .replaceAll("{类}", kind)
      .replace("{元}", String(pair))}。两种优惠可以同时享受，门槛按原价算。`,
    `${owner}的打算：${draw
      .shuffle(demands)
      .map(({ text }) => text)
      .join("；")}。`,
    `${draw
      .pick(asks)
      .replace("{低}", String(low))
      .replace("{高}", String(high))}请在最后一行用“答案：数字”作答。`,
  ].join("\n");
}

const openings = [
  "{人}带着购物金去超市，看中了下面 {n} 样东西，每样最多买一件：",
  "单位给{人}发了一笔采购款，从这 {n} 样里挑着买，每样至多一件：",
  "{人}要凑单，可选的商品有 {n} 样，每样要么买一件，要么不买：",
  "货架上还剩 {n} 样东西，每样一件，{人}从里面挑：",
  "{人}在网店的收藏夹里有 {n} 样商品，打算买其中几样，每样一件：",
  "给社区活动备礼品，{人}从下面 {n} 样里选，每样最多一件：",
];

const stepTexts = [
  "原价合计{一}，{二}，只按够得上的最高一档减一次",
  "整单{一}、{二}（按原价合计，两档不叠加，取高的一档）",
];

const pairTexts = ["{类}每买 2 件再减 {元} 元", "{类}类成双另有优惠，每凑满 2 件减 {元} 元"];

const asks = [
  "实际付款不少于 {低} 元、不超过 {高} 元，买法一共有多少种（只看买了哪几样）？",
  "要让实付的钱在 {低} 元到 {高} 元之间（两头都算），有多少种不同的挑法？",
  "付的钱最少 {低} 元、最多 {高} 元（都含在内），一共有几种选法？",
  "减完以后要付的钱落在 {低} 元至 {高} 元（含两端）的选法共有多少种？",
];
