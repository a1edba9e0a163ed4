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
 * Ten marks that are all or nothing, half of each: the number of full ones that hold the truth is two to eight, which is
 * 97.9%, or three to seven, which is 89.1%. No interval from them alone lies between.
 */
const lattice = { scale: "two levels, 50%", rulings: 10, high: 0.985 };

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
        const coarse = name === lattice.scale && rulings === lattice.rulings;
        const most = (coarse ? lattice.high : promised.high) + slack;
        const limit = found.correlation >= good.correlation ? good.width : widest;
        // As the table shows it, to a tenth of a percent.
        const covered = Math.round(found.covered * 1000) / 1000;
        const missed = [
          ...(covered < promised.low - slack ? ["covers too little"] : []),
          ...(covered > most + 1e-9 ? ["covers too much"] : []),
          ...(found.width > limit ? ["too wide"] : []),
        ];
        return { rulings, scale: name, judge, ...found, missed };
      }),
    ),
  );
}
