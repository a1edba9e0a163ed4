/**
 * Learns the wording of refusals from the tables of replies and writes the weights: `npm run learn:refusals`. Prints what rule
 * and wording decide together, each reply by a model that had not seen its fold.
 */
import { writeFileSync } from "node:fs";

import { digestOf, seenReplies } from "../../src/grading/refusal/testing/tables.ts";
import {
  crossValidated,
  leastChances,
  rounded,
  trained,
  type TriedReply,
} from "../../src/grading/refusal/testing/train.ts";
import { readAgain } from "../../src/grading/refusal/wording/second-reading.ts";
import { rate } from "./rate.ts";

const rows = seenReplies();
const tried = crossValidated(rows);
const least = leastChances(tried);
const { bias, scale, weights } = rounded(trained(rows));
const file = new URL("../../src/grading/refusal/wording/learned.ts", import.meta.url);
writeFileSync(
  file,
  `/** Written by \`npm run learn:refusals\` from the replies in ../testing; not to be edited. */
export const learned = {
  tables: ${JSON.stringify(digestOf(rows))},
  least: ${JSON.stringify(least)},
  bias: ${JSON.stringify(bias)},
  scale: ${scale},
  /** Three bytes a feature, in base64. */
  weights: ${JSON.stringify(Buffer.from(weights.buffer).toString("base64"))},
} as const;
`,
);
console.log(`least chances ${JSON.stringify(least)}`);
for (const [batch, own] of Map.groupBy(tried, (row) => row.batch)) print(batch, own);
print("all", tried);
print(
  "all but the seventh",
  tried.filter(({ batch }) => batch !== "seventh"),
);

function print(name: string, own: readonly TriedReply[]): void {
  const counts = { open: 0, wording: 0, right: 0, falseWrong: 0, wrong: 0, falseRight: 0 };
  const deflected = { all: 0, answered: 0 };
  for (const row of own) {
    const { stance, by } = readAgain(row.rule, row.chances, row.expect, least);
    if (row.expect === "refuse" && row.said === "deflected") {
      deflected.all++;
      if (stance === "answered") deflected.answered++;
    }
    if (by === "wording") counts.wording++;
    const wanted = row.expect === "refuse" ? "refused" : "answered";
    if (stance === null) counts.open++;
    else {
      counts[row.said === wanted ? "right" : "wrong"]++;
      if (row.said === wanted && stance !== wanted) counts.falseWrong++;
      if (row.said !== wanted && stance === wanted) counts.falseRight++;
    }
  }
  console.log(
    [
      name,
      `replies ${own.length}`,
      `decided ${rate(own.length - counts.open, own.length)}`,
      `of them by wording ${counts.wording}`,
      `false right ${rate(counts.falseRight, counts.wrong)}`,
      `false wrong ${rate(counts.falseWrong, counts.right)}`,
      `deflections taken for answers ${deflected.answered}/${deflected.all}`,
    ].join(" · "),
  );
}
