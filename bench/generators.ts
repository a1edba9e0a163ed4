/**
 * Generators: `npm run verify:generators [-- --items 12500]`. Compares each gold with what the second solver finds, says how
 * often strategies that solve nothing are right, and gives a digest of all items, which must be the same on every Node.
 */
import { parseArgs } from "node:util";

import { digestOf } from "../src/domain/digest.ts";
import { drawn } from "../src/generating/testing/drawn.ts";
import { solvers } from "../src/generating/testing/solvers/solvers.ts";
import {
  frequentGolds,
  overLevels,
  trivialRates,
  type TrivialRate,
} from "../src/generating/testing/trivial.ts";

const { values } = parseArgs({
  options: { items: { type: "string", default: "12500" }, only: { type: "string" } },
});
const count = Number(values.items);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const best = (rates: readonly TrivialRate[]): readonly TrivialRate[] =>
  rates.toSorted((a, b) => b.rate - a.rate);
const isAbove = ({ rate, floor, standardError }: TrivialRate): boolean =>
  rate > floor + 2 * standardError;

let [total, failures] = [0, 0];
for (const [id, solve] of Object.entries(solvers)) {
  if (values.only !== undefined && values.only !== id) continue;
  const digests: string[] = [];
  let wrong = 0;
  for await (const { gold, digest, ...item } of drawn(id, count, 1_000)) {
    digests.push(digest);
    if ((await solve(item)) !== gold) wrong += 1;
  }
  console.log(
    `${id}: ${digests.length} items, ${wrong} disagreements, digest ${digestOf(digests).slice(0, 16)}`,
  );
  const frequent = await frequentGolds(drawn(id, count, 500_000));
  const levels = await trivialRates(drawn(id, count, 900_000), frequent);
  const rates = best(overLevels(levels));
  for (const { strategy, rate, floor, standardError } of rates.slice(0, 3))
    console.log(
      `  ${percent(rate)} ${strategy} (floor ${percent(floor)} ± ${percent(2 * standardError)})`,
    );
  const byLevel = [...levels].map(
    ([level, own]) => `${level}: ${percent(best(own)[0]?.rate ?? 0)}`,
  );
  console.log(`  the best by level: ${byLevel.join(", ")}`);
  const above = rates.filter(isAbove);
  for (const { strategy } of above) console.log(`  above the floor: ${strategy}`);
  total += digests.length;
  failures += wrong + above.length;
}
console.log(`Node ${process.versions.node}: ${total} items, ${failures} failures`);
process.exitCode = failures > 0 ? 1 : 0;
