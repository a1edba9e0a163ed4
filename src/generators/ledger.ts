import { z } from "zod";

import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { drawBook } from "../generating/ledger/book.ts";
import { type LedgerAsk, ledgerQuestion } from "../generating/ledger/questions.ts";

const kinds = [
  ...(["rent", "handler", "end", "deposit", "sum", "count"] as const),
  ...(["paid", "daily", "audit", "conflict"] as const),
];

/**
 * A register of contracts that are changed, mended, renewed, ended and taken up again, by day, among entries of the same
 * words that concern none; with twists also let for less over a time, renumbered and moved. Asks for a state on a day, a sum or a number over a store, what a
 * store brought in over months, in how many ways an audit can go through contracts, a contradiction, or what is not said.
 */
export const generator = defineGenerator({
  id: "ledger",
  version: "5",
  title: { zh: "长文多证据检索", en: "evidence in a long register" },
  grader: "numeric",
  options: z.strictObject({
    length: z.int().min(2_000).max(400_000).default(8_000).describe("characters of the register"),
    contracts: z
      .int()
      .min(1)
      .max(60)
      .default(4)
      .describe("contracts of a store, so facts of a sum"),
    months: z
      .int()
      .min(2)
      .max(36)
      .default(6)
      .describe("months over which what was paid is added up"),
    orders: z
      .int()
      .min(20)
      .max(10_000)
      .default(180)
      .describe("of an audit before rents are added up, or up to twice as many"),
    changes: z.int().min(1).max(6).default(2).describe("changes of a contract at most"),
    twists: z
      .boolean()
      .default(false)
      .describe("rents cut for a time, corrections taken back, new numbers, moves between stores"),
    asks: z
      .array(z.enum(kinds))
      .min(1)
      .default([...kinds]),
  }),
  levels: (
    [
      [1, 1, "rent handler"],
      [1, 2, "rent handler end"],
      [2, 2, "rent handler end deposit sum"],
      [5, 3, "deposit sum sum paid", 8_000, 4],
      [5, 5, "daily", 8_000, 5, true],
      [7, 4, "audit", 8_000, 6, true, 500],
      [8, 5, "audit", 10_000, 6, true, 1_100],
      [9, 5, "audit", 12_000, 6, true, 2_200],
      [11, 6, "audit", 16_000, 6, true, 3_300],
      [12, 6, "audit", 24_000, 6, true, 4_500],
    ] as const
  ).map(([contracts, changes, asks, length = 8_000, months = 6, twists = false, orders = 180]) => ({
    options: {
      length,
      contracts,
      changes,
      months,
      twists,
      orders,
      asks: asks.split(" ").filter(isAsked),
    },
    floor: floorOf(asks.split(" ")),
  })),
  make: (draw, { length, contracts: perStore, changes, months, twists, orders, asks }): Made => {
    for (;;) {
      const kind = draw.pick(asks);
      const many = kind === "audit" ? Math.max(perStore, fewestAudited) : perStore;
      const { mend, ask } = ledgerQuestion(draw, kind, { perStore: many, months, orders });
      const book = drawBook(draw, { length, perStore: many, changes, twists }, (contract, at) =>
        at < many ? mend(contract, at) : contract,
      );
      const asked = ask(book.contracts);
      if (asked === null) continue;
      const { question = "", ...gold } = asked;
      return {
        context: book.text,
        question: `根据登记簿回答。${question}${isReckoned(kind) ? "" : "登记簿里没有写的，答“文中没有说”。"}`,
        ...gold,
      };
    }
  },
});

/** Contracts of a store, where three stores are audited. */
const fewestAudited = 6;

/** Nothing of this can be left unsaid. */
const isReckoned = (kind: LedgerAsk): boolean => kind === "daily" || kind === "audit";

function isAsked(kind: string): kind is LedgerAsk {
  return kinds.some((each) => each === kind);
}

/** One handler in eight, half of the deposits that are not said, and the commonest count. */
function floorOf(asks: readonly string[]): number {
  const share = (kind: string): number => asks.filter((each) => each === kind).length / asks.length;
  return Math.max(
    0.01,
    0.03 * share("audit"),
    share("handler") / 6,
    share("deposit") / 2,
    share("count") / 2.5,
  );
}
