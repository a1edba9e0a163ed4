import { array, assert, asyncProperty, constantFrom } from "fast-check";
import { expect, inject, test } from "vitest";

import type { Grade, Grader } from "../../domain/grader.ts";

import { stripThink } from "../../text/extract.ts";
import { anyText } from "../../text/testing/any-text.ts";
import { gradeSample } from "../grade.ts";
import { graderIds, loadGrader, parseGraderOptions } from "../graders.ts";
import { valueTypeNames } from "../value/options.ts";
import { sampleOf } from "./sample.ts";

const options = { A: "儒家", B: "道家", C: "法家", D: "墨家" };
const golds: Readonly<Record<string, object>> = {
  choice: { answer: "B", options, question: "下列说法错误的是" },
  numeric: { answer: 3, unit: "米" },
  math: { answer: "\\frac{1}{2}" },
  regex: { answer: "答案(.*)是" },
  calls: { expected_calls: [{ name: "a", arguments: { x: 1 } }] },
  json: { answer_map: { answer: "道家" } },
  labels: { answer: ["正面"] },
};

/** What a grader cannot do without. */
const needed: Readonly<Record<string, object>> = {
  all: { checks: [{ name: "答案", use: "exact" }] },
  labels: { labels: ["正面", "负面", "A项"] },
};

/** Patterns that the rules look for, opened and never closed, or repeated endlessly. */
const pieces =
  '答案|答案:|答案是|答:|【|【】|】|选|选项|故选|正确|错误|不|正确答案|无|没有|是|为|的|A|A、|A,B,|(A)|A项|A错误|A(|第|第一|①|<think>|</think>|\\boxed{|\\frac{|\\text{|{|}|$|*|**|`|#|> |- |1|1,|1,000|1 000|1/|1~|-|.|. |百分之|一|三分之|一点|又|小时|answer|answer is |final |除|除了A|不是|而是|如果|若|题|应该是|可能是|要么|等等|不对，|更正：|```|<|\\text{ |个半|零下|块|米|万|[[|(|\'|"|=| |\t|\n|a|x_|依次是|“束缚”的|除了A，还有|这就是“|，也就是|再检查：|<tool_call>|<function=|<invoke name="|Action: |Action Input: |Observation:|a(x=|“说（yuè，|A（矩形才有），|x=1(x=-2舍去|占原来的0.15×|[a(|{"name": "a", "arguments": |🙂|\ud83d|\u0000|\u200b'.split(
    "|",
  );

/**
 * Every grader with options that it takes; `value` with each of its types. `code` runs programs, which takes as long as
 * they do: src/graders/code-box.test.ts.
 */
const variants = graderIds()
  .filter((id) => id !== "code")
  .flatMap((id) =>
    id === "value"
      ? valueTypeNames.map((type) => [`${id} ${type}`, id, { type }] as const)
      : [[id, id, needed[id] ?? {}] as const],
  );

async function loaded(id: string): Promise<Grader> {
  const grader = await loadGrader(id);
  if (grader === null) throw new Error(`no grader ${id}`);
  return grader;
}

/** Grades a reply, and tells how much CPU time of this thread alone it took, in ms. */
function timed(grader: Grader, options: object, reply: string): () => Promise<number> {
  const sample = sampleOf(stripThink(reply).text, golds[grader.id] ?? { answer: "道家思想" });
  const parsed = parseGraderOptions(grader, { ...options });
  return async () => {
    const before = process.threadCpuUsage();
    await grader.grade(sample, parsed, {});
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  };
}

/**
 * How often a reply may be graded to find that it takes no longer than `most` ms: other work on the machine can only make a
 * grade dearer, and disturbs some of so many, while a rule that is slow is slow each time.
 */
const tries = 20;

/** The least that it took until it took no more than `most`. */
async function leastOf(rounds: number, grade: () => Promise<number>, most = 0): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && least > most; round++)
    least = Math.min(least, await grade());
  return least;
}

const growth = 8;

test.each(variants)("%s takes linear time on hostile text", async (_name, id, options) => {
  const grader = await loaded(id);
  // A pattern opened once and never closed can be as slow as one opened again and again.
  const head = constantFrom("", "", ...pieces);
  const hostile = array(constantFrom(...pieces), { minLength: 1, maxLength: 3 });
  await assert(
    asyncProperty(head, hostile, async (opening, parts) => {
      const unit = parts.join("");
      const small = unit.repeat(Math.ceil(3_000 / unit.length));
      const few = await leastOf(3, timed(grader, options, opening + small));
      // Eight times the text: quadratic rules would take 64 times as long. Below 60 ms the times are too noisy.
      const most = Math.max(60, few * growth * 4);
      const grade = timed(grader, options, opening + small.repeat(growth));
      const many = await leastOf(tries, grade, most);
      const found = `${JSON.stringify([opening, unit])}: ${few} ms, then ${many} ms`;
      expect(many, found).toBeLessThanOrEqual(most);
    }),
    { numRuns: inject("matrix") ? 60 : 1, seed: 20_251_121 },
  );
});

const isGrade = ({ verdict, value }: Grade): boolean =>
  verdict === "ungraded" ? value === null : value !== null && value >= 0 && value <= 1;

test.each(variants)("%s gives a verdict on any text", async (_name, id, options) => {
  const grader = await loaded(id);
  const parsed = parseGraderOptions(grader, { ...options });
  const texts = array(constantFrom(...pieces, "A", "B", "35", "道家"), { maxLength: 12 });
  const any = anyText({ maxLength: 60 });
  await assert(
    asyncProperty(texts, any, async (parts, noise) => {
      const reply = parts.join("") + noise;
      const grade = await grader.grade(
        sampleOf(reply, golds[id] ?? { answer: "道家" }),
        parsed,
        {},
      );
      expect(isGrade(grade), JSON.stringify(grade)).toBe(true);
    }),
    { numRuns: inject("matrix") ? 150 : 8 },
  );
});

/** 17 characters each. */
const repeats = inject("matrix") ? 11_000 : 2_500;

test.each(variants)(
  `%s ends on ${repeats * 17} characters, in a worker`,
  async (_name, id, options) => {
    const grader = await loaded(id);
    const reply = `${"因此选项A正确，答案似乎是12个。".repeat(repeats)}\n答案：B`;
    const sample = sampleOf(reply, golds[id] ?? { answer: "B" });
    const grade = await gradeSample(grader, parseGraderOptions(grader, { ...options }), sample);
    expect(isGrade(grade)).toBe(true);
    expect(grade.why).not.toMatch(/^grader failed/);
  },
);
