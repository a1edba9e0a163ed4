import { describe, expect, inject, test } from "vitest";

import type { View } from "../view/model.ts";

import { seededRandom } from "../../stats/random.ts";
import { answerLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { verdictCode } from "../view/shapes.ts";
import { createView, step } from "../view/view.ts";
import { compareTargets, type Comparison } from "./comparison.ts";

const target = "sim/model";
type Draw = (item: number) => boolean;

/** Views that share their items; `sizes` are the items of each task, `passage` how many share one. */
function viewOf(sizes: readonly number[], draw: Draw, passage = 1): View {
  const view = createView();
  step(view, runLine([target]));
  let number = 0;
  for (const [task, size] of sizes.entries()) {
    for (let index = 0; index < size; index++) {
      const item = `s/t${task}/${index}`;
      const cluster = passage === 1 ? null : `t${task} p${Math.floor(index / passage)}`;
      step(view, itemLine(item, { cluster }));
      step(view, answerLine({ item, target }));
      step(view, scoreLine({ item, target }, draw(number) ? "right" : "wrong"));
      number++;
    }
  }
  return view;
}

/** The same items with other results: much quicker than a new view. */
function redraw(view: View, draw: Draw): View {
  const at = view.targets[0]?.rows.at;
  at?.item.forEach((item, row) => {
    const right = draw(item);
    at.value[row] = Number(right);
    at.verdict[row] = right ? verdictCode.right : verdictCode.wrong;
  });
  return view;
}

const compare = (base: View, fresh: View): Comparison => {
  const views = { base, new: fresh };
  const comparison = compareTargets(views, { base: target, new: target }, { draws: 499 });
  if (comparison === null) throw new Error("nothing to compare");
  return comparison;
};

const isRegression = ({ total, parts }: Comparison): boolean =>
  total.verdict === "worse" || parts.some(({ verdict }) => verdict === "worse");

/** Of each promise about how often something is found; the matrix draws three times as many. */
const [pairs, drops] = inject("matrix") ? [200, 100] : [60, 30];

describe(`${pairs} pairs of the same skill with other seeds: at most 9 of 100 are regressions`, () => {
  test.each([
    ["one task of 200", [200], 1],
    ["12 tasks of different size", [5, 5, 5, 6, 6, 6, 6, 6, 6, 7, 7, 7], 1],
    ["passages of 4", [60, 60, 40], 4],
  ])("%s", (_, sizes, passage) => {
    let regressions = 0;
    const [base, fresh] = [0, 1].map(() => viewOf(sizes, () => true, passage));
    if (base === undefined || fresh === undefined) throw new Error("views");
    const n = sizes.reduce((sum, size) => sum + size, 0);
    for (let seed = 0; seed < pairs; seed++) {
      const random = seededRandom(1_000 + seed);
      const skill = Array.from({ length: n }, () => 0.45 + 0.5 * random());
      const draw: Draw = (item) => random() < (skill[item] ?? 0);
      if (isRegression(compare(redraw(base, draw), redraw(fresh, draw)))) regressions++;
    }
    expect(regressions).toBeLessThanOrEqual(0.09 * pairs);
  });
});

test("a drop of 8 points at n = 500, 14% lost and 6% won, is found in at least 90 of 100", () => {
  let found = 0;
  const [base, fresh] = [0, 1].map(() => viewOf([500], () => true));
  if (base === undefined || fresh === undefined) throw new Error("views");
  for (let seed = 0; seed < drops; seed++) {
    const random = seededRandom(seed);
    const before = Array.from({ length: 500 }, () => random() < 0.7);
    // Of the right ones 0.14 / 0.7 are lost, of the wrong ones 0.06 / 0.3 are won.
    const after = before.map((right) => (right ? random() >= 0.2 : random() < 0.2));
    redraw(base, (item) => before[item] ?? false);
    redraw(fresh, (item) => after[item] ?? false);
    if (compare(base, fresh).total.verdict === "worse") found++;
  }
  expect(found).toBeGreaterThanOrEqual(0.9 * drops);
});

test("trials that both sides share are paired, and their mean is compared", () => {
  const trials = (values: readonly boolean[]): View => {
    const view = createView();
    step(view, runLine([target]));
    for (let index = 0; index < 40; index++) {
      const item = `s/t/${index}`;
      step(view, itemLine(item));
      for (const [trial, right] of values.entries()) {
        step(view, answerLine({ item, target, trial: trial + 1 }));
        step(view, scoreLine({ item, target, trial: trial + 1 }, right ? "right" : "wrong"));
      }
    }
    return view;
  };
  const { total, coverage } = compare(trials([true, false]), trials([true, true, false]));
  expect(coverage).toMatchObject({ base: 80, new: 120, common: 80, compared: 80 });
  expect(total).toMatchObject({ n: 40, base: 0.5, new: 1, delta: 0.5 });
});

test("Holm's adjustment runs over the dimensions, not over the total", () => {
  const random = seededRandom(4);
  const sizes = Array.from({ length: 5 }, () => 60);
  const worse = viewOf(sizes, (item) => (item < 60 ? random() < 0.55 : random() < 0.8));
  const base = viewOf(sizes, () => random() < 0.8);
  const { total, parts } = compare(base, worse);
  expect(total.p_adjusted).toBeNull();
  const leaves = parts.filter(({ path }) => path.length === 2);
  expect(leaves.map(({ path }) => path[1])).toEqual(["t0", "t1", "t2", "t3", "t4"]);
  for (const { p, p_adjusted } of leaves) expect(p_adjusted).toBeGreaterThanOrEqual(p ?? 1);
  expect(leaves[0]?.verdict).toBe("worse");
});

test("the same inputs and seed give the same figures", () => {
  const random = seededRandom(9);
  const draws = Array.from({ length: 60 }, () => random() < 0.6);
  const sizes = [10, 20, 30];
  const views = () => [
    viewOf(sizes, (item) => draws[item] ?? false),
    viewOf(sizes, (item) => draws[59 - item] ?? false),
  ];
  const [a, b] = views();
  const [c, d] = views();
  if (!a || !b || !c || !d) throw new Error("views");
  expect(compare(a, b).total).toEqual(compare(c, d).total);
});
