import type { Draw } from "../draw.ts";
import type { Cart, Voucher } from "./cart.ts";

import { wareLines } from "./wares.ts";

/** What is bought, the vouchers and the rules, and what is asked. */
export function cartQuestion(draw: Draw, owner: string, cart: Cart): string {
  const { goods, vouchers, pieces, freeFrom, delivery } = cart;
  const opening = draw.pick(openings).replace("{人}", owner).replace("{n}", String(goods.length));
  const rules = [
    draw.pick(splitRules).replace("{n}", String(pieces)),
    draw.pick(voucherRules),
    draw
      .pick(deliveryRules)
      .replaceAll("{门槛}", String(freeFrom))
      .replace("{运费}", String(delivery)),
    "各种门槛、折扣和运费都按商品原价算，与别的单无关。",
  ];
  return [
    opening,
    ...wareLines(goods),
    draw.pick(voucherHeads).replace("{n}", String(vouchers.length)),
    ...vouchers.map((voucher, at) => `${"甲乙丙丁戊己庚"[at] ?? ""}券：${voucherText(voucher)}。`),
    `规矩：${rules.join("")}`,
    draw.pick(asks).replace("{人}", owner),
  ].join("\n");
}

function voucherText(voucher: Voucher): string {
  switch (voucher.type) {
    case "full":
      return `整单满 ${voucher.from} 元，减 ${voucher.off} 元`;
    case "percent":
      return `整单满 ${voucher.from} 元，打 ${voucher.tenths / 2} 折，最多减 ${voucher.most} 元`;
    case "each":
      return `整单每满 ${voucher.from} 元减 ${voucher.off} 元，最多减 ${voucher.most} 元`;
    case "free":
      return `单内满 ${voucher.pieces} 件，其中最便宜的一件不要钱，最多减 ${voucher.most} 元`;
    case "kind":
      return `单内的${voucher.kind}合计满 ${voucher.from} 元，减 ${voucher.off} 元`;
    case "half":
      return "单内满 2 件，其中第二贵的一件半价";
    default:
      throw new Error(String(voucher satisfies never));
  }
}

const openings = [
  "{人}要在一家网店买齐下面 {n} 样东西，每样一件：",
  "{人}的购物车里有 {n} 件商品，都要买下：",
  "{人}替办公室采购，清单上的 {n} 样东西每样买一件：",
  "年货节里，{人}打算把这 {n} 件东西都买回家：",
  "下面 {n} 件商品{人}全都要买，一件不少：",
  "{人}搬了新家，列了一张 {n} 样东西的单子，每样只要一件：",
];

const voucherHeads = [
  "手上有这样 {n} 张券：",
  "可以用的券有 {n} 张：",
  "领到了 {n} 张优惠券：",
  "账户里还有 {n} 张没有用过的券：",
];

const splitRules = [
  "可以拆成几单分开付款，每单最多 {n} 件。",
  "一起付或分成几单付都可以，但一单不能超过 {n} 件。",
  "分几单由自己定，每单至多放 {n} 件商品。",
];

const voucherRules = [
  "每张券只能用一次，一单最多用一张，不用也可以。",
  "一单至多用一张券，每张券用过就作废，不必都用。",
  "券不能叠加：每单只许用一张，每张只许用一次，也可以不用。",
];

const deliveryRules = [
  "一单的商品合计不满 {门槛} 元要另付运费 {运费} 元，满 {门槛} 元免运费。",
  "合计达到 {门槛} 元的单子包邮，达不到的每单收运费 {运费} 元。",
  "每单不足 {门槛} 元收 {运费} 元运费，够了就不收。",
];

const asks = [
  "{人}把东西全部买齐，连运费在内最少一共要付多少元？",
  "怎样分单、用券最省钱？求{人}最少要付的总数（连运费），以元为单位。",
  "所有东西都买下来，{人}连运费一共最少花多少元？",
  "算一算最省的办法：{人}一共要付多少元（含运费）？",
  "在各种分法里，{人}付出的总数（含运费）最少是多少元？",
];
