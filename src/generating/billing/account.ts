import type { Draw } from "../draw.ts";

import { inSteps, type Tariff } from "./bill.ts";

/** How gas is paid for; amounts in fen, discount and late fee in percent. */
export type AccountRules = {
  /** By what was used since January. */
  readonly tariff: Tariff;
  readonly discount: { readonly above: number; readonly percent: number };
  readonly points: { readonly each: number; readonly full: number; readonly off: number };
  readonly lateFee: number;
  /** The calendar month of the first, from 1. */
  readonly firstMonth: number;
  readonly months: number;
};

export const drawAccountRules = (draw: Draw, months: number): AccountRules => {
  const [low, rate] = [draw.int(8, 16) * 10, draw.int(221, 289)];
  return {
    tariff: {
      limits: [low, low + draw.int(7, 15) * 10],
      rates: [rate, rate + draw.int(31, 69), rate + draw.int(103, 187)],
    },
    discount: { above: draw.int(60, 90) * 100, percent: draw.pick([95, 93, 92, 88, 85]) },
    points: { each: draw.int(6, 12) * 100, full: draw.int(16, 29), off: draw.int(8, 19) * 100 },
    lateFee: draw.int(3, 9),
    firstMonth: draw.int(3, 11),
    months,
  };
};

const yuan = (fen: number): string => String(fen / 100);

export function accountRuleText({
  tariff: {
    limits: [low, high],
    rates: [a, b, c],
  },
  discount,
  points,
  lateFee,
  firstMonth,
  months,
}: AccountRules): string {
  return [
    `煤气账从某年 ${firstMonth} 月算起，共 ${months} 个月，各人都从余额 0 元、积分 0 分开始，每个月依次这样算：`,
    `一，余额是负数（欠费）的，先收欠费的 ${lateFee}% 作滞纳金，四舍五入到分；`,
    `二，气费按当年 1 月起的累计用气量分档（到了新一年的 1 月重新累计，第一年从 ${firstMonth} 月累计起），累计不超过 ${low} 方的部分每方 ${yuan(a)} 元，超过 ${low} 方、不超过 ${high} 方的部分每方 ${yuan(b)} 元，超过 ${high} 方的部分每方 ${yuan(c)} 元；`,
    `三，当月气费超过 ${yuan(discount.above)} 元的，超过的部分只收 ${discount.percent}%，四舍五入到分；`,
    `四，上个月换得抵扣的，再减 ${yuan(points.off)} 元，减到 0 元为止，这才是当月实收的气费；`,
    `五，实收的气费每满 ${yuan(points.each)} 元积 1 分，积分达到 ${points.full} 分就扣掉 ${points.full} 分，换得下个月的一次抵扣（一个月至多换一次，余下的积分留着）；`,
    `六，月末存入固定的钱，余额加上存入的钱，减去当月的滞纳金和实收气费，转到下个月。`,
    `滞纳金和实收气费算作花费，存入的钱不算`,
  ].join("");
}

/** What somebody used month by month, and puts in at the end of each, in fen. */
export type Account = { readonly used: readonly number[]; readonly paid: number };

/** Pays for a little less than what is used, so that debts come and go. */
export function drawAccount(draw: Draw, rules: AccountRules): Account {
  const used = Array.from({ length: rules.months }, () => draw.int(9, 48));
  const whole = spentOf({ used, paid: 1_000_000 }, rules) / rules.months;
  return { used, paid: Math.round((whole * draw.int(94, 101)) / 10_000) * 100 };
}

/** Charges and late fees of all months, in fen. */
export function spentOf({ used, paid }: Account, rules: AccountRules): number {
  const { tariff, discount, points, lateFee, firstMonth } = rules;
  let [sum, yearly, balance, score, hasCoupon] = [0, 0, 0, 0, false];
  for (const [at, amount] of used.entries()) {
    if ((firstMonth - 1 + at) % 12 === 0) yearly = 0;
    const late = balance < 0 ? percentOf(-balance, lateFee) : 0;
    const full = inSteps(yearly + amount, tariff) - inSteps(yearly, tariff);
    yearly += amount;
    const over = Math.max(0, full - discount.above);
    const reduced = full - over + percentOf(over, discount.percent);
    const charge = Math.max(0, reduced - (hasCoupon ? points.off : 0));
    score += Math.floor(charge / points.each);
    hasCoupon = score >= points.full;
    if (hasCoupon) score -= points.full;
    balance += paid - charge - late;
    sum += charge + late;
  }
  return sum;
}

/** Of whole fen so many percent, halves rounded up. */
const percentOf = (fen: number, percent: number): number => Math.floor((fen * percent + 50) / 100);

/** The months as they are told, and so many corrections of them in the order of the text. */
export function accountTexts(
  draw: Draw,
  owner: string,
  { used, paid }: Account,
  corrections: number,
): readonly (readonly string[])[] {
  const mended = draw.sample([...used.keys()], corrections);
  const told = used.map((amount, at) =>
    mended.includes(at) ? amount + draw.pick([-1, 1]) * draw.int(2, 8) : amount,
  );
  return [
    [
      `${owner}各月的用气量依次是（方）：${told.join("、")}`,
      ...mended.map((at) =>
        draw.pick([
          `更正：${owner}第 ${at + 1} 个月的用气量应为 ${used[at] ?? 0} 方`,
          `核对后发现，${owner}第 ${at + 1} 个月的用气量记错了，实际是 ${used[at] ?? 0} 方`,
        ]),
      ),
    ],
    [`${owner}每个月末给煤气账存入 ${yuan(paid)} 元`],
  ];
}
