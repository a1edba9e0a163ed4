import {
  type SampleCoverage,
  coverageOf,
  markScales,
  type RulingRule,
  simulatedJudges,
} from "./ruled-samples.ts";

/** One row of the table: what was drawn, what was found, and what was missed of what is promised. */
export type RulingCheck = SampleCoverage & {
  readonly rulings: number;
  readonly scale: string;
  readonly judge: string;
  /** How the rule broke its promise; empty where it keeps it. */
  readonly missed: readonly string[];
};

const promised = { low: 0.93, high: 0.97 };

/**
 * Ten marks that are all or nothing have eleven outcomes. Where half of each are true, two to eight full ones hold the truth
 * in 97.9% of the cases and three to seven in 89.1%: no interval from them alone lies between.
 */
const lattice = { scales: /^two levels/, rulings: 10, high: 0.98 };

/** A rule may be no wider than this over the rulings alone, whatever the judge, and with a judge of that correlation. */
const widest = 1.05;
const good = { correlation: 0.8, width: 0.8 };

/** Answers for each ruling. */
const answersEach = 10;

export type RulingVerification = {
  readonly runs: number;
  /** How many standard errors a coverage may be off. */
  readonly errors: number;
  readonly seed: number;
  readonly sizes?: readonly number[];
};

/** Tries a rule on every scale with every judge, and says where it breaks what is promised. */
export function verifyRulings(
  rule: RulingRule,
  { runs, errors, seed, sizes = [10, 30, 100] }: RulingVerification,
): readonly RulingCheck[] {
  const slack = errors * Math.sqrt((promised.low * (1 - promised.low)) / runs);
  let next = seed;
  return sizes.flatMap((rulings) =>
    Object.entries(markScales).flatMap(([name, scale]) =>
      Object.entries(simulatedJudges).map(([judge, shape]) => {
        next += 1;
        const found = coverageOf(rule, { scale, judge: shape, rulings, answersEach }, runs, next);
        const coarse = lattice.scales.test(name) && rulings === lattice.rulings;
        const most = (coarse ? lattice.high : promised.high) + slack;
        const limit = found.correlation >= good.correlation ? good.width : widest;
        const missed = [
          ...(found.covered < promised.low - slack ? ["covers too little"] : []),
          ...(found.covered > most ? ["covers too much"] : []),
          ...(found.width > limit ? ["too wide"] : []),
        ];
        return { rulings, scale: name, judge, ...found, missed };
      }),
    ),
  );
}
