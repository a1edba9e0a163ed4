import type { Draw } from "./draw.ts";

import { goods, names, towns } from "./words.ts";

/** A sentence with a number on which nothing depends, of the same vocabulary as the problems. */
export function aside(draw: Draw): string {
  const [name, town, thing] = [draw.pick(names), draw.pick(towns), draw.pick(goods)];
  return draw.pick([
    `${name}今年 ${draw.int(18, 70)} 岁。`,
    `${town}离这里 ${draw.int(3, 90)} 千米。`,
    `隔壁的铺子里，一件${thing}卖 ${draw.int(5, 200)} 元。`,
    `去年这个时候，${town}来过 ${draw.int(6, 60)} 位客人。`,
    `${name}家里收着 ${draw.int(2, 40)} 件${thing}，这次没有拿出来。`,
    `${name}每天 ${draw.int(5, 9)} 点出门。`,
  ]);
}
