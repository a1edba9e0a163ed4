/**
 * Learns how much each kind of evidence counts where one of several claims is what a reader takes: the claims of a reply and
 * "none" share the probability by a softmax over sums of weights.
 */
import { writeFileSync } from "node:fs";

import { GraderRow } from "../../src/grading/calibration/row.ts";

export type Example = {
  readonly file: string;
  readonly id: string;
  /** Evidence on each claim, and on none at the end, by name. */
  readonly claims: readonly Readonly<Record<string, number>>[];
  /** The value that each claim gives; the last, -1, is none. */
  readonly groups: readonly number[];
  /** The right groups. */
  readonly right: ReadonlySet<number>;
};

/**
 * A labelled reply to an item of `grader`; null for one of another grader, a debatable one, and a wrong one of which it is not said
 * what it answers.
 */
export function labelledRow(line: string, grader: string): GraderRow | null {
  const raw = JSON.parse(line) as Record<string, unknown>;
  if (raw["grader"] !== grader) return null;
  const verdict = raw["verdict"];
  const row = GraderRow.parse({
    ...raw,
    response: raw["response"] ?? raw["reply"],
    label: raw["label"] ?? verdict === "right",
  });
  const isUnsaid = verdict === "wrong" && row.expect === undefined;
  return row.debatable === true || isUnsaid ? null : row;
}

/** What is sure before any reply is read: a weight is pulled towards it. */
export type Prior = (name: string) => number;

/** The strength of the pull towards what is expected, and the rounds of learning; chosen by the figures of unseen files. */
const penalty = process.argv.includes("--on") ? 10 : 2;
const rounds = 300;

type Placed = Omit<Example, "claims"> & {
  readonly claims: readonly (readonly (readonly [place: number, value: number])[])[];
};

/** Learns from examples, by name. */
function learn(
  examples: readonly Example[],
  prior: Prior,
  names: readonly string[],
): Map<string, number> {
  const places = new Map(names.map((name, at) => [name, at]));
  const usable = examples.filter(({ right }) => right.size > 0).map((each) => placed(each, places));
  const weights = new Float64Array(names.length);
  const [mean, square] = [new Float64Array(names.length), new Float64Array(names.length)];
  for (let round = 1; round <= rounds; round++) {
    const gradient = weights.map((weight, at) => penalty * (weight - prior(names[at] ?? "")));
    for (const example of usable) {
      const shares = sharesOf(example.claims.map((claim) => dot(claim, weights)));
      const isRight = example.groups.map((group) => example.right.has(group));
      const mass = shares.reduce(
        (sum, share, index) => sum + (isRight[index] === true ? share : 0),
        1e-12,
      );
      for (const [index, claim] of example.claims.entries()) {
        const share = shares[index] ?? 0;
        const error = share - (isRight[index] === true ? share / mass : 0);
        for (const [at, value] of claim) gradient[at] = (gradient[at] ?? 0) + error * value;
      }
    }
    // Adam on the log-likelihood of the right values.
    for (const [at, slope] of gradient.entries()) {
      mean[at] = 0.9 * (mean[at] ?? 0) + 0.1 * slope;
      square[at] = 0.99 * (square[at] ?? 0) + 0.01 * slope * slope;
      const step =
        (mean[at] ?? 0) /
        (1 - 0.9 ** round) /
        (Math.sqrt((square[at] ?? 0) / (1 - 0.99 ** round)) + 1e-8);
      weights[at] = (weights[at] ?? 0) - 0.05 * (1 - round / rounds + 0.02) * step;
    }
  }
  return new Map(names.map((name, at) => [name, weights[at] ?? 0]));
}

const namesIn = (examples: readonly Example[]): readonly string[] => [
  ...new Set(examples.flatMap(({ claims }) => claims.flatMap((claim) => Object.keys(claim)))),
];

/** Reads each file by weights learned from the others, and prints how many are read rightly and how many wrongly. */
export function printUnseen(examples: readonly Example[], prior: Prior): void {
  const names = namesIn(examples);
  const reads: Read[] = [];
  for (const file of new Set(examples.map((each) => each.file))) {
    const weights = learn(
      examples.filter((each) => each.file !== file),
      prior,
      names,
    );
    reads.push(
      ...examples.filter((each) => each.file === file).map((each) => readBy(each, weights)),
    );
  }
  if (process.argv.includes("--misread"))
    for (const { id, likely, right } of reads)
      if (likely >= 0.5 && !right) console.log(`misread ${id} ${likely.toFixed(2)}`);
  for (const file of [...new Set(reads.map((each) => each.file)), "all"]) {
    const own = reads.filter((each) => file === "all" || each.file === file);
    const answered = own.filter(({ answers }) => answers);
    const line = [0.4, 0.5, 0.6, 0.7, 0.8].map((enough) => {
      const read = own.filter(({ likely }) => likely >= enough);
      const right = read.filter((each) => each.right).length;
      return `${share(right, answered.length)} right ${share(read.length - right, own.length)} misread`;
    });
    console.log(`${file.padEnd(24)} ${String(own.length).padStart(5)}  ${line.join("  ")}`);
  }
}

/** Writes the weights learned from all examples as a table. */
export function writeWeights(
  examples: readonly Example[],
  prior: Prior,
  by: string,
  to: URL,
): void {
  const rows = [...learn(examples, prior, namesIn(examples))].toSorted((a, b) =>
    a[0].localeCompare(b[0]),
  );
  writeFileSync(
    to,
    `// Written by ${by} from ${examples.length} labelled replies.\n\n/** How much each kind of evidence counts, in natural logarithms of odds. */\nexport const weights: Readonly<Record<string, number>> = {\n${rows.map(([name, weight]) => `  ${name}: ${weight.toFixed(2)},`).join("\n")}\n};\n`,
  );
}

const placed = (example: Example, places: ReadonlyMap<string, number>): Placed => ({
  ...example,
  claims: example.claims.map((claim) =>
    Object.entries(claim).flatMap(([name, value]) => {
      const at = places.get(name);
      return at === undefined ? [] : [[at, value] as const];
    }),
  ),
});

const dot = (claim: Placed["claims"][number], weights: Float64Array): number =>
  claim.reduce((sum, [at, value]) => sum + value * (weights[at] ?? 0), 0);

function sharesOf(logits: readonly number[]): readonly number[] {
  const top = Math.max(...logits);
  const forces = logits.map((logit) => Math.exp(logit - top));
  const total = forces.reduce((sum, force) => sum + force, 0);
  return forces.map((force) => force / total);
}

type Read = {
  readonly file: string;
  readonly id: string;
  readonly likely: number;
  readonly right: boolean;
  /** The reply gives an answer. */
  readonly answers: boolean;
};

function readBy(example: Example, weights: ReadonlyMap<string, number>): Read {
  const logits = example.claims.map((claim) =>
    Object.entries(claim).reduce((sum, [name, value]) => sum + value * (weights.get(name) ?? 0), 0),
  );
  const byGroup = new Map<number, number>();
  for (const [index, each] of sharesOf(logits).entries()) {
    const group = example.groups[index] ?? -1;
    byGroup.set(group, (byGroup.get(group) ?? 0) + each);
  }
  const [best] = [...byGroup].filter(([group]) => group >= 0).toSorted((a, b) => b[1] - a[1]);
  return {
    file: example.file,
    id: example.id,
    likely: best?.[1] ?? 0,
    right: best !== undefined && example.right.has(best[0]),
    answers: !example.right.has(-1),
  };
}

const share = (some: number, of: number): string => `${((100 * some) / of).toFixed(1)}%`;
