import type { Draw } from "../draw.ts";

/** What may be bought, once; the price is in whole yuan. */
export type Ware = { readonly name: string; readonly kind: string; readonly price: number };

const wares: Readonly<Record<string, readonly string[]>> = {
  食品: "茶叶 核桃 蜂蜜 香菇 腊肠 橄榄油 红枣 咖啡豆 小米 木耳 燕麦 海苔".split(" "),
  日用: "毛巾 雨伞 保温杯 砧板 衣架 香皂 拖鞋 浴巾 饭盒 水壶 抱枕 收纳箱".split(" "),
  文具: "台灯 画笔 相册 钢笔 地球仪 计算器 书立 宣纸 墨水 印泥 笔筒 算盘".split(" "),
};

export const wareKinds: readonly string[] = Object.keys(wares);

/** So many, each at a price of its own from 17 to 138 yuan. */
export function drawWares(draw: Draw, count: number): readonly Ware[] {
  const prices = draw.sample(
    Array.from({ length: 122 }, (_, at) => at + 17),
    count,
  );
  const all = Object.entries(wares).flatMap(([kind, names]) =>
    names.map((name) => ({ name, kind })),
  );
  const shuffled = draw.shuffle(all);
  return prices.map((price, at) => ({ name: "", kind: "", ...shuffled[at], price }));
}

/** A numbered list of them. */
export const wareLines = (goods: readonly Ware[]): readonly string[] =>
  goods.map(({ name, kind, price }, at) => `${at + 1}. ${name}（${kind}）${price} 元`);
