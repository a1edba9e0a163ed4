import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import {
  debtRule,
  idleTexts,
  inRandomOrder,
  ruleText,
  tellFigure,
} from "../generating/billing/bill-text.ts";
import {
  type Bill,
  debtBill,
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
 * parking, a field. All rules are in the text, its sentences in random order, with corrections and idle numbers. Every sum
 * is exact to the fen.
 */
export const generator = defineGenerator({
  id: "billing",
  version: "3",
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
      .describe("of a debt of each person, the interest of which is paid; 0: no debts"),
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
      [5, 2, 2, 3, 5, "some", 4],
      [5, 3, 4, 8, 8, "all", 9],
      [5, 4, 4, 12, 10, "all", 12],
      [6, 5, 5, 16, 12, "all", 16],
      [6, 5, 6, 24, 14, "all", 20],
      [7, 5, 7, 34, 16, "all", 26],
      [8, 5, 8, 45, 18, "all", 34],
    ] as const
  ).map(([goods, services, people, corrections, idle, asks, months = 0]) => ({
    options: { goods, services, people, months, corrections, idle, asks },
    floor: 0.002,
  })),
  make: (draw, { goods, services: count, people, months, corrections, idle, asks }): Made => {
    const owners = draw.sample(names, people);
    const used = draw.sample(services, count);
    const rules = drawRules(draw);
    const bills = owners.map((owner) => billOf(draw, owner, { goods, used, months }, rules));
    const figures = bills.flatMap((bill) => bill.figures);
    const mended = draw
      .shuffle(figures.flatMap((figure) => [figure, figure]))
      .slice(0, corrections);
    const text = inRandomOrder(draw, [
      ...used.flatMap((service) => ruleText(draw, service, rules).map((rule) => [rule])),
      ...(months === 0 ? [] : [[debtRule(months)]]),
      ...bills.flatMap((bill) => bill.rules.map((rule) => [rule])),
      ...figures.map((figure) =>
        tellFigure(draw, figure, mended.filter((each) => each === figure).length),
      ),
      ...idleTexts(draw, owners, idle).map((each) => [each]),
    ]);
    const { ask, fen } = asked(
      draw,
      bills.map((bill, at) => ({ owner: owners[at] ?? "", fen: bill.fen })),
      asks === "all" && people > 1,
    );
    const items = [
      "买东西",
      ...used.map((service) => titles[service]),
      ...(months === 0 ? [] : ["借款利息"]),
    ];
    return {
      question: `${text}\n${ownRules}只算${items.join("、")}${items.length === 1 ? "" : "这几项"}，${ask}更正过的以最后一次更正为准。`,
      answer: fen / 100,
      unit: "元",
      grader: { use: "numeric", with: { round_to_gold: false } },
    };
  },
});

/** What holds where nothing else is said. */
const ownRules =
  "1 千克是 2 斤，1 斤是 10 两；没有写折扣的按原价，退掉的东西按买时的折后价退钱，没有写满减的人没有满减；工资减完不足 0 元的不交税。";

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
  {
    goods,
    used,
    months,
  }: { readonly goods: number; readonly used: readonly Service[]; readonly months: number },
  rules: Rules,
): Bill {
  const bought = goodsBill(draw, owner, goods);
  const served = used.map((service) => serviceBill(draw, service, rules, owner));
  const parts = [bought, ...served, ...(months === 0 ? [] : [debtBill(draw, owner, months)])];
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
  isOfAll: boolean,
): { readonly ask: string; readonly fen: number } {
  if (isOfAll && draw.int(0, 3) === 0) return askedOfRank(draw, bills);
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
      ask: `${more.owner}比${less.owner}多花多少元？`,
      fen: more.fen - less.fen,
    };
  }
  if (kind === "all")
    return {
      ask: `${bills.map(({ owner }) => owner).join("、")}这个月一共花了多少元？`,
      fen: bills.reduce((sum, { fen }) => sum + fen, 0),
    };
  return {
    ask: draw.pick([`${one.owner}这个月一共花了多少元？`, `${one.owner}这个月要付多少元？`]),
    fen: one.fen,
  };
}

/** What those who spent most and least have to do with each other; everybody has to be reckoned. */
function askedOfRank(
  draw: Draw,
  bills: readonly Spent[],
): { readonly ask: string; readonly fen: number } {
  const sums = bills.map(({ fen }) => fen).toSorted((a, b) => b - a);
  const [most = 0, least = 0] = [sums[0], sums.at(-1)];
  const people = bills.map(({ owner }) => owner).join("、");
  return draw.pick([
    {
      ask: `${people}这个月花得最多的比花得最少的多花多少元？`,
      fen: most - least,
    },
    {
      ask: `${people}这个月花得最多的和花得最少的合起来花了多少元？`,
      fen: most + least,
    },
  ]);
}
