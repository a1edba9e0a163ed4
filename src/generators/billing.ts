import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { idleTexts, inRandomOrder, ruleText, tellFigure } from "../generating/billing/bill-text.ts";
import {
  type Bill,
  drawRules,
  goodsBill,
  type Rules,
  type Service,
  serviceBill,
  services,
} from "../generating/billing/bill.ts";
import { cartQuestion } from "../generating/billing/cart-text.ts";
import { drawCart } from "../generating/billing/cart.ts";
import { drawFair, fairQuestion } from "../generating/billing/fair.ts";
import { defineGenerator } from "../generating/generator.ts";
import { names } from "../generating/words.ts";

/**
 * What people spend in a month: goods by mixed weights with discounts, returns and reductions, power and tax in steps, rides,
 * parking, a field. All rules are in the text, its sentences in random order, with corrections and idle numbers. Every sum
 * is exact to the fen. At level 4 how to split a list of goods into payments so that the vouchers at hand save most; from level 5
 * on, in how many orders one can buy goods whose vouchers hold for what is bought next, for a given sum at most.
 */
export const generator = defineGenerator({
  id: "billing",
  version: "7",
  title: { zh: "多步账单", en: "household bills in many steps" },
  grader: "numeric",
  options: z.strictObject({
    goods: z.int().min(1).max(16).default(3).describe("goods that each person buys"),
    services: z.int().min(0).max(5).default(2).describe("power, tax, rides, parking, a field"),
    people: z.int().min(1).max(12).default(1),
    corrections: z.int().min(0).max(60).default(1),
    idle: z.int().min(0).max(40).default(2).describe("sentences on which nothing depends"),
    asks: z
      .enum(["some", "all"])
      .default("some")
      .describe("all: only what cannot be told without the bill of everybody"),
    cart: z
      .int()
      .min(0)
      .max(12)
      .default(0)
      .describe("goods to be paid for as cheaply as can be; 0: bills"),
    fair: z
      .int()
      .min(0)
      .max(24)
      .default(0)
      .describe("goods that give vouchers for what is bought next; 0: no such items"),
    orders: z
      .int()
      .min(20)
      .max(10_000)
      .default(180)
      .describe("to buy them before what is paid is looked at, or up to twice as many"),
    vouchers: z.int().min(2).max(7).default(4).describe("where there is a cart"),
    climbs: z
      .int()
      .min(1)
      .max(100)
      .default(20)
      .describe(
        "percent of trials at most in which one comes to the cheapest by moving or exchanging goods step by step",
      ),
  }),
  levels: [
    ...(
      [
        [2, 0, 1, 0, 0, "some"],
        [2, 1, 1, 0, 1, "some"],
        [3, 1, 1, 1, 2, "some"],
      ] as const
    ).map(([goods, services, people, corrections, idle, asks]) => ({
      options: { goods, services, people, corrections, idle, asks },
      floor: 0.002,
    })),
    { options: { cart: 8, vouchers: 3, climbs: 20 }, floor: 0.004 },
    ...(
      [
        [10, 180],
        [11, 350],
        [12, 700],
        [13, 1_400],
        [14, 2_200],
        [15, 3_000],
      ] as const
    ).map(([fair, orders]) => ({ options: { fair, orders }, floor: 0.03 })),
  ],
  make: (draw, { cart, vouchers, climbs, fair, orders, ...sizes }): Made =>
    fair > 0
      ? bought(draw, fair, orders)
      : cart > 0
        ? cheapest(draw, { goods: cart, vouchers, climbs })
        : billed(draw, sizes),
});

/** The least that has to be paid for a list of goods. */
function cheapest(draw: Draw, sizes: Parameters<typeof drawCart>[1]): Made {
  const { cart, fen } = drawCart(draw, sizes);
  return {
    question: cartQuestion(draw, draw.pick(names), cart),
    answer: fen / 100,
    unit: "元",
    grader: { use: "numeric", with: { round_to_gold: false } },
  };
}

/** In how many orders one can buy goods with the vouchers of those before. */
function bought(draw: Draw, goods: number, orders: number): Made {
  const fair = drawFair(draw, { goods, orders });
  return {
    question: fairQuestion(draw, draw.pick(names), fair),
    answer: fair.orders,
    grader: { use: "numeric" },
  };
}

type Sizes = {
  readonly goods: number;
  readonly services: number;
  readonly people: number;
  readonly corrections: number;
  readonly idle: number;
  readonly asks: "some" | "all";
};

