import type { Draw } from "../draw.ts";

import { drawLeast, mostTimes, sumsOfWalks } from "../walks.ts";
import { drawWares, type Ware, wareKinds } from "./wares.ts";

/** What a voucher takes off one of the goods, by its number from 0, in whole yuan. */
type Off = { readonly to: number; readonly off: number };

/** Goods bought one after another, each of which gives a voucher that the next must be bought with. */
export type Fair = {
  readonly goods: readonly Ware[];
  /** For each of the goods. */
  readonly vouchers: readonly (readonly Off[])[];
  /** Goods to be bought. */
  readonly length: number;
  readonly kind: string;
  readonly mostOfKind: number;
  /** Yuan paid for all of them, at most. */
  readonly most: number;
  /** Orders in which one can buy so. */
  readonly orders: number;
};

const lengths = [5, 6, 7, 8] as const;

/** So many vouchers of one line come to more before others are drawn. */
const mostMore = 60;

/**
 * Goods and vouchers such that one can buy some of them in `orders` orders or up to twice as many, before what is paid is looked
 * at.
 */
export function drawFair(
  draw: Draw,
  { goods: count, orders }: { goods: number; orders: number },
): Fair {
  for (;;) {
    const goods = drawWares(draw, count);
    const kind = draw.pick(wareKinds);
    const mostOfKind = draw.int(2, 3);
    if (goods.filter((each) => each.kind === kind).length <= mostOfKind) continue;
    const starts = goods.map(({ price }) => price);
    const vouchers = goods.map((): Off[] => []);
    let open: readonly number[] = draw.shuffle(lengths);
    for (let more = 0; more < mostMore + count && open.length > 0; more += 1) {
      const from = more < count ? more : draw.int(0, count - 1);
      addOff(draw, vouchers, from);
      if (more < count) continue;
      const steps = vouchers.map((offs) =>
        offs.map(({ to, off }) => ({ to, adds: (goods[to]?.price ?? 0) - off })),
      );
      const isAllowed = (places: readonly number[]): boolean =>
        places.filter((at) => goods[at]?.kind === kind).length <= mostOfKind;
      const found = open.map((length) => ({
        length,
        sums: sumsOfWalks({ starts, steps, length, isAllowed }, orders * mostTimes),
      }));
      // Orders only become more, so a length that has too many is done with.
      open = found.flatMap(({ length, sums }) => (sums === null ? [] : [length]));
      for (const { length, sums } of found) {
        if (sums === null || sums.length < orders) continue;
        const { least, reaching } = drawLeast(
          draw,
          sums.map((sum) => -sum),
        );
        // The answer stands nowhere in the question.
        if ([-least, ...starts].includes(reaching)) continue;
        return { goods, vouchers, length, kind, mostOfKind, most: -least, orders: reaching };
      }
    }
  }
}

/** Of a line for each other of the goods at most. */
function addOff(draw: Draw, vouchers: Off[][], from: number): void {
  const own = vouchers[from] ?? [];
  const others = [...vouchers.keys()].filter(
    (at) => at !== from && own.every(({ to }) => to !== at),
  );
  if (others.length > 0) own.push({ to: draw.pick(others), off: draw.int(3, 15) });
}

/** The goods with their vouchers, the rules, and in how many orders one can buy. */
export function fairQuestion(draw: Draw, owner: string, fair: Fair): string {
  const { goods, vouchers, length, kind, mostOfKind, most } = fair;
  const lines = goods.map(({ name, kind: own, price }, at) => {
    const offs = (vouchers[at] ?? [])
      .toSorted((a, b) => a.to - b.to)
      .map(({ to, off }) => `${to + 1} 号减 ${off} 元`);
    return `${at + 1}. ${name}（${own}）${price} 元，送券：${offs.join("、")}`;
  });
  return [
    draw.pick(openings).replace("{人}", owner).replace("{n}", String(goods.length)),
    ...lines,
    `规矩：${draw.pick(voucherRules)}${draw.pick(onceRules)}`,
    `${draw
      .pick(plans)
      .replace("{人}", owner)
      .replace("{n}", String(length))
      .replace("{类}", kind)
      .replace(
        "{m}",
        String(mostOfKind),
      )}${draw.pick(asks).replace("{元}", String(most))}请在最后一行用“答案：数字”作答。`,
  ].join("\n");
}

const openings = [
  "{人}逛年货集，{n} 个摊位各卖一样东西，买了就送一张券：",
  "社区集市上有 {n} 个摊位，每个摊位卖一样东西，买一样送一张券，{人}来赶集：",
  "{人}参加商场的接力购活动，活动商品共 {n} 样，每买一样得一张券：",
  "文化节的市集摆了 {n} 个摊，{人}每在一个摊上买东西，就得到一张下一单用的券：",
  "网店做“连环券”活动，{n} 样商品各带一张券，{人}想凑一串单子：",
  "{人}拿着活动单逛街，单子上有 {n} 样商品，买哪一样就送哪一样后面写着的券：",
];

const voucherRules = [
  "券只在紧接着的下一单有效，券上写着哪几样，下一单就只能买其中一样，并按写明的数减价；",
  "下一单必须用上一单送的券，只能从券上列出的商品里选一样，减价照券上写的算；",
  "从第二单起，每单都要用前一单送的券：只许买券上列出的商品，价钱按券上写的减；",
];

const onceRules = [
  "一单买一样，每样最多买一次，第一单按原价。",
  "每单只买一样，买过的不能再买，第一单没有券、付原价。",
];

const plans = [
  "{人}要接连买 {n} 单，其中{类}最多 {m} 样。",
  "一共要买 {n} 单，里面的{类}不能超过 {m} 样。",
  "{人}打算不多不少买 {n} 单，{类}至多占 {m} 单。",
];

const asks = [
  "各单实付的钱合计不超过 {元} 元，这样的买法有多少种？商品或先后次序有一处不同，就算不同的买法。",
  "如果实付总额要控制在 {元} 元以内（含），一共有几种买法？买的东西或先后次序不同，都另算一种。",
  "问有多少种买法能使各单实付的总和至多 {元} 元（商品相同、先后次序不同，算不同的买法）？",
  "要让全部实付不高于 {元} 元，可以有多少种不同的买法？次序不同也算不同。",
];
