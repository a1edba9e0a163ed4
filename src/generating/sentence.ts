import type { Draw } from "./draw.ts";

import { goods, names, towns } from "./words.ts";

const times = [
  "清早",
  "晌午",
  "黄昏",
  "入夜以后",
  "雨停的时候",
  "集市散了以后",
  "头一场雪过后",
  "月亮升起的时候",
];
const weathers = [
  "风很轻",
  "天阴着",
  "太阳晒得人发懒",
  "河面起了雾",
  "远处有几声狗叫",
  "路上没有什么人",
  "檐下还滴着水",
];
const deeds = [
  "把门前的石阶扫了一遍",
  "在账本上添了两行字",
  "挑着担子往回走",
  "向过路的人打听米价",
  "坐在树下歇了一阵",
  "把晒好的谷子收进仓里",
  "给邻居送去一碗豆花",
  "修好了漏水的屋角",
  "沿着河岸走了很远",
  "写了一封没有寄出的信",
];

/** A plain sentence about everyday life in a made-up town, without digits and without secret codes. */
export function sentence(draw: Draw): string {
  const [name, town, thing] = [draw.pick(names), draw.pick(towns), draw.pick(goods)];
  const forms = [
    `${draw.pick(times)}，${draw.pick(weathers)}，${name}${draw.pick(deeds)}。`,
    `${town}的${thing}在这一带很有名，${name}每回路过都要看上几眼。`,
    `${name}从${town}回来，带了一件${thing}，${draw.pick(deeds)}。`,
    `${draw.pick(weathers)}，${town}的人们${draw.pick(deeds)}，谁也没有多说话。`,
    `${name}说，${thing}要慢慢做，急了反倒做不好。`,
  ];
  return draw.pick(forms);
}
