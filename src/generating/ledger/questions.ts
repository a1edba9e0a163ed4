import type { Draw } from "../draw.ts";
import type { Made } from "../generator.ts";

import { auditQuestion } from "./audits.ts";
import {
  type ContractState,
  type Lease,
  drawRent,
  edgesOf,
  firstDay,
  lastDay,
  stateOn,
} from "./contracts.ts";
import { dateText } from "./dates.ts";

export type LedgerAsk =
  | "rent"
  | "handler"
  | "end"
  | "deposit"
  | "sum"
  | "count"
  | "paid"
  | "daily"
  | "audit"
  | "conflict";

/** What a question asks, and what a contract must be for it. */
export type LedgerQuestion = {
  /** Changes a contract of the asked store before it is told; by its number in the store. */
  readonly mend: (contract: Lease, at: number) => Lease;
  /** Null where the contracts do not lend themselves to what is asked. */
  readonly ask: (
    contracts: readonly Lease[],
  ) => Pick<Made, "question" | "answer" | "unit" | "aliases" | "grader"> | null;
};

type Asked = NonNullable<ReturnType<LedgerQuestion["ask"]>>;

/** The contracts that are in a store on any day. */
type Tenancy = { readonly store: string; readonly contracts: readonly Lease[] };

/** The state of a contract on a day, as far as it concerns the store. */
function stateIn({ store }: Tenancy, contract: Lease, day: number): ContractState {
  const state = stateOn(contract, day);
  return { ...state, isInForce: state.isInForce && state.store === store };
}

const notSaid = "文中没有说";
const notSaidAliases = ["文中没有提到", "文中未提及", "没有说", "文中没说", "文中没有说明"];

const auditedStores = 3;

type Sizes = { readonly perStore: number; readonly months: number; readonly orders: number };

/**
 * A question to the contracts of one store, `perStore` of them; what was paid is added up over `months`. An audit takes those of
 * three stores, in `orders` orders or more.
 */
export function ledgerQuestion(
  draw: Draw,
  asked: LedgerAsk,
  { perStore, months, orders }: Sizes,
): LedgerQuestion {
  const isSaid = draw.int(0, 1) === 0;
  const target = draw.int(0, perStore - 1);
  const mend = (contract: Lease, at: number): Lease => {
    if (asked === "deposit" && at === target) return withDeposit(draw, contract, isSaid);
    if (asked === "conflict" && at === target) return withConflict(draw, contract);
    return contract;
  };
  return {
    mend,
    ask: (contracts) => {
      const own = contracts.slice(0, perStore);
      const contract = own[target];
      if (contract === undefined) throw new RangeError("no contract to ask for");
      if (asked === "audit") {
        const stores = new Set(
          contracts.slice(0, auditedStores * perStore).map(({ store }) => store),
        );
        return auditQuestion(draw, contracts, [...stores], orders);
      }
      const everThere = contracts.filter(
        ({ store, events }) =>
          store === contract.store ||
          events.some((event) => event.kind === "move" && event.store === contract.store),
      );
      const asOf = { store: contract.store, contracts: everThere };
      if (asked === "paid") return paidQuestion(draw, asOf, months);
      if (asked === "daily") return dailyQuestion(draw, asOf, months);
      if (asked === "sum" || asked === "count") return groupQuestion(draw, asked, asOf);
      return oneQuestion(draw, asked, contract);
    },
  };
}

const whichText = (draw: Draw, { id, tenant }: Lease): string =>
  draw.pick([`租字 ${id} 号合同`, `${tenant}所租仓位的合同`]);

function oneQuestion(
  draw: Draw,
  asked: Exclude<LedgerAsk, "sum" | "count" | "paid" | "daily" | "audit">,
  contract: Lease,
): Asked {
  const which = whichText(draw, contract);
  const day = freeDay(draw, [contract], true);
  const state = stateOn(contract, day);
  switch (asked) {
    case "rent":
      return {
        question: draw.pick([
          `${dateText(day)}这一天，${which}的月租金是多少元？`,
          `按全部记录，${which}在 ${dateText(day)}的月租金是多少元？`,
        ]),
        answer: state.rent,
        unit: "元",
        grader: { use: "numeric" },
      };
    case "handler":
      return {
        question: `${dateText(day)}这一天，${which}由谁经办？`,
        answer: state.handler,
        grader: { use: "exact" },
      };
    case "end":
      return {
        question: `按全部记录，不管是否提前终止，${which}最后的到期日是哪一天？写成“2001年2月3日”这样的形式。`,
        answer: dateText(state.end),
        grader: { use: "value", with: { type: "date" } },
      };
    case "deposit":
      return {
        question: `${which}的押金是多少元？`,
        ...(contract.deposit === null
          ? { answer: notSaid, aliases: notSaidAliases, grader: { use: "exact" } }
          : { answer: contract.deposit, unit: "元", grader: { use: "numeric" } }),
      };
    case "conflict":
      return {
        question:
          "登记簿里有一份合同，两处写的押金不一样，也没有更正过。它是租字多少号合同？只写号码。",
        answer: contract.id,
        grader: { use: "value", with: { type: "identifier" } },
      };
    default:
      throw new Error(String(asked satisfies never));
  }
}

