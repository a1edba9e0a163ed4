/**
 * Which reading of a judge's marks follows people's best: `npm run bench:judge` [-- --record SEED]. The candidates read the same
 * recorded ballots with the grader's own code; each is chosen on half of the questions and measured on the other half.
 * Exit code 1 where the grader's default is not the one that the choice gives.
 */
import { parseArgs } from "node:util";

import { stepOf, stepsOf } from "../../src/grading/calibration/marked-row.ts";
import { valueOfMarks } from "../../src/grading/judge/ballots.ts";
import { defaultScore, JudgeOptions, type ScoreRule } from "../../src/grading/judge/options.ts";
import { weightedKappa } from "../../src/stats/agreement/agreement.ts";
import { percentile } from "../../src/stats/percentile.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { recordBallots, recordedBallots } from "./ballots.ts";
import { markedReplies } from "./rows.ts";

const { values: flags } = parseArgs({ options: { record: { type: "string" } } });
const rows = markedReplies();
if (flags.record !== undefined) recordBallots(rows, Number(flags.record));
const ballots = recordedBallots();

const candidates: readonly ScoreRule[] = ["mean", "gate", "minimum", "overall"];
const bounds = { low: 1, high: 5 };
const draws = 2_000;
const seed = 20_261_129;
const questions = [...new Set(rows.map(({ question }) => question))];

type MarkPair = { readonly judge: number; readonly person: number };
type Pairs = ReadonlyMap<number, readonly MarkPair[]>;

/** The judge's mark by a candidate beside the mean of the two marks, by question. */
function pairsOf(score: ScoreRule): Pairs {
  const options = JudgeOptions.parse({ score });
  const pairs = rows.map(({ question, marks: [one, other] }, index) => ({
    question,
    judge: valueOfMarks(ballots[index] ?? {}, options) * bounds.high,
    person: (one + other) / 2,
  }));
  return Map.groupBy(pairs, ({ question }) => question);
}

/** Share of equal marks, quadratic κ and the judge's mean lead. */
function figuresOf(pairs: readonly MarkPair[]) {
  const rated = pairs.map(
    ({ judge, person }) => [stepOf(judge, bounds), stepOf(person, bounds)] as const,
  );
  return {
    agreement: mean(rated.map(([judge, person]) => (judge === person ? 1 : 0))),
    kappa: weightedKappa(rated, stepsOf(bounds), "quadratic").kappa ?? 0,
    bias: mean(pairs.map(({ judge, person }) => judge - person)),
  };
}

const agreement = (pairs: Pairs, drawn: readonly number[]) =>
  figuresOf(drawn.flatMap((question) => pairs.get(question) ?? []));

const named = candidates.map((name) => ({ name, pairs: pairsOf(name) }));
const kappaOf = (pairs: Pairs, drawn: readonly number[]): number => agreement(pairs, drawn).kappa;

const random = seededRandom(seed);
const resample = (): readonly number[] =>
  questions.map(() => questions[Math.floor(random() * questions.length)] ?? 0);
const interval = (values: readonly number[]): string => {
  const sorted = Float64Array.from(values).toSorted();
  return `[${percentile(sorted, 0.025).toFixed(2)}, ${percentile(sorted, 0.975).toFixed(2)}]`;
};

/** Chosen on a random half of the questions by the highest κ, measured on the other half. */
function heldOut() {
  const times = new Map<ScoreRule, number>();
  const kappas = new Map<ScoreRule, number[]>(candidates.map((name) => [name, []]));
  for (let draw = 0; draw < draws; draw += 1) {
    const mixed = questions
      .map((question) => ({ question, key: random() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ question }) => question);
    const half = Math.floor(mixed.length / 2);
    const [seen, unseen] = [mixed.slice(0, half), mixed.slice(half)];
    const best = named
      .map(({ name, pairs }) => ({ name, kappa: kappaOf(pairs, seen) }))
      .reduce((top, each) => (each.kappa > top.kappa ? each : top));
    times.set(best.name, (times.get(best.name) ?? 0) + 1);
    for (const { name, pairs } of named) kappas.get(name)?.push(kappaOf(pairs, unseen));
  }
  return { times, kappas };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);
}

const { times, kappas } = heldOut();
const samples = Array.from({ length: draws }, resample);
const reference = named.find(({ name }) => name === defaultScore) ?? named[0];

console.log("| score | equal | quadratic κ | bias | κ held out | chosen | κ below the default's |");
console.log("| --- | --: | --: | --: | --: | --: | --: |");
for (const { name, pairs } of named) {
  const all = agreement(pairs, questions);
  const drawn = samples.map((sample) => agreement(pairs, sample));
  const below = samples.map((sample) =>
    reference === undefined ? 0 : kappaOf(reference.pairs, sample) - kappaOf(pairs, sample),
  );
  const cells = [
    name,
    `${(all.agreement * 100).toFixed(0)} %`,
    `${all.kappa.toFixed(2)} ${interval(drawn.map((each) => each.kappa))}`,
    `${all.bias.toFixed(2)} ${interval(drawn.map((each) => each.bias))}`,
    mean(kappas.get(name) ?? []).toFixed(2),
    `${(((times.get(name) ?? 0) / draws) * 100).toFixed(0)} %`,
    name === defaultScore ? "—" : `${mean(below).toFixed(2)} ${interval(below)}`,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
const ceiling = figuresOf(rows.map(({ marks: [judge, person] }) => ({ judge, person })));
console.log(
  `The two passes of marks among themselves: equal ${(ceiling.agreement * 100).toFixed(0)} %, quadratic κ ${ceiling.kappa.toFixed(2)}.`,
);
const [chosen] = [...times].toSorted((a, b) => b[1] - a[1])[0] ?? [];
console.log(`Chosen: ${chosen ?? "none"}; the grader's default: ${defaultScore}.`);
if (chosen !== defaultScore) process.exitCode = 1;
