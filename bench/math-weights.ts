/**
 * Learns how much each kind of evidence counts when `math` reads a reply (src/grading/math/weights.ts):
 *
 *   tsx bench/math-weights.ts [--write] [--on] FILE…
 *
 * FILE: as for bench/numeric-weights.ts. Replies that announce their answer or break off are left out; no evidence is needed for them.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";

import { goldOfRow } from "../src/grading/calibration/row.ts";
import { goldTexts } from "../src/grading/graders.ts";
import { wantedFormula } from "../src/grading/math/asked.ts";
import { evidenceOn } from "../src/grading/math/choose.ts";
import { toldBy } from "../src/grading/math/find.ts";
import { sameMath } from "../src/grading/math/same.ts";
import { weights } from "../src/grading/math/weights.ts";
import { type Example, labelledRow, printUnseen, writeWeights } from "./kit/evidence.ts";

function exampleOf(line: string, file: string): Example | null {
  const row = labelledRow(line, "math");
  if (row === null) return null;
  const gold = goldOfRow(row);
  const wanted = wantedFormula(goldTexts(gold), gold.question);
  const told = toldBy(row.response, wanted);
  if (told.announced !== null || told.joint !== null || told.claims.length === 0) return null;
  if (told.none["noneBreaksOff"] === 1) return null;
  const claims = told.claims.slice(-120);
  const given = [
    ...(row.label === true ? goldTexts(gold) : []),
    ...(row.expect === undefined || row.expect === null ? [] : [String(row.expect)]),
  ];
  const groups: number[] = [];
  const right = new Set<number>();
  for (const [index, { formula }] of claims.entries()) {
    const same = claims.findIndex((each) => sameMath(each.formula, formula, false));
    groups.push(same >= 0 && same < index ? (groups[same] ?? index) : index);
    if (given.some((each) => sameMath(formula, each, false))) right.add(groups[index] ?? index);
  }
  groups.push(-1);
  if (given.length === 0) right.add(-1);
  if (right.size === 0 && process.argv.includes("--lost"))
    console.log("no claim is right:", row.id, given.join(" | "), row.response.slice(-120));
  return {
    file,
    id: String(row.id ?? ""),
    claims: [...evidenceOn(claims, wanted), told.none],
    groups,
    right,
  };
}

/** What is sure before any reply is read. */
const expected: Readonly<Record<string, number>> = {
  concludes: 2,
  says: 0.8,
  follows: 0.8,
  fits: 2,
  misfits: -2,
  named: 2,
  foreign: -1,
  foreignShare: -1,
  contrasts: -1,
  foreignAfter: -1,
  mostAlike: 0.5,
  firstStep: -1.5,
  solvedRegion: 1,
  unsolved: -2.5,
  bold: 1,
  endsSentence: 0.5,
  labelled: 2.5,
  beside: -2.5,
  bracketed: -1.5,
  bareName: -4,
  domain: -3,
  supposes: -3,
  mistaken: -3,
  kept: 2,
  firstSteps: -3,
  degrees: -2,
  checks: -2.5,
  remarks: -1.5,
  rewrites: -1,
  otherSet: -2,
  operand: -3,
  discarded: -4,
  ordinal: -2,
  given: -2,
  announcedFirst: 2,
  words: 0.7,
  goesOn: 0.7,
  corrects: 1.5,
  corrected: -2,
  declined: -1,
  asks: -2,
  example: -2.5,
  tellsAsked: 1.5,
  tellsOther: -2,
  otherName: -1,
  unreadable: -1.5,
  later: 0.6,
  laterInSentence: 0.5,
  stepBefore: -1,
  afterAnswer: -1.5,
  afterNamed: -1,
  again: 0.5,
  noneDeclines: 3,
  noneDeclinesLast: 2.5,
  noneDoubts: 1,
  noneDoubtsLast: 1,
  noneAsks: 1,
  noneSupposes: 1,
  noneCorrected: 2,
  nonePlans: 1,
  noneDefers: 2.5,
  approximates: -2.5,
  leads: 2,
};

const goesOn = process.argv.includes("--on");
const expectedOf = (name: string): number =>
  (goesOn ? weights[name] : undefined) ?? expected[name] ?? 0;

const files = process.argv.slice(2).filter((each) => !each.startsWith("--"));
const examples = files.flatMap((file) =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .flatMap((line) => exampleOf(line, basename(file)) ?? []),
);
printUnseen(examples, expectedOf);
if (process.argv.includes("--write"))
  writeWeights(
    examples,
    expectedOf,
    "bench/math-weights.ts",
    new URL("../src/grading/math/weights.ts", import.meta.url),
  );
