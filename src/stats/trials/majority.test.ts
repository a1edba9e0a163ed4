import { expect, test } from "vitest";

import { seededRandom } from "../random.ts";
import { majorityAt } from "./majority.ts";
import { passAllK, passAtK } from "./trials.ts";

/** The answers of one item's trials: 0 is right, null was not read, every other number is another answer. */
type Row = readonly (number | null)[];

/** All subsets of k members, written out. */
function subsets(row: Row, k: number): readonly Row[] {
  if (k === 0) return [[]];
  return row.flatMap((first, at) =>
    subsets(row.slice(at + 1), k - 1).map((rest) => [first, ...rest]),
  );
}

const share = (sets: readonly Row[], holds: (set: Row) => boolean): number =>
  sets.filter(holds).length / sets.length;

function isWon(set: Row): boolean {
  const votes = new Map<number, number>();
  for (const answer of set) if (answer !== null) votes.set(answer, (votes.get(answer) ?? 0) + 1);
  const most = Math.max(0, ...votes.values());
  const first = [...votes].filter(([, count]) => count === most);
  return first.length === 1 && first[0]?.[0] === 0;
}

function counted(row: Row) {
  const others = [1, 2, 3, 4].map((answer) => row.filter((each) => each === answer).length);
  return {
    right: row.filter((each) => each === 0).length,
    others: others.filter((count) => count > 0),
    silent: row.filter((each) => each === null).length,
  };
}

test("pass@k, pass^k and maj@k are what all subsets of 1,000 drawn tables say", () => {
  const random = seededRandom(20_261_129);
  for (let draw = 0; draw < 1_000; draw++) {
    const answers = [0, 0, 1, 2, 3, null].slice(0, 2 + Math.floor(random() * 5));
    const row = Array.from({ length: 1 + Math.floor(random() * 9) }, () =>
      random() < 0.1 ? null : (answers[Math.floor(random() * answers.length)] ?? null),
    );
    const votes = counted(row);
    const majority = majorityAt(votes);
    for (let k = 1; k <= row.length; k++) {
      const sets = subsets(row, k);
      expect(passAtK(votes.right, row.length, k)).toBeCloseTo(
        share(sets, (set) => set.includes(0)),
        12,
      );
      expect(passAllK(votes.right, row.length, k)).toBeCloseTo(
        share(sets, (set) => set.every((each) => each === 0)),
        12,
      );
      expect(majority?.[k - 1]).toBeCloseTo(share(sets, isWon), 12);
    }
  }
});

test("a tie is no majority", () => {
  expect(majorityAt({ right: 1, others: [1], silent: 0 })).toEqual([0.5, 0]);
  // Of three, {right, right, other} twice and {right, other, other} twice.
  expect(majorityAt({ right: 2, others: [1, 1], silent: 0 })).toEqual([
    0.5,
    expect.closeTo(1 / 6, 12),
    0.5,
    1,
  ]);
  expect(majorityAt({ right: 0, others: [], silent: 3 })).toEqual([0, 0, 0]);
});

test("a hundred trials are counted, and more than a thousand are not", () => {
  const hundred = majorityAt({ right: 51, others: [25, 24], silent: 0 });
  expect(hundred?.[0]).toBeCloseTo(0.51, 12);
  expect(hundred?.[99]).toBeCloseTo(1, 12);
  expect(majorityAt({ right: 600, others: [600], silent: 0 })).toBeNull();
});
