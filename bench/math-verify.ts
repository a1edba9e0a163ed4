/**
 * The math grader beside math-verify (https://github.com/huggingface/Math-Verify) on the project's own table of replies: per
 * kind of answer, how many verdicts each gives as a person does.
 *
 *     python3 -m venv .venv && .venv/bin/pip install math-verify==0.9.0 antlr4-python3-runtime==4.13.2
 *     npx tsx bench/math-verify.ts .venv/bin/python
 *
 * The last column gives math-verify the formula that baimo found, between dollars, so that only the algebra is compared: its
 * own extraction wants LaTeX between dollars or in a box. math-verify knows no "unresolved": where a person could not say, only a verdict of right counts as a mistake of its.
 */
import { spawnSync } from "node:child_process";

import { z } from "zod";

import { grader } from "../src/graders/math.ts";
import { gradeSample } from "../src/grading/grade.ts";
import { parseGraderOptions } from "../src/grading/graders.ts";
import { formulas } from "../src/grading/testing/number-rows.ts";
import { sampleOf } from "../src/grading/testing/sample.ts";
import { toldRows } from "../src/grading/testing/told-rows.ts";

type Case = {
  readonly kind: string;
  readonly reply: string;
  readonly gold: string;
  readonly question: string;
  readonly verdict: string;
};
type Tally = {
  n: number;
  own: number;
  own_misread: number;
  other: number;
  other_misread: number;
  algebra: number;
};

const cases: readonly Case[] = [
  ...formulas.map(([reply, gold, verdict]) => ({
    kind: "first table",
    reply,
    gold,
    question: "",
    verdict,
  })),
  ...toldRows
    .filter((row) => row.grader === "math")
    .map(({ kind, reply, answer, question, verdict }) => ({
      kind,
      reply,
      gold: answer,
      question,
      verdict,
    })),
];

const graded = await Promise.all(
  cases.map(async (each) => {
    const sample = sampleOf(each.reply, { answer: each.gold, question: each.question });
    return gradeSample(grader, parseGraderOptions(grader, {}), sample);
  }),
);
const python = process.argv[2] ?? "python3";
const others = mathVerify(
  python,
  cases.map(({ reply, gold }) => ({ reply, gold })),
);
const algebra = mathVerify(
  python,
  cases.map(({ gold }, index) => ({ reply: `$${graded[index]?.extracted ?? ""}$`, gold })),
);

const tallies = new Map<string, Tally>();
for (const [index, each] of cases.entries()) {
  const verdict = graded[index]?.verdict;
  const other = others[index] === true;
  for (const kind of [each.kind, "all"]) {
    const tally = tallies.get(kind) ?? {
      n: 0,
      own: 0,
      own_misread: 0,
      other: 0,
      other_misread: 0,
      algebra: 0,
    };
    tally.n += 1;
    tally.own += verdict === each.verdict ? 1 : 0;
    tally.own_misread += verdict !== each.verdict && verdict !== "unresolved" ? 1 : 0;
    tally.other += other === (each.verdict === "right") ? 1 : 0;
    tally.other_misread += other && each.verdict !== "right" ? 1 : 0;
    tally.algebra += (algebra[index] === true) === (each.verdict === "right") ? 1 : 0;
    tallies.set(kind, tally);
  }
}
process.stdout.write(
  "kind                      rows  baimo (misread)  math-verify (false right)  its algebra\n",
);
const byName = [...tallies].toSorted(([a], [b]) =>
  a === "all" ? 1 : b === "all" ? -1 : a < b ? -1 : 1,
);
for (const [kind, tally] of byName) {
  const cells = [
    String(tally.n).padStart(6),
    `${tally.own} (${tally.own_misread})`.padStart(17),
    `${tally.other} (${tally.other_misread})`.padStart(27),
    String(tally.algebra).padStart(13),
  ];
  process.stdout.write(`${kind.padEnd(24)}${cells.join("")}\n`);
}

/** What math-verify says of pairs, with its default extraction; the gold stands between dollars. */
function mathVerify(
  command: string,
  pairs: readonly { readonly reply: string; readonly gold: string }[],
): readonly boolean[] {
  const script = `
import json, sys
from math_verify import parse, verify
def judge(reply, gold):
    try:
        return bool(verify(parse("$" + gold + "$"), parse(reply)))
    except Exception:
        return False
print(json.dumps([judge(each["reply"], each["gold"]) for each in json.load(sys.stdin)]))
`;
  const { status, stdout, stderr, error } = spawnSync(command, ["-c", script], {
    input: JSON.stringify(pairs),
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  if (status !== 0) {
    throw new Error(
      `${command} could not run math-verify (pip install math-verify): ${error?.message ?? stderr}`,
    );
  }
  return z.array(z.boolean()).parse(JSON.parse(stdout));
}
