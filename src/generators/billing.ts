import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import {
  type Account,
  type AccountRules,
  accountRuleText,
  accountTexts,
  drawAccount,
  drawAccountRules,
  spentOf,
} from "../generating/billing/account.ts";
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
import { defineGenerator } from "../generating/generator.ts";
import { names } from "../generating/words.ts";

/**
 * What people spend in a month: goods by mixed weights with discounts, returns and reductions, power and tax in steps, rides,
 * parking, a field; and a gas account of years, each month of which rests on those before. All rules are in the text, its sentences in random order, with corrections and idle numbers. Every sum
 * is exact to the fen.
 */
export const generator = defineGenerator({
  id: "billing",
  version: "4",
  title: { zh: "多步账单", en: "household bills in many steps" },
  grader: "numeric",
  options: z.strictObject({
    goods: z.int().min(1).max(16).default(3).describe("goods that each person buys"),
    services: z.int().min(0).max(5).default(2).describe("power, tax, rides, parking, a field"),
    people: z.int().min(1).max(12).default(1),
    months: z
      .int()
      .min(0)
      .max(48)
      .default(0)
      .describe("of each person's gas account; 0: no accounts"),
    corrections: z.int().min(0).max(60).default(1),
    idle: z.int().min(0).max(40).default(2).describe("sentences on which nothing depends"),
    asks: z
      .enum(["some", "all"])
      .default("some")
      .describe("all: only what cannot be told without the bill of everybody"),
  }),
  levels: (
    [
      [2, 0, 1, 0, 0, "some"],
      [2, 1, 1, 0, 1, "some"],
      [3, 1, 1, 1, 2, "some"],
      [4, 2, 2, 3, 4, "some", 5],
      [3, 2, 3, 6, 5, "all", 14],
      [3, 2, 3, 7, 5, "all", 16],
      [3, 3, 3, 8, 5, "all", 18],
      [3, 3, 3, 9, 5, "all", 22],
      [3, 3, 3, 10, 6, "all", 30],
      [3, 3, 4, 12, 6, "all", 36],
    ] as const
  ).map(([goods, services, people, corrections, idle, asks, months = 0]) => ({
    options: { goods, services, people, months, corrections, idle, asks },
    floor: 0.002,
  })),
  make: (draw, { goods, services: count, people, months, corrections, idle, asks }): Made => {
    const owners = draw.sample(names, people);
    const used = draw.sample(services, count);
    const rules = drawRules(draw);
    const gas = months === 0 ? null : drawAccountRules(draw, months);
    const bills = owners.map((owner) => billOf(draw, owner, { goods, used, gas }, rules));
    const figures = bills.flatMap((bill) => bill.figures);
    // Of the corrections of a text with accounts, half are of those.
    const ofGas = gas === null ? 0 : Math.floor(corrections / people / 2);
    const mended = draw
      .shuffle(figures.flatMap((figure) => [figure, figure]))
      .slice(0, corrections - ofGas * people);
    const text = inRandomOrder(draw, [
      ...used.flatMap((service) => ruleText(draw, service, rules).map((rule) => [rule])),
      ...(gas === null ? [] : [[accountRuleText(gas)]]),
      ...bills.flatMap((bill) => bill.rules.map((rule) => [rule])),
      ...figures.map((figure) =>
        tellFigure(draw, figure, mended.filter((each) => each === figure).length),
      ),
      ...bills.flatMap(({ account }, at) =>
        account === null
          ? []
          : accountTexts(draw, owners[at] ?? "", account, Math.min(ofGas, months)),
      ),
      ...idleTexts(draw, owners, idle).map((each) => [each]),
    ]);
    const { ask, fen } = asked(
      draw,
      bills.map((bill, at) => ({ owner: owners[at] ?? "", fen: bill.fen })),
      { isOfAll: asks === "all" && people > 1, time: gas === null ? "这个月" : "按文中所记" },
    );
    const items = [
      "买东西",
      ...used.map((service) => titles[service]),
      ...(gas === null ? [] : ["煤气"]),
    ];
    return {
      question: `${text}\n${ownRules(used, bills)}只算${items.join("、")}${items.length === 1 ? "" : "这几项"}，${ask}更正过的以最后一次更正为准。`,
      answer: fen / 100,
      unit: "元",
      grader: { use: "numeric", with: { round_to_gold: false } },
    };
  },
});

/** What holds where nothing else is said. */
const ownRules = (used: readonly Service[], bills: readonly OwnBill[]): string =>
  [
    "1 千克是 2 斤，1 斤是 10 两",
    "没有写折扣的按原价，退掉的东西按买时的折后价退钱",
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

type OwnBill = Bill & { readonly account: Account | null };

function billOf(
  draw: Draw,
  owner: string,
  {
    goods,
    used,
    gas,
  }: {
    readonly goods: number;
    readonly used: readonly Service[];
    readonly gas: AccountRules | null;
  },
  rules: Rules,
): OwnBill {
  const bought = goodsBill(draw, owner, goods);
  const parts = [bought, ...used.map((service) => serviceBill(draw, service, rules, owner))];
  const account = gas === null ? null : drawAccount(draw, gas);
  const spent = account === null || gas === null ? 0 : spentOf(account, gas);
  return {
    figures: parts.flatMap(({ figures }) => figures),
    rules: bought.rules,
    fen: parts.reduce((sum, { fen }) => sum + fen, spent),
    account,
  };
}

type Spent = { readonly owner: string; readonly fen: number };

function asked(
  draw: Draw,
  bills: readonly Spent[],
  { isOfAll, time }: { readonly isOfAll: boolean; readonly time: string },
): { readonly ask: string; readonly fen: number } {
  const [one = { owner: "", fen: 0 }, other] = draw.shuffle(bills);
  const kind =
    other === undefined
      ? "one"
      : isOfAll
        ? "all"
        : draw.pick(["one", "all", "difference"] as const);
  if (kind === "difference" && other !== undefined && one.fen !== other.fen) {
    const [more, less] = one.fen > other.fen ? [one, other] : [other, one];
    return {
      ask: `${time}${more.owner}比${less.owner}多花多少元？`,
      fen: more.fen - less.fen,
    };
  }
  if (kind === "all") {
    const people = bills.map(({ owner }) => owner).join("、");
    return {
      ask: draw.pick([`${time}${people}一共花了多少元？`, `${time}${people}合起来花了多少元？`]),
      fen: bills.reduce((sum, { fen }) => sum + fen, 0),
    };
  }
  return {
    ask: draw.pick([`${time}${one.owner}一共花了多少元？`, `${time}${one.owner}要付多少元？`]),
    fen: one.fen,
  };
}
