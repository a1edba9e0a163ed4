import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { GoldTurn, RunFileLine } from "../../domain/run-file/lines.ts";
import type { ItemAnalysis } from "./analysis.ts";
import type { Responses } from "./responses.ts";

import { digestOf } from "../../domain/digest.ts";
import { gradeAnswer } from "../../grading/grade.ts";
import { loadGrader } from "../../grading/graders.ts";
import { seededRandom } from "../../stats/random.ts";
import { createRunFile } from "../../store/runs/writer.ts";
import { answerLine, endLine, itemLine, runLine } from "../testing/lines.ts";
import { itemAnalysis } from "./analysis.ts";
import { readResponses } from "./read.ts";
import { doubtedItems } from "./sections.ts";

// 100 items of which 5 have a false gold, answered by three models. Each item has a distractor that draws 60% of what is
// wrong; the false gold is any other answer.
const size = 100;
const falsified = 5;
const skills = { "a/weak": 0.6, "b/good": 0.8, "c/strong": 0.95 };
const attraction = 0.6;

type Exam = {
  readonly golds: readonly string[];
  readonly falsified: ReadonlySet<number>;
  /** What each target answers to each item. */
  readonly said: Readonly<Record<string, readonly string[]>>;
};

/** Letters for four options, else any number of three digits. */
function drawExam(seed: number, open: boolean): Exam {
  const random = seededRandom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const answers = open ? 900 : 4;
  const name = (answer: number): string => (open ? String(100 + answer) : "ABCD".charAt(answer));
  const another = (than: number): number => (than + 1 + below(answers - 1)) % answers;
  const truths = Array.from({ length: size }, () => below(answers));
  const popular = truths.map(another);
  const bad = new Set<number>();
  while (bad.size < falsified) bad.add(below(size));
  const answerOf = (skill: number, truth: number, index: number): number => {
    if (random() < skill) return truth;
    return random() < attraction ? (popular[index] ?? 0) : another(truth);
  };
  return {
    golds: truths.map((truth, index) => name(bad.has(index) ? another(truth) : truth)),
    falsified: bad,
    said: Object.fromEntries(
      Object.entries(skills).map(([target, skill]) => [
        target,
        truths.map((truth, index) => name(answerOf(skill, truth, index))),
      ]),
    ),
  };
}

const idOf = (index: number): string => `quiz/t/i${index}`;

function responsesOf(exam: Exam, open: boolean): Responses {
  const targets = Object.keys(skills);
  return {
    runs: ["r"],
    suites: new Set(["quiz"]),
    respondents: targets.map((target) => ({ target, model: target, run: "r", trial: 1 })),
    items: exam.golds.map((gold, index) => ({
      item: idOf(index),
      ask_digest: "",
      gold_digest: "",
      suite: "quiz",
      task: "t",
      dimension: [],
      question: "",
      gold,
      options: open ? 0 : 4,
      refuse: false,
      responses: targets.map((target, respondent) => {
        const said = exam.said[target]?.[index] ?? "";
        return { respondent, value: Number(said === gold), answered: true, said };
      }),
    })),
    simulated: new Set(),
    baselines: new Set(),
  };
}

/** How many of the first ten doubted golds are false. */
function hits({ items }: ItemAnalysis, exam: Exam): number {
  const first = doubtedItems(items).slice(0, 10);
  return first.filter(({ item }) => [...exam.falsified].some((index) => idOf(index) === item))
    .length;
}

describe.each([
  ["choice", false],
  ["open answers", true],
])("%s", (_, open) => {
  test("200 suites: four of five false golds are among the first ten in 97% of them, three always", () => {
    const found = Array.from({ length: 200 }, (_each, seed) => {
      const exam = drawExam(seed + 1, open);
      return hits(itemAnalysis(responsesOf(exam, open)), exam);
    });
    expect(Math.min(...found)).toBeGreaterThanOrEqual(3);
    expect(found.filter((each) => each >= 4).length / 200).toBeGreaterThanOrEqual(0.97);
  });
});

describe("through the real writer, grader and reader", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "baimo-items-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const turnOf = (gold: string, open: boolean): Partial<GoldTurn> =>
    open
      ? { question: "一共多少箱？", options: null, answer: gold, grader: { use: "numeric" } }
      : {
          question: "哪一项正确？",
          options: { A: "甲说", B: "乙说", C: "丙说", D: "丁说" },
          answer: gold,
          grader: { use: "choice" },
        };

  async function writeExam(file: string, exam: Exam, open: boolean): Promise<void> {
    const targets = Object.keys(skills);
    const writer = await createRunFile(file, runLine(targets));
    const lines: RunFileLine[] = [];
    for (const [index, gold] of exam.golds.entries()) {
      const item = idOf(index);
      const line = itemLine(item, { turns: [turnOf(gold, open)], gold_digest: digestOf([gold]) });
      lines.push(line);
      for (const target of targets) {
        const text = `想了想，\n答案：${exam.said[target]?.[index] ?? ""}`;
        const answer = answerLine({ item, target, text, simulated: true });
        lines.push(answer, await gradeAnswer(line, answer, loadGrader));
      }
    }
    await Promise.all([...lines, endLine()].map(writer.append));
    await writer.close();
  }

  test.each([
    [1, false],
    [2, false],
    [3, false],
    [1, true],
    [2, true],
  ])("seed %i, open answers: %s", async (seed, open) => {
    const exam = drawExam(seed, open);
    const file = join(folder, `${seed}-${open}.jsonl`);
    await writeExam(file, exam, open);
    const responses = await readResponses([file], { suites: [], baselines: false });
    const analysis = itemAnalysis(responses);
    expect(hits(analysis, exam)).toBeGreaterThanOrEqual(4);
    // What was read from the file is what was drawn.
    expect(analysis.items.map(({ doubt }) => doubt)).toEqual(
      itemAnalysis(responsesOf(exam, open)).items.map(({ doubt }) => doubt),
    );
    expect(analysis.targets.every(({ simulated }) => simulated)).toBe(true);
  });
});
