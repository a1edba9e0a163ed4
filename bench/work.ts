/**
 * How much there is to look at in items that ask in how many ways: `npm run verify:work [-- --items 20]`. Of every level the median
 * of the states (what is taken so far, where one stands, the sum) that a search which merges equal ones and lets go what cannot
 * succeed has to look at. From level 5 on each family asks for about as much as `idiom-chain`; exit code 1 where one does not.
 */
import { parseArgs } from "node:util";

import type { Item } from "../src/domain/suite.ts";

import { madeAt, tenLevels } from "../src/generating/testing/made.ts";
import { lookForLineUps } from "../src/generating/testing/solvers/kinship.ts";
import { lookForAudits } from "../src/generating/testing/solvers/ledger.ts";
import { lookForChains } from "../src/generating/testing/solvers/search/chains.ts";
import { lookForOrders } from "../src/generating/testing/solvers/search/fair.ts";
import { lookForPoems } from "../src/generating/testing/solvers/verse-faults.ts";

type Looked = { readonly count: number; readonly looked: number };

const { values } = parseArgs({
  options: { items: { type: "string", default: "20" }, seed: { type: "string", default: "31" } },
});

/** Families that count, with the first level that does. */
const families: readonly (readonly [id: string, from: number, lookFor: (item: Item) => Looked])[] =
  [
    ["idiom-chain", 5, ({ question = "" }) => lookForChains(question)],
    ["billing", 5, ({ question = "" }) => lookForOrders(question)],
    ["kinship", 5, ({ question = "" }) => lookForLineUps(question)],
    [
      "ledger",
      6,
      ({ question = "", context }) => lookForAudits({ question, context: String(context) }),
    ],
    ["verse-faults", 5, ({ question = "" }) => lookForPoems(question)],
  ];

/** What a family asks for is between a so-many-th of the yardstick and so many times it. */
const mostTimes = 2;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

let failures = 0;
const yardstick = new Map<number, number>();
for (const [id, from, lookFor] of families) {
  for (const level of tenLevels.slice(from - 1)) {
    const items = await madeAt(id, level, Number(values.items), Number(values.seed));
    const found = items.map((item) => ({ item, ...lookFor(item) }));
    const wrong = found.filter(({ item, count }) => count !== item.answer).length;
    const looked = median(found.map((each) => each.looked));
    if (id === "idiom-chain") yardstick.set(level, looked);
    const known = yardstick.get(level) ?? looked;
    const isOff = looked > known * mostTimes || looked * mostTimes < known;
    failures += wrong + Number(isOff);
    const lengths = items.map(({ question = "" }) => question.length);
    console.log(
      `${id} ${level}: ${looked} states, gold ${median(found.map(({ count }) => count))}, question up to ${Math.max(...lengths)} characters${wrong > 0 ? `, ${wrong} wrong` : ""}${isOff ? ", too far from idiom-chain" : ""}`,
    );
  }
}
process.exitCode = failures > 0 ? 1 : 0;
