/**
 * Learns how much each kind of evidence counts when `numeric` reads a reply (src/grading/numeric/weights.ts):
 *
 *   tsx bench/numeric-weights.ts [--write] FILE…
 *
 * FILE: labelled replies, one JSON object a line, as `baimo calibrate` takes them, with `expect` (the answer that the reply
 * gives, null where none) or `verdict`. Each file is read in turn by weights that were learned from the others; those
 * figures are printed (read where a number is at least 0.4, 0.5 … 0.8 likely), and with --write the weights learned from all of them are stored.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

import type { Gold } from "../src/domain/grader.ts";

import { GraderRow, goldOfRow } from "../src/grading/calibration/row.ts";
import { goldTexts } from "../src/grading/graders.ts";
import { sameAs } from "../src/grading/numeric/candidates.ts";
import { observedIn } from "../src/grading/numeric/choose.ts";
import { compareNumbers } from "../src/grading/numeric/compare.ts";
import { toldBy } from "../src/grading/numeric/find.ts";
import { acceptedBy, wantedBy } from "../src/grading/numeric/gold.ts";
import { spellingFor } from "../src/grading/numeric/spelling.ts";

type Example = {
  readonly file: string;
  /** Evidence on each claim, and on none at the end, as pairs of place and value. */
  readonly claims: readonly (readonly (readonly [number, number])[])[];
  /** The value that each claim gives; the last is none. */
  readonly groups: readonly number[];
  /** The right groups. */
  readonly right: ReadonlySet<number>;
};

/** The strength of the pull towards what is expected, and the rounds of learning; chosen by the figures of unseen files. */
const penalty = 2;
const rounds = 300;

const names: string[] = [];
const placeOf = new Map<string, number>();
const place = (name: string): number => {
  const known = placeOf.get(name);
  if (known !== undefined) return known;
  names.push(name);
  placeOf.set(name, names.length - 1);
  return names.length - 1;
};

const exact = { tolerance: 0, relative: 0, round_to_gold: undefined };

function exampleOf(line: string, file: string): Example | null {
  const raw = JSON.parse(line) as Record<string, unknown>;
  if (raw["grader"] !== "numeric") return null;
  const verdict = raw["verdict"];
  const row = GraderRow.parse({
    ...raw,
    response: raw["response"] ?? raw["reply"],
    label: raw["label"] ?? verdict === "right",
  });
  if (row.debatable === true || (verdict === "wrong" && row.expect === undefined)) return null;
  const gold: Gold = goldOfRow(row);
  const golds = goldTexts(gold).flatMap((each) => acceptedBy(each, gold) ?? []);
  const wanted = wantedBy(gold, golds);
  const { claims: all, none } = toldBy(row.response, wanted, spellingFor(gold, golds));
  const claims = all.slice(-200);
  const expected =
    row.expect === undefined || row.expect === null ? [] : [acceptedBy(String(row.expect), gold)];
  const given = [...(row.label === true ? golds : []), ...expected].filter((each) => each !== null);
  const rule = { ...exact, tolerance: gold.tolerance ?? 0 };
  const groups: number[] = [];
  const right = new Set<number>();
  for (const [index, { number }] of claims.entries()) {
    const same = claims.findIndex((each) => sameAs(each.number, number));
    groups.push(same < index ? (groups[same] ?? index) : index);
    const read =
      number.before === undefined || number.before === null ? [number] : [number, number.before];
    if (given.some((each) => read.some((one) => compareNumbers(one, each, rule) === "right")))
      right.add(groups[index] ?? index);
  }
  groups.push(-1);
  if (given.length === 0) right.add(-1);
  return {
    file,
    claims: [...observedIn(claims, wanted), none].map((each) =>
      Object.entries(each).map(([name, value]) => [place(name), value] as const),
    ),
    groups,
    right,
  };
}

const dot = (claim: Example["claims"][number], weights: Float64Array): number =>
  claim.reduce((sum, [at, value]) => sum + value * (weights[at] ?? 0), 0);

function sharesOf({ claims }: Example, weights: Float64Array): readonly number[] {
  const logits = claims.map((claim) => dot(claim, weights));
  const top = Math.max(...logits);
  const forces = logits.map((logit) => Math.exp(logit - top));
  const total = forces.reduce((sum, force) => sum + force, 0);
  return forces.map((force) => force / total);
}

