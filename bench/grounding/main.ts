/**
 * How far the graders `grounded` and `citation` agree with people: `npm run bench:grounding` [-- --show]. Answers and
 * labels lie beside this file; those of a later file were written after the rules were frozen. Graded by rule alone and
 * with a simulated judge that strays from the labels at known rates.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";

import type { Grade, GradeContext } from "../../src/domain/grader.ts";

import { gradeSample } from "../../src/grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../../src/grading/graders.ts";
import { readReply } from "../../src/grading/grounding/claims.ts";
import { cohenKappa, type Rated } from "../../src/stats/agreement/agreement.ts";
import { wilson } from "../../src/stats/interval.ts";
import { type LabelledAnswer, labelledAnswers, type LabelledSentence } from "./rows.ts";
import { simulatedJudge } from "./simulated-judge.ts";

const { values: flags } = parseArgs({ options: { show: { type: "boolean", default: false } } });
const files = ["answers.txt", "answers-later.txt", "answers-third.txt"].filter((name) =>
  existsSync(new URL(name, import.meta.url)),
);
const habits = { wrong: 0.08, invents: 0.05, breaks: 0.03, seed: 20_261_129 };

/** A claim as a person and as the grader see it; `open` where the grader does not decide. */
type Pair = { readonly person: string; readonly grader: string; readonly shown: string };
const person = {
  grounded: ({ support }: LabelledSentence) =>
    ({ S: "supported", U: "unsupported", C: "contradicted", N: "-" })[support],
  citation: ({ citation }: LabelledSentence) =>
    ({ r: "right", w: "wrong", m: "missing", "-": "-" })[citation],
};

async function pairsOf(
  use: keyof typeof person,
  answers: readonly LabelledAnswer[],
  context: GradeContext | null,
): Promise<{
  readonly pairs: readonly Pair[];
  readonly replies: readonly Pair[];
  readonly misread: number;
}> {
  const grader = await loadGrader(use);
  if (grader === null) throw new Error(`no grader ${use}`);
  const options = parseGraderOptions(grader, context === null ? {} : { judge: "judge" });
  const pairs: Pair[] = [];
  const replies: Pair[] = [];
  let misread = 0;
  for (const answer of answers) {
    const { question, passages, reply, sentences } = answer;
    const sample = { gold: goldFor(question), reply, passages, finish_reason: "stop" };
    const grade = await gradeSample(grader, options, sample, context ?? {});
    if (grade.verdict === "ungraded") throw new Error(`${question}: ${grade.why}`);
    const labels = labelsIn(grade);
    const said = sentences.filter(({ support }) => support !== "N");
    const counts = sentences.map(({ text }) => readReply(text).claims.length);
    const expected = sentences.map(({ support }) => (support === "N" ? 0 : 1));
    misread += counts.filter((count, at) => count !== expected[at]).length;
    if (labels.length === said.length)
      said.forEach((each, at) => {
        const grader_label = labels[at] ?? "open";
        pairs.push({
          person: person[use](each),
          grader: grader_label,
          shown: `${each.text}  →  ${grade.why}`,
        });
      });
    const good = use === "grounded" ? "supported" : "right";
    const isGood = said.every((each) => person[use](each) === good);
    const own = labels.some((label) => label !== good && label !== "open")
      ? "no"
      : labels.includes("open")
        ? "open"
        : "yes";
    replies.push({ person: isGood ? "yes" : "no", grader: own, shown: reply });
  }
  return { pairs, replies, misread };
}

const labelsIn = ({ extracted }: Grade): readonly string[] =>
  Array.from((extracted ?? "").matchAll(/〔(\w+)〕(?:\n|$)/g), ([, label = ""]) => label);

function goldFor(question: string) {
  const none = { options: null, answer: null, answers: null, tolerance: null, unit: null };
  const more = { points: null, partial: null, reference: null, rubric: null, constraints: null };
  return {
    ...none,
    ...more,
    question,
    aliases: [],
    tests: null,
    expected_calls: null,
    expect: null,
  };
}

/** `94.1% (90.2–96.6%)` */
function share(count: number, of: number): string {
  if (of === 0) return "-";
  const { low, high } = wilson(count / of, of);
  const percent = (value: number): string => (100 * value).toFixed(1);
  return `${percent(count / of)}% (${percent(low)}–${percent(high)}%)`;
}

function report(name: string, pairs: readonly Pair[], good: string): void {
  const decided = pairs.filter(({ grader }) => grader !== "open");
  const binary = decided.map(({ person: one, grader }): Rated<boolean> => [
    one === good,
    grader === good,
  ]);
  const same = binary.filter(([one, other]) => one === other).length;
  const classes = decided.map((pair): Rated<string> => [pair.person, pair.grader]);
  const falseGood = decided.filter(({ person: one, grader }) => one !== good && grader === good);
  const falseBad = decided.filter(({ person: one, grader }) => one === good && grader !== good);
  const bad = decided.filter(({ person: one }) => one !== good).length;
  console.log(
    [
      name,
      `n ${pairs.length}`,
      `decided ${share(decided.length, pairs.length)}`,
      `agree ${share(same, decided.length)}`,
      `κ ${cohenKappa(binary).kappa?.toFixed(2) ?? "-"}`,
      `κ of classes ${cohenKappa(classes).kappa?.toFixed(2) ?? "-"}`,
      `false good ${falseGood.length}/${bad}`,
      `false bad ${falseBad.length}/${decided.length - bad}`,
      `of all ${share(same, pairs.length)}`,
    ].join(" · "),
  );
  if (!flags.show) return;
  for (const { shown, person: one, grader } of pairs)
    if (one !== grader) console.log(`    ${one} / ${grader}: ${shown.replaceAll("\n", " ")}`);
}

for (const file of files) {
  const answers = labelledAnswers(file);
  console.log(`${file}: ${answers.length} answers`);
  for (const use of ["grounded", "citation"] as const) {
    const good = use === "grounded" ? "supported" : "right";
    for (const [name, context] of [
      ["rule", null],
      ["judge", simulatedJudge(answers, habits)],
    ] as const) {
      const { pairs, replies, misread } = await pairsOf(use, answers, context);
      report(`  ${use} ${name} claims`, pairs, good);
      report(`  ${use} ${name} replies`, replies, "yes");
      if (misread > 0) console.log(`    sentences misread as claims or none: ${misread}`);
    }
  }
}