function groupQuestion(draw: Draw, asked: "sum" | "count", tenancy: Tenancy): Asked {
  const { store, contracts } = tenancy;
  const day = freeDay(draw, contracts, false);
  const states = contracts.map((contract) => stateIn(tenancy, contract, day));
  const valid = states.filter(({ isInForce }) => isInForce);
  if (asked === "sum")
    return {
      question: draw.pick([
        `${dateText(day)}这一天，${store}的仓位中仍在合同期内的，月租金一共是多少元？`,
        `${dateText(day)}这一天，${store}所有有效合同的月租金合计多少元？`,
      ]),
      answer: valid.reduce((sum, { rent }) => sum + rent, 0),
      unit: "元",
      grader: { use: "numeric" },
    };
  const limit = drawRent(draw);
  return {
    question: `${dateText(day)}这一天，${store}的有效合同里，月租金超过 ${limit} 元的有几份？`,
    answer: valid.filter(({ rent }) => rent > limit).length,
    unit: "份",
    grader: { use: "numeric" },
  };
}

/** Rents that fall due on the first of each month; on which days a change counts is said at the head of the register. */
function paidQuestion(draw: Draw, tenancy: Tenancy, months: number): Asked {
  const { store, contracts } = tenancy;
  const first = draw.int(2022 * 12, 2025 * 12 + 6 - months);
  const all = Array.from({ length: months }, (_, at) => first + at);
  const monthText = (month: number): string => `${Math.floor(month / 12)}年${(month % 12) + 1}月`;
  const days = all.map((month) => Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000);
  const due = days.flatMap((day) =>
    contracts.flatMap((contract) => {
      const { isInForce, rent } = stateIn(tenancy, contract, day);
      return isInForce ? [rent] : [];
    }),
  );
  const [from, to] = [monthText(first), monthText(first + months - 1)];
  return {
    question: draw.pick([
      `每月 1 日收一次租，当天有效的合同各按当天的月租金交。从${from}到${to}（首尾两个月都算），${store}的仓位一共收了多少元租金？`,
      `${store}的仓位每月 1 日收租：当天在合同期内的，按当天的月租金收一个月。${from}至${to}（含这两个月）合计收租多少元？`,
    ]),
    answer: due.reduce((sum, rent) => sum + rent, 0),
    unit: "元",
    grader: { use: "numeric" },
  };
}

/** So many spans of time are looked at; the one in which most happens is asked for. */
const spans = 12;

/** Rents by the day, a thirtieth of the month's each, in whole yuan for each contract and month. */
function dailyQuestion(draw: Draw, tenancy: Tenancy, months: number): Asked {
  const { store, contracts } = tenancy;
  const edges = contracts.flatMap(edgesOf);
  const drawSpan = (): readonly [first: number, end: number] => {
    const first = Date.UTC(2021, draw.int(3, 41 - months), draw.int(2, 27)) / 86_400_000;
    const last = new Date(first * 86_400_000);
    last.setUTCMonth(last.getUTCMonth() + months, draw.int(2, 27));
    return [first, last.getTime() / 86_400_000];
  };
  const happening = ([from, to]: readonly [number, number]): number =>
    edges.filter((day) => from < day && day < to).length;
  const [[first, end] = drawSpan()] = Array.from({ length: spans }, drawSpan).toSorted(
    (a, b) => happening(b) - happening(a),
  );
  const days = Array.from({ length: end - first + 1 }, (_, at) => first + at);
  const byMonth = Map.groupBy(days, (day) => dateText(day).split("月")[0]);
  const bills = contracts.flatMap((contract) =>
    [...byMonth.values()].map((own) => {
      const states = own.map((day) => stateIn(tenancy, contract, day));
      const fen = states.reduce(
        (all, { isInForce, rent }) => all + (isInForce ? Math.round(rent * 100) : 0),
        0,
      );
      return Math.floor(fen / 3_000);
    }),
  );
  return {
    question: `${draw.pick([
      `从 ${dateText(first)}到 ${dateText(end)}（首尾两天都算），${store}改按天收租：`,
      `${store}的租金在 ${dateText(first)}至 ${dateText(end)}（含首尾两天）之间按天算：`,
    ])}一份合同在这个库有效的每一天，收当天月租金的三十分之一；每份合同每个日历月出一张账单，各天的租金相加，抹去不足一元的零头。${draw.pick(["所有账单一共是多少元？", "全部账单合计多少元？"])}`,
    answer: bills.reduce((sum, each) => sum + each, 0),
    unit: "元",
    grader: { use: "numeric", with: { round_to_gold: false } },
  };
}

/** A day on which no state changes; for one contract, a day on which it is in force. */
function freeDay(draw: Draw, contracts: readonly Lease[], mustHold: boolean): number {
  const edges = new Set(contracts.flatMap(edgesOf));
  const first = Math.min(...contracts.map(({ start }) => start));
  for (let tried = 0; ; tried += 1) {
    const day = draw.int(Math.max(first, firstDay + 200), lastDay);
    if (edges.has(day)) continue;
    const holding = contracts.filter((contract) => stateOn(contract, day).isInForce).length;
    if (mustHold ? holding > 0 : holding * 3 > contracts.length || tried > 60) return day;
    if (tried > 500) return first + 1;
  }
}

const withDeposit = (draw: Draw, contract: Lease, isSaid: boolean): Lease => ({
  ...contract,
  deposit: isSaid ? (contract.deposit ?? drawRent(draw) * 2) : null,
  events: contract.events.filter(({ kind }) => kind !== "deposit"),
});

/** The second deposit is of the same size as the first, and differs. */
function withConflict(draw: Draw, contract: Lease): Lease {
  const { events, start } = contract;
  const deposit = contract.deposit ?? drawRent(draw) * 2;
  const others = events.filter(({ kind }) => kind !== "deposit");
  const day = (others.at(-1)?.day ?? start) + draw.int(5, 60);
  const other = deposit + draw.pick([-1, 1]) * draw.int(1, 5) * 20;
  return { ...contract, deposit, events: [...others, { kind: "deposit", day, deposit: other }] };
}