function billed(
  draw: Draw,
  { goods, services: count, people, corrections, idle, asks }: Sizes,
): Made {
  const owners = draw.sample(names, people);
  const used = draw.sample(services, count);
  const rules = drawRules(draw);
  const bills = owners.map((owner) => billOf(draw, owner, { goods, used }, rules));
  const figures = bills.flatMap((bill) => bill.figures);
  const mended = draw.shuffle(figures.flatMap((figure) => [figure, figure])).slice(0, corrections);
  const text = inRandomOrder(draw, [
    ...used.flatMap((service) => ruleText(draw, service, rules).map((rule) => [rule])),
    ...bills.flatMap((bill) => bill.rules.map((rule) => [rule])),
    ...figures.map((figure) =>
      tellFigure(draw, figure, mended.filter((each) => each === figure).length),
    ),
    ...idleTexts(draw, owners, idle).map((each) => [each]),
  ]);
  const hasReturns = figures.some(({ name }) => name.includes("退掉"));
  const { ask, fen } = asked(
    draw,
    bills.map((bill, at) => ({ owner: owners[at] ?? "", fen: bill.fen })),
    { isOfAll: asks === "all" && people > 1, hasReturns },
  );
  const items = ["买东西", ...used.map((service) => titles[service])];
  const isMended = mended.length > 0;
  return {
    question: `${text}\n${ownRules(used, bills, hasReturns)}只算${items.join("、")}${items.length === 1 ? "" : "这几项"}，${ask}${isMended ? "更正过的以最后一次更正为准。" : ""}`,
    answer: fen / 100,
    unit: "元",
    grader: { use: "numeric", with: { round_to_gold: false } },
  };
}

/** What holds where nothing else is said. */
const ownRules = (used: readonly Service[], bills: readonly Bill[], hasReturns: boolean): string =>
  [
    "1 千克是 2 斤，1 斤是 10 两",
    hasReturns ? "没有写折扣的按原价，退掉的东西按买时的折后价退钱" : "没有写折扣的按原价",
    ...(bills.some((bill) => bill.rules.length > 0) ? ["没有写满减的人没有满减"] : []),
    ...(used.includes("tax") ? ["工资减完不足 0 元的不交税"] : []),
  ]
    .join("；")
    .concat("。");

const titles: Readonly<Record<Service, string>> = {
  power: "电费",
  tax: "个人所得税",
  ride: "打车",
  parking: "停车",
  field: "买肥料",
};

function billOf(
  draw: Draw,
  owner: string,
  { goods, used }: { readonly goods: number; readonly used: readonly Service[] },
  rules: Rules,
): Bill {
  const bought = goodsBill(draw, owner, goods);
  const parts = [bought, ...used.map((service) => serviceBill(draw, service, rules, owner))];
  return {
    figures: parts.flatMap(({ figures }) => figures),
    rules: bought.rules,
    fen: parts.reduce((sum, { fen }) => sum + fen, 0),
  };
}

type Spent = { readonly owner: string; readonly fen: number };

function asked(
  draw: Draw,
  bills: readonly Spent[],
  { isOfAll, hasReturns }: { readonly isOfAll: boolean; readonly hasReturns: boolean },
): { readonly ask: string; readonly fen: number } {
  const [one = { owner: "", fen: 0 }, other] = draw.shuffle(bills);
  const net = hasReturns ? "扣掉退款后" : "";
  const kind =
    other === undefined
      ? "one"
      : isOfAll
        ? "all"
        : draw.pick(["one", "all", "difference"] as const);
  if (kind === "difference" && other !== undefined && one.fen !== other.fen) {
    const [more, less] = one.fen > other.fen ? [one, other] : [other, one];
    return {
      ask: `这个月${more.owner}比${less.owner}多花多少元？`,
      fen: more.fen - less.fen,
    };
  }
  if (kind === "all") {
    const people = bills.map(({ owner }) => owner).join("、");
    return {
      ask: draw.pick([
        `这个月${people}${net}一共花了多少元？`,
        `这个月${people}${net}合起来花了多少元？`,
      ]),
      fen: bills.reduce((sum, { fen }) => sum + fen, 0),
    };
  }
  return {
    ask: draw.pick([
      `这个月${one.owner}${net}一共花了多少元？`,
      `这个月${one.owner}${net}要付多少元？`,
    ]),
    fen: one.fen,
  };
}
