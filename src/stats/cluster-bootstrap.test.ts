import { describe, expect, test } from "vitest";

import { clusterBootstrap } from "./cluster-bootstrap.ts";
import { clusteredInterval, clusteredMean } from "./interval.ts";
import { seededRandom } from "./random.ts";

const meanOf = (rows: readonly { readonly value: number }[]) => ({
  mean: rows.reduce((sum, { value }) => sum + value, 0) / rows.length,
});
const random = seededRandom(3);
/** 60 questions with 4 rows each that hang together. */
const rows = Array.from({ length: 60 }, (_, question) => {
  const mood = random();
  return Array.from({ length: 4 }, () => ({
    question: String(question),
    value: mood + random() / 4,
  }));
}).flat();

describe("intervals by drawing whole questions", () => {
  test("of a mean: what the cluster-robust standard error says, too", () => {
    const found = clusterBootstrap(rows, ({ question }) => question, meanOf)("mean");
    const expected = clusteredInterval(
      clusteredMean({
        values: rows.map(({ value }) => value),
        clusters: rows.map(({ question }) => Number(question)),
      }),
    );
    expect(found?.low).toBeCloseTo(expected?.low ?? 0, 1);
    expect(found?.high).toBeCloseTo(expected?.high ?? 0, 1);
    const apart = clusterBootstrap(rows, (row) => String(rows.indexOf(row)), meanOf)("mean");
    const width = (of: typeof found): number => (of?.high ?? 0) - (of?.low ?? 0);
    expect(width(found) / width(apart)).toBeGreaterThan(1.5);
  });

  test("the same rows give the same interval", () => {
    const once = clusterBootstrap(rows, ({ question }) => question, meanOf)("mean");
    expect(clusterBootstrap(rows, ({ question }) => question, meanOf)("mean")).toEqual(once);
  });

  test("four questions are too few, and a figure that is often undefined has none", () => {
    const four = rows.slice(0, 16);
    expect(clusterBootstrap(four, ({ question }) => question, meanOf)("mean")).toBeNull();
    let call = 0;
    const rare = () => ({ figure: (call += 1) % 10 === 0 ? null : 1 });
    expect(clusterBootstrap(rows, ({ question }) => question, rare)("figure")).toBeNull();
  });
});