/** What is sure before any reply is read: a weight is pulled towards these, and towards 0 where none is given. */
const expected: Readonly<Record<string, number>> = {
  inBracket: 3,
  inBox: 3,
  inWrapper: 3,
  marked: 2,
  markedFirst: 1,
  headed: 3,
  afterCorrection: 2,
  beforeCorrection: -2,
  nextSlip: -2,
  beforeSlip: -1,
  afterSlip: 1,
  ownSlip: 1,
  slips: 0,
  decides: 3,
  negated: -3,
  comparison: -2,
  supposes: -2,
  supposed: -2,
  supposing: -1,
  mistaken: -2,
  operator: -2,
  unsolved: -2,
  reason: -1.5,
  conversion: -2,
  remarkPart: -2,
  underRemark: -1.5,
  checks: -2,
  otherEvent: -2,
  event: 1,
  otherKind: -2,
  otherParty: -2,
  party: 1,
  ordinal: -2,
  ordinalAsked: 3,
  dots: -1,
  unasked: -2,
  otherOpinion: -2,
  perEach: -1.5,
  aside: -1,
  sameTopic: 1,
  named: 1,
  namedPartly: 0.5,
  countsAsked: 1,
  askedKind: 1,
  given: -1,
  noneDeclines: 3,
  noneDeclinesLast: 2,
  noneBreaksOff: 2,
  noneTwice: 1.5,
  noneCorrected: 2,
  noneDoubts: 1,
  noneDoubtsLast: 1,
  noneAsks: 1,
  noneSupposes: 1,
  concludes: 1,
  finalResult: 0.5,
  used: -1,
  extreme: 2,
  perEachAlone: -2,
  roundedAsked: 1.5,
};

/** What a number tells besides the question's matter speaks against it. */
const expectedOf = (name: string): number =>
  expected[name] ?? (name.startsWith("besides_") ? -1 : 0);

/** Adam on the log-likelihood of the right values, with an L2 penalty. */
function learn(examples: readonly Example[]): Float64Array {
  const usable = examples.filter(({ right }) => right.size > 0);
  const weights = new Float64Array(names.length);
  const [mean, square] = [new Float64Array(names.length), new Float64Array(names.length)];
  for (let round = 1; round <= rounds; round++) {
    const gradient = weights.map((weight, at) => penalty * (weight - expectedOf(names[at] ?? "")));
    for (const example of usable) {
      const shares = sharesOf(example, weights);
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
  return weights;
}

type Read = {
  readonly file: string;
  readonly likely: number;
  readonly right: boolean;
  /** The reply gives an answer. */
  readonly answers: boolean;
};

function readBy(example: Example, weights: Float64Array): Read {
  const shares = sharesOf(example, weights);
  const byGroup = new Map<number, number>();
  for (const [index, share] of shares.entries()) {
    const group = example.groups[index] ?? -1;
    byGroup.set(group, (byGroup.get(group) ?? 0) + share);
  }
  const [best] = [...byGroup].filter(([group]) => group >= 0).toSorted((a, b) => b[1] - a[1]);
  return {
    file: example.file,
    likely: best?.[1] ?? 0,
    right: best !== undefined && example.right.has(best[0]),
    answers: !example.right.has(-1),
  };
}

const written = process.argv.includes("--write");
const files = process.argv.slice(2).filter((each) => !each.startsWith("--"));
for (const name of Object.keys(expected)) place(name);
const examples = files.flatMap((file) =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .flatMap((line) => exampleOf(line, basename(file)) ?? []),
);
const reads: Read[] = [];
for (const file of new Set(examples.map((each) => each.file))) {
  const weights = learn(examples.filter((each) => each.file !== file));
  reads.push(...examples.filter((each) => each.file === file).map((each) => readBy(each, weights)));
}
const share = (some: number, of: number): string => `${((100 * some) / of).toFixed(1)}%`;
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
if (written) {
  const weights = learn(examples);
  const rows = names
    .map((name, at) => [name, weights[at] ?? 0] as const)
    .toSorted((a, b) => a[0].localeCompare(b[0]));
  writeFileSync(
    new URL("../src/grading/numeric/weights.ts", import.meta.url),
    `// Written by bench/numeric-weights.ts from ${examples.length} labelled replies.\n\n/** How much each kind of evidence counts, in natural logarithms of odds. */\nexport const weights: Readonly<Record<string, number>> = {\n${rows.map(([name, weight]) => `  ${name}: ${weight.toFixed(2)},`).join("\n")}\n};\n`,
  );
}
