import type { Node } from "../../src/report/score/tree.ts";
/** Power on two classic shapes, beside other tests of the same data. */
import type { Items } from "../../src/report/view/model.ts";

import { pairedDifference } from "../../src/report/compare/difference.ts";
import { buildTree } from "../../src/report/score/tree.ts";
import { itemLine, runLine } from "../../src/report/testing/lines.ts";
import { createView, step } from "../../src/report/view/view.ts";
import { normalCdf, studentCdf } from "../../src/stats/distributions.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { normalFrom } from "./draw.ts";

type Shape = { readonly root: Node; readonly items: Items; readonly count: number };

function shapeOf(count: number, passage: number): Shape {
  const view = createView();
  step(view, runLine(["sim/model"]));
  for (let item = 0; item < count; item++) {
    const cluster = passage === 1 ? null : `p${Math.floor(item / passage)}`;
    step(view, itemLine(`s/t/${item}`, { cluster }));
  }
  return { root: buildTree(view, null), items: view.items, count };
}

const pOf = ({ root, items }: Shape, before: Float64Array, after: Float64Array, seed: number) =>
  pairedDifference(root, { baseValues: before, newValues: after }, items, "macro", {
    seed,
    draws: 1_999,
  }).p ?? 1;

/** 500 items, 14% lost and 6% won: how often the loss is found. */
export function lossOfEight(pairs: number, seed: number): number {
  const shape = shapeOf(500, 1);
  let found = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const random = seededRandom(seed + pair);
    const before = Float64Array.from({ length: 500 }, () => Number(random() < 0.7));
    // Of the right ones 0.14 / 0.7 are lost, of the wrong ones 0.06 / 0.3 are won.
    const after = before.map((right) => Number(right === 1 ? random() >= 0.2 : random() < 0.2));
    if (pOf(shape, before, after, pair) < 0.05) found++;
  }
  return found / pairs;
}

const passages = 125;

type Contest = Readonly<Record<string, number>>;

/** Tests of the differences of passages that hold their level; two-sided p. */
const rivals: Readonly<Record<string, (sums: Float64Array) => number>> = {
  "paired t": (sums) => {
    const n = sums.length;
    const mean = sums.reduce((sum, each) => sum + each, 0) / n;
    const squares = sums.reduce((sum, each) => sum + (each - mean) ** 2, 0);
    const t = mean / Math.sqrt(squares / (n - 1) / n);
    return 2 * (1 - studentCdf(Math.abs(t), n - 1));
  },
  "signed ranks": (sums) => {
    const kept = sums.filter((each) => each !== 0).toSorted((a, b) => Math.abs(a) - Math.abs(b));
    const ranks = kept.map((each) => {
      const below = kept.filter((other) => Math.abs(other) < Math.abs(each)).length;
      const same = kept.filter((other) => Math.abs(other) === Math.abs(each)).length;
      return below + (same + 1) / 2;
    });
    const sum = kept.reduce((total, each, at) => total + Math.sign(each) * (ranks[at] ?? 0), 0);
    const sd = Math.sqrt(ranks.reduce((total, rank) => total + rank * rank, 0));
    return 2 * (1 - normalCdf(Math.abs(sum) / sd));
  },
  signs: (sums) => {
    const up = sums.filter((each) => each > 0).length;
    const down = sums.filter((each) => each < 0).length;
    return 2 * (1 - normalCdf(Math.abs(up - down) / Math.sqrt(up + down)));
  },
  // Obuchowski, Stat. Med. 17, 1998: the variance under the null, without centring.
  Obuchowski: (sums) => {
    const total = sums.reduce((sum, each) => sum + each, 0);
    const squares = sums.reduce((sum, each) => sum + each * each, 0);
    return 2 * (1 - normalCdf(Math.abs(total) / Math.sqrt(squares)));
  },
};

/** 125 passages of four questions, the answers of a passage hanging together: how often each test finds the change. */
export function passagesOfFour(skillLost: number, pairs: number, seed: number): Contest {
  const shape = shapeOf(passages * 4, 4);
  const found: Record<string, number> = { "label swaps": 0 };
  for (const name of Object.keys(rivals)) found[name] = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const random = seededRandom(seed + pair);
    const [before, after] = passageAnswers(random, skillLost);
    const sums = new Float64Array(passages);
    after.forEach((value, item) => {
      const passage = Math.floor(item / 4);
      sums[passage] = (sums[passage] ?? 0) + value - (before[item] ?? 0);
    });
    if (pOf(shape, before, after, pair) < 0.05) found["label swaps"]! += 1 / pairs;
    for (const [name, test] of Object.entries(rivals)) {
      if (test(sums) < 0.05) found[name]! += 1 / pairs;
    }
  }
  return found;
}

function passageAnswers(random: () => number, lost: number): readonly [Float64Array, Float64Array] {
  const normal = normalFrom(random);
  const sides = [new Float64Array(passages * 4), new Float64Array(passages * 4)] as const;
  for (let passage = 0; passage < passages; passage++) {
    const moods = [normal(), normal()];
    for (let question = 0; question < 4; question++) {
      const easy = 0.8 + 1.2 * normal();
      for (const [side, values] of sides.entries()) {
        const odds = easy + (moods[side] ?? 0) - side * lost;
        values[passage * 4 + question] = Number(random() < 1 / (1 + Math.exp(-odds)));
      }
    }
  }
  return sides;
}
