/**
 * Learns how much each kind of evidence counts when `numeric` reads a reply (src/grading/numeric/weights.ts):
 *
 *   tsx bench/numeric-weights.ts [--write] [--on] FILE…
 *
 * FILE: labelled replies, one JSON object a line, as `baimo calibrate` takes them, with `expect` (the answer that the reply
 * gives, null where none) or `verdict`. Each file is read in turn by weights that were learned from the others; those
 * figures are printed (read where a number is at least 0.4, 0.5 … 0.8 likely), and with --write the weights learned from all of them are stored.
 * With --on a weight is pulled towards the one that is stored now, for learning on from new replies alone.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";

import type { Gold } from "../src/domain/grader.ts";

import { goldOfRow } from "../src/grading/calibration/row.ts";
import { goldTexts } from "../src/grading/graders.ts";
import { sameAs } from "../src/grading/numeric/candidates.ts";
import { observedIn } from "../src/grading/numeric/choose.ts";
import { compareNumbers } from "../src/grading/numeric/compare.ts";
import { toldBy } from "../src/grading/numeric/find.ts";
import { acceptedBy, wantedBy } from "../src/grading/numeric/gold.ts";
import { spellingFor } from "../src/grading/numeric/spelling.ts";
import { weights } from "../src/grading/numeric/weights.ts";
import { type Example, labelledRow, printUnseen, writeWeights } from "./kit/evidence.ts";

const exact = { tolerance: 0, relative: 0, round_to_gold: undefined };

function exampleOf(line: string, file: string): Example | null {
  const row = labelledRow(line, "numeric");
  if (row === null) return null;
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
    id: String(row.id ?? ""),
    claims: [...observedIn(claims, wanted), none],
    groups,
    right,
  };
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
  discarded: -4,
  also_discarded: -3,
  also_negated: -1,
  also_otherSide: -1,
  also_otherParty: -1,
  announced: 3,
  otherKey: -2,
  labelNegated: -1,
  noneFails: 4,
  noneDefers: 2.5,
  otherPeriod: -2,
  percentForDecimal: -2,
  discountUnasked: -2,
  thenOther: -1.5,
  scaleAsked: 2,
  correctedTo: -5,
  among: -1,
  partyless: -1.5,
  sideless: -0.5,
  labelBest: 0.5,
  correctsOther: 1,
  labelAsked: 1,
  labelOther: -0.5,
  side: 1,
  otherSide: -2,
  yearAsked: 2,
  yearNot: -2,
  ratioNot: -1.5,
  shareNot: -1.5,
  eachAfter: -1.5,
  boundAfter: -1,
  perEachAlone: -2,
  roundedAsked: 1.5,
};

/** What a number tells besides the question's matter speaks against it. */
const expectedOf = (name: string): number =>
  (goesOn ? weights[name] : undefined) ?? expected[name] ?? (name.startsWith("besides_") ? -1 : 0);

const goesOn = process.argv.includes("--on");
const written = process.argv.includes("--write");
const files = process.argv.slice(2).filter((each) => !each.startsWith("--"));
const examples = files.flatMap((file) =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .flatMap((line) => exampleOf(line, basename(file)) ?? []),
);
printUnseen(examples, expectedOf);
if (written)
  writeWeights(
    examples,
    expectedOf,
    "bench/numeric-weights.ts",
    new URL("../src/grading/numeric/weights.ts", import.meta.url),
  );
