import { expect, test } from "vitest";

import { type LabelPair, labelCounts, macroF1, macroF1Interval } from "./macro-f1.ts";
import { seededRandom } from "./random.ts";

const labels = ["甲", "乙", "丙", "丁"];

/** From precision and recall of each label, over a table of yes and no. */
function byPrecisionAndRecall(pairs: readonly LabelPair[]): number | null {
  const scores = labels.flatMap((label) => {
    const table = pairs.map(
      ({ gold, said }) => [gold.includes(label), said.includes(label)] as const,
    );
    const relevant = table.filter(([isRight]) => isRight).length;
    const returned = table.filter(([, isSaid]) => isSaid).length;
    if (relevant + returned === 0) return [];
    const both = table.filter(([isRight, isSaid]) => isRight && isSaid).length;
    const precision = returned === 0 ? 0 : both / returned;
    const recall = relevant === 0 ? 0 : both / relevant;
    return [both === 0 ? 0 : 1 / ((1 / precision + 1 / recall) / 2)];
  });
  return scores.length === 0 ? null : scores.reduce((sum, each) => sum + each) / scores.length;
}

function drawnTable(random: () => number): readonly LabelPair[] {
  const isSingle = random() < 0.5;
  const set = (): readonly string[] =>
    isSingle
      ? [labels[Math.floor(random() ** 2 * labels.length)] ?? ""]
      : labels.filter(() => random() < 0.3);
  return Array.from({ length: 1 + Math.floor(random() * 30) }, () => {
    const gold = set();
    return { gold, said: random() < 0.1 ? [] : random() < 0.6 ? gold : set() };
  });
}

test("macro-F1 is the mean of harmonic means, over 1,000 drawn tables", () => {
  const random = seededRandom(7);
  for (let draw = 0; draw < 1_000; draw++) {
    const pairs = drawnTable(random);
    const [own, other] = [macroF1(labelCounts(pairs)), byPrecisionAndRecall(pairs)];
    if (other === null) expect(own).toBeNull();
    else expect(own).toBeCloseTo(other, 12);
  }
});

test("a table by hand", () => {
  const pairs = [
    { gold: ["甲"], said: ["甲"] },
    { gold: ["甲"], said: ["乙"] },
    { gold: ["乙"], said: ["乙"] },
    { gold: ["丙"], said: [] },
  ];
  expect(labelCounts(pairs).filter(({ label }) => label === "乙")).toEqual([
    { label: "乙", tp: 1, fp: 1, fn: 0 },
  ]);
  // 甲 2/3, 乙 2/3, 丙 0.
  expect(macroF1(labelCounts(pairs))).toBeCloseTo(4 / 9, 12);
  expect(macroF1([])).toBeNull();
});

test("the interval holds the truth nearly as often as it says", () => {
  const random = seededRandom(11);
  // Three labels of 50, 30 and 20 %, right in 80, 70 and 60 of 100, else one of the others.
  const draw = (): LabelPair => {
    const u = random();
    const at = u < 0.5 ? 0 : u < 0.8 ? 1 : 2;
    const isRight = random() < [0.8, 0.7, 0.6][at]!;
    const said = isRight ? at : (at + 1 + Math.floor(random() * 2)) % 3;
    return { gold: [labels[at] ?? ""], said: [labels[said] ?? ""] };
  };
  const truth = macroF1(labelCounts(Array.from({ length: 200_000 }, draw))) ?? 0;
  const samples = 200;
  let held = 0;
  for (let sample = 0; sample < samples; sample++) {
    const pairs = Array.from({ length: 60 }, draw);
    const interval = macroF1Interval(
      pairs,
      pairs.map((_, at) => at),
    );
    if (interval !== null && interval.low <= truth && truth <= interval.high) held += 1;
  }
  expect(held / samples).toBeGreaterThan(0.9);
});

test("clusters are drawn whole, and fewer than five give no interval", () => {
  const pairs = Array.from({ length: 40 }, (_, at) => ({
    gold: ["甲"],
    said: [at % 2 === 0 ? "甲" : "乙"],
  }));
  const wide = macroF1Interval(
    pairs,
    pairs.map((_, at) => Math.floor(at / 8)),
  );
  const alone = macroF1Interval(
    pairs,
    pairs.map((_, at) => at),
  );
  expect(
    macroF1Interval(
      pairs,
      pairs.map((_, at) => at % 4),
    ),
  ).toBeNull();
  // Every cluster of eight is half right, so that drawing them changes nothing.
  expect((wide?.high ?? 1) - (wide?.low ?? 0)).toBe(0);
  expect((alone?.high ?? 0) - (alone?.low ?? 0)).toBeGreaterThan(0.05);
});
