/**
 * Grading against the least work that could be called grading. choice: 20,000 replies against a loop that normalises each
 * reply (NFKC) and searches it once. ROUGE-L: pairs of 500 characters against a bare loop over the table of the longest
 * common subsequence. The two sides alternate; the median of the rounds counts.
 */
import type { Gold, Sample } from "../src/domain/grader.ts";

import { grader as choice } from "../src/graders/choice.ts";
import { parseGraderOptions } from "../src/grading/graders.ts";
import { rougeL } from "../src/grading/metric/scores.ts";
import { seededRandom } from "../src/stats/random.ts";
import { alternated, paired, type Row, rowOf } from "./kit/rows.ts";

const rounds = 5;
const replies = 20_000;
const random = seededRandom(7);

const pick = <Value>(values: readonly Value[]): Value => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError("nothing to pick from");
  return value;
};

const letters = ["A", "B", "C", "D"] as const;
const remarks = [
  "题干强调的是社会存在决定社会意识，选项{}的表述与此相符，所以{}项正确。",
  "选项{}把原因和结果颠倒了，因此{}项错误。",
  "根据题意，光合作用的产物在夜间仍然会被消耗，{}项没有考虑到这一点，故{}错误。",
  "从材料中“万民皆得其所”可以看出，作者的主张是以民为本，{}项符合题意。",
  "由公式可知当温度升高时，反应速率增大（而平衡常数减小），所以{}的说法不准确。",
  "{}项，该词多用于形容事物发展的趋势，用在这里不恰当，错误；",
] as const;
const endings = [
  "因此，正确答案是{}。",
  "故选{}。",
  "【答案】{} <eoa>",
  "**答案：{}**",
  "综上所述，本题应选{}。",
  "所以答案为 $\\boxed{{}}$",
  "综上，只有{}项符合题意。",
] as const;

const filled = (template: string, letter: string): string => template.replaceAll("{}", letter);

/** A reply of some 300 characters: options taken one by one, then a conclusion; one in ten answers first or alone. */
function reply(): string {
  const letter = pick(letters);
  if (random() < 0.1)
    return pick([letter, `答案：${letter}`, `${letter}．理由如下。${discussion(letter)}`]);
  return `【解析】${discussion(letter)}\n${filled(pick(endings), letter)}`;
}

const discussion = (letter: string): string =>
  letters.map((each) => filled(pick(remarks), each)).join("\n") +
  `首先，本题考查的是对材料的理解，需要逐项分析，再结合所学知识作出判断。${filled("选项{}与材料的主旨最为接近。", letter)}`;

const gold = (answer: string): Gold => ({
  question: "下列选项中，与材料主旨相符的一项是（　　）",
  options: {
    A: "社会存在决定社会意识",
    B: "社会意识决定社会存在",
    C: "二者互不相干",
    D: "二者完全同一",
  },
  answer,
  answers: null,
  aliases: [],
  tolerance: null,
  unit: null,
  points: null,
  partial: null,
  reference: null,
  rubric: null,
  constraints: null,
  tests: null,
  expected_calls: null,
  expect: null,
});

const samples: readonly Sample[] = Array.from({ length: replies }, () => ({
  gold: gold(pick(letters)),
  reply: reply(),
  finish_reason: "stop",
}));

const options = parseGraderOptions(choice, {});
const answer = /答案[^A-D]{0,6}([A-D])/;

/** Keeps the compiler from dropping the work. */
let sink = 0;

function plainLoop(): void {
  for (const { reply: text } of samples) if (answer.test(text.normalize("NFKC"))) sink++;
}

function choiceLoop(): void {
  for (const sample of samples) {
    const grade = choice.grade(sample, options, {});
    if (!(grade instanceof Promise)) sink += grade.value ?? 0;
  }
}

const alphabet = Array.from(
  "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜，。",
);
const passage = (): readonly string[] => Array.from({ length: 500 }, () => pick(alphabet));
const pairs = Array.from({ length: 200 }, () => [passage(), passage()] as const);

function bareTable(): void {
  for (const [a, b] of pairs) {
    const row = new Uint16Array(b.length + 1);
    for (const token of a) {
      let diagonal = 0;
      for (let at = 1; at <= b.length; at++) {
        const above = row[at] ?? 0;
        const left = row[at - 1] ?? 0;
        row[at] = token === b[at - 1] ? diagonal + 1 : above > left ? above : left;
        diagonal = above;
      }
    }
    sink += row[b.length] ?? 0;
  }
}

function rougeLoop(): void {
  for (const [a, b] of pairs) sink += rougeL(a, b, "f1");
}

const timed = (loop: () => void) => () => {
  const before = performance.now();
  loop();
  return Promise.resolve(performance.now() - before);
};

export async function rows(): Promise<readonly Row[]> {
  const length = samples.reduce((sum, { reply: text }) => sum + text.length, 0) / samples.length;
  const chosen = await alternated(rounds, timed(plainLoop), timed(choiceLoop));
  const overlaps = await alternated(rounds, timed(bareTable), timed(rougeLoop));
  if (sink === 0) throw new Error("nothing was graded");
  return [
    rowOf("graders: choice, against NFKC and one search", {
      ...paired(chosen, (ms) => (ms * 1000) / replies),
      unit: "µs",
      bound: { most: 5 },
      note: `${replies} replies of ${length.toFixed(0)} characters`,
    }),
    rowOf("graders: ROUGE-L, against a bare table", {
      ...paired(overlaps, (ms) => (ms * 1000) / pairs.length),
      unit: "µs",
      bound: { most: 2 },
    }),
  ];
}
