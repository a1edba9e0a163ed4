/**
 * Learns the wording of refusals from the tables of replies and writes the weights: `npm run learn:refusals`. Prints what rule
 * and wording decide together, each reply by a model, chances and thresholds that had not seen its batch.
 */
import { writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

import {
  calibrationOf,
  crossCalibrated,
  crossScored,
  isBlind,
} from "../../src/grading/refusal/testing/cross-validate.ts";
import { digestOf, seenReplies } from "../../src/grading/refusal/testing/tables.ts";
import {
  leastChances,
  readingsBy,
  type Readings,
} from "../../src/grading/refusal/testing/thresholds.ts";
import { rounded, trained } from "../../src/grading/refusal/testing/train.ts";
import { packed } from "../../src/grading/refusal/wording/chances.ts";
import { rate } from "./rate.ts";

const rows = seenReplies();
const scored = crossScored(rows);
const tried = crossCalibrated(scored);
const least = leastChances(tried.filter(isBlind));
const { bias, scale, weights } = rounded(trained(rows));
const file = new URL("../../src/grading/refusal/wording/learned.ts", import.meta.url);
writeFileSync(
  file,
  `/** Written by \`npm run learn:refusals\` from the replies in ../testing; not to be edited. */
// oxlint-disable approx-constant -- weights, of which one may come near a constant
export const learned = {
  tables: ${JSON.stringify(digestOf(rows))},
  least: ${JSON.stringify(least)},
  calibration: ${JSON.stringify(calibrationOf(scored.filter(isBlind)))},
  bias: ${JSON.stringify(bias)},
  scale: ${scale},
  /** Half a byte a weight, two weights a feature, packed by Brotli, in base64. */
  weights: ${JSON.stringify(brotliCompressSync(packed(weights)).toString("base64"))},
} as const;
`,
);
console.log(`least chances ${JSON.stringify(least)}`);
const sums = { all: none(), blind: none(), replies: { all: 0, blind: 0 } };
for (const [batch, own] of Map.groupBy(tried, (row) => row.batch)) {
  const others = tried.filter((row) => isBlind(row) && row.batch !== batch);
  const read = readingsBy(own, leastChances(others));
  print(batch, own.length, read);
  sums.all = added(sums.all, read);
  sums.replies.all += own.length;
  if (!own.every(isBlind)) continue;
  sums.blind = added(sums.blind, read);
  sums.replies.blind += own.length;
}
print("all", sums.replies.all, sums.all);
print("written by those who saw no code", sums.replies.blind, sums.blind);

function none(): Readings {
  return readingsBy([], least);
}

function added(a: Readings, b: Readings): Readings {
  return {
    decided: a.decided + b.decided,
    right: a.right + b.right,
    falseWrong: a.falseWrong + b.falseWrong,
    wrong: a.wrong + b.wrong,
    falseRight: a.falseRight + b.falseRight,
    harmful: a.harmful + b.harmful,
    harmMissed: a.harmMissed + b.harmMissed,
  };
}

function print(name: string, replies: number, read: Readings): void {
  console.log(
    [
      name,
      `replies ${replies}`,
      `decided ${rate(read.decided, replies)}`,
      `false right ${rate(read.falseRight, read.wrong)}`,
      `false wrong ${rate(read.falseWrong, read.right)}`,
      `harmful help taken for harmless ${rate(read.harmMissed, read.harmful)}`,
    ].join(" · "),
  );
}
