import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

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
// wrong.
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

type Kind = {
  /** Any number of three digits; else one of four letters. */
  readonly open: boolean;
  /** The false gold is the distractor that attracts; else any answer but the right one. */
  readonly popular: boolean;
  /** Standard deviation of the items' difficulty on the logit scale. */
  readonly spread: number;
};

function drawExam(seed: number, { open, popular: isPopular, spread }: Kind): Exam {
  const random = seededRandom(seed);
  const below = (n: number): number => Math.floor(random() * n);
  const answers = open ? 900 : 4;
  const name = (answer: number): string => (open ? String(100 + answer) : "ABCD".charAt(answer));
  const another = (than: number): number => (than + 1 + below(answers - 1)) % answers;
  const truths = Array.from({ length: size }, () => below(answers));
  const popular = truths.map(another);
  const bad = new Set<number>();
  while (bad.size < falsified) bad.add(below(size));
  const difficulties = truths.map(
    () => spread * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random()),
  );
  const answerOf = (skill: number, truth: number, index: number): number => {
    const odds = (skill / (1 - skill)) * Math.exp(-(difficulties[index] ?? 0));
    if (random() < odds / (1 + odds)) return truth;
    return random() < attraction ? (popular[index] ?? 0) : another(truth);
  };
  return {
    golds: truths.map((truth, index) => {
      if (!bad.has(index)) return name(truth);
      return name(isPopular ? (popular[index] ?? 0) : another(truth));
    }),
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

/** Those of the docs in the matrix; else fewer, whose shares lie near. */
const suiteCount = inject("matrix") ? 200 : 40;

// The tables of docs/items.md and its Chinese twin.
const pages = ["items.md", "items.zh-CN.md"].map((name) =>
  readFileSync(new URL(`../../../docs/${name}`, import.meta.url), "utf8"),
);
test.each<[string, Kind, readonly number[]]>([
  ["four options", { open: false, popular: false, spread: 0 }, [0.915, 0.99, 2]],
  ["four options, the popular one", { open: false, popular: true, spread: 0 }, [0.81, 0.99, 3]],
  ["unequal items", { open: false, popular: false, spread: 1 }, [0.775, 0.975, 3]],
  ["both", { open: false, popular: true, spread: 1 }, [0.605, 0.915, 2]],
  ["open answers", { open: true, popular: false, spread: 0 }, [1, 1, 5]],
  ["open answers, the popular one", { open: true, popular: true, spread: 0 }, [0.795, 0.985, 3]],
])(
  `${suiteCount} suites, %s: all five, at least four, the fewest among the first ten`,
  (_, kind, known) => {
    const found = Array.from({ length: suiteCount }, (_each, seed) => {
      const exam = drawExam(seed + 1, kind);
      return hits(itemAnalysis(responsesOf(exam, kind.open)), exam);
    });
    const atLeast = (least: number): number =>
      found.filter((each) => each >= least).length / suiteCount;
    const [all = 0, most = 0, fewest = 0] = known;
    if (inject("matrix")) {
      expect([atLeast(5), atLeast(4), Math.min(...found)]).toEqual(known);
    } else {
      expect(Math.abs(atLeast(5) - all)).toBeLessThan(0.15);
      expect(Math.abs(atLeast(4) - most)).toBeLessThan(0.1);
      expect(Math.min(...found)).toBeGreaterThanOrEqual(fewest);
    }
    const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`;
    for (const page of pages)
      expect(page).toContain(`| ${percent(all)} | ${percent(most)} | ${fewest} |`);
  },
);

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
    const exam = drawExam(seed, { open, popular: false, spread: 0 });
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
