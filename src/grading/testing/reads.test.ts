import { expect, test } from "vitest";

import type { Gold, GoldField, Grader, Sample } from "../../domain/grader.ts";

import { goldFields } from "../../domain/grader.ts";
import { environment } from "../../environments/expenses.ts";
import { createDraw } from "../../generating/draw.ts";
import { gradeSample } from "../grade.ts";
import { graderIds, loadGrader, parseGraderOptions } from "../graders.ts";
import { goldOf } from "./sample.ts";

type Trial = {
  readonly gold: Partial<Gold>;
  readonly given?: Readonly<Record<string, unknown>>;
  readonly replies: readonly string[];
  readonly play?: Sample["play"];
  readonly passages?: Sample["passages"];
};

const options = { A: "儒家", B: "道家" };
const prose: Trial = {
  gold: { answer: "道家", aliases: ["道家学派"] },
  replies: ["道家", "答案：道家", "他属于道家学派。", "法家"],
};
const found = '<tool_call>{"name": "find", "arguments": {"city": "北京"}}</tool_call>';
const claim = environment.initial(createDraw(1, 0, 0), { level: 1, user: false }).state;
const metric: Trial = {
  gold: { answer: "道家学派的代表", reference: "庄子属于道家" },
  replies: ["道家学派的代表", "庄子属于道家", "法家"],
};

const cited: Trial = {
  gold: { gold_passages: ["s7"] },
  passages: [{ id: "s7", text: "员工每年有十天年假。" }],
  replies: ["员工每年有十天年假[1]。", "员工有时会很高兴[1]。"],
};

/** Golds and replies that lead each grader through all that it may read. */
const trials: Readonly<Record<string, readonly Trial[]>> = {
  abstain: [{ gold: {}, replies: ["资料里没有提到。", "十天。"] }],
  citation: [cited, { ...cited, given: { judge: "panel" } }],
  grounded: [cited, { ...cited, given: { judge: "panel" } }],
  retrieval: [cited],
  all: [{ gold: {}, given: { checks: [{ name: "length", use: "open" }] }, replies: ["好"] }],
  bleu: [metric],
  calls: [
    {
      gold: { expected_calls: [{ name: "find", arguments: { city: "北京" } }] },
      replies: [found, "没有这种工具。"],
    },
  ],
  chrf: [metric],
  edit: [metric],
  rouge: [metric],
  choice: [
    { gold: { answer: "B", options, partial: "fraction" }, replies: ["答案：B", "AB", "道家"] },
    { gold: { answers: ["A", "B"], options }, replies: ["1.A 2.B"] },
    { gold: { answer: "AB", options }, replies: ["答案：A"] },
  ],
  code: [
    {
      given: { language: "javascript" },
      gold: {
        tests: [{ assert: "f(1) === 2" }],
        reference: "const f = (x) => x + 1;",
        mutants: ["const f = (x) => x;"],
      },
      replies: [],
    },
  ],
  constraints: [{ gold: { constraints: [{ check: "starts", text: "春" }] }, replies: ["春风"] }],
  goal: [
    {
      gold: { answer: "都办好了。", expected_calls: [{ name: "list_receipts" }] },
      play: {
        environment: { use: "expenses", state: JSON.parse(JSON.stringify(claim)) },
        steps: [],
      },
      replies: ["都办好了。"],
    },
  ],
  judge: [
    {
      gold: { reference: "参考", rubric: ["切题"], answer: "答案", aliases: ["别名"] },
      given: { judges: "panel", mode: "checklist" },
      replies: ["一篇回答"],
    },
    {
      gold: { answers: ["甲", "乙"] },
      given: { judges: "panel", criteria: ["准确"] },
      replies: ["一篇回答"],
    },
    {
      gold: { answer: "答案" },
      given: { judges: "panel", criteria: ["准确"], reference: "use" },
      replies: ["一篇回答"],
    },
  ],
  json: [{ gold: { answer_map: { a: 1 } }, replies: ['{"a": 1}', "{}"] }],
  labels: [{ gold: { answer: "正面" }, given: { labels: ["正面", "负面"] }, replies: ["正面"] }],
  math: [{ gold: { answer: "\\frac{1}{2}", aliases: ["0.5"] }, replies: ["\\boxed{0.5}"] }],
  numeric: [
    { gold: { answer: 3, unit: "米", tolerance: 0.1 }, replies: ["答案：3 米", "3.05 米", "2"] },
    { gold: { answer: 3, aliases: ["三"] }, replies: ["三"] },
  ],
  regex: [{ gold: { answer: "道.", aliases: ["庄."] }, replies: ["道家", "庄子", "法家"] }],
  value: [
    {
      gold: { answer: "14:00", aliases: ["未时"] },
      given: { type: "time" },
      replies: ["14时", "未时"],
    },
  ],
};

/** Another value of each field, which changes what is made of a reply wherever the field is read. */
const others: Readonly<Record<GoldField, Partial<Gold>>> = {
  answer: { answer: "墨家", answer_map: { b: 2 } },
  answers: { answers: ["B", "B"] },
  aliases: { aliases: ["答案", "法家", "三米", "2", "庄子", "未时"] },
  tolerance: { tolerance: 2 },
  unit: { unit: "斤" },
  partial: { partial: "fraction" },
  reference: { reference: "别的参考" },
  rubric: { rubric: ["另一条要点"] },
  constraints: { constraints: [{ check: "ends", text: "秋" }] },
  tests: { tests: [{ assert: "f(1) === 3" }] },
  mutants: { mutants: ["const f = (x) => 1 + x;"] },
  expected_calls: { expected_calls: [{ name: "search" }] },
  gold_passages: { gold_passages: ["s9"] },
};

/** All that a grader makes of a gold: its problems and remarks, its grades, and what it asks a judge. */
async function made(
  grader: Grader,
  { given = {}, replies, play, passages }: Trial,
  gold: Gold,
): Promise<string> {
  const options = parseGraderOptions(grader, given);
  const asked: unknown[] = [];
  const ask = async (_judge: string, prompt: unknown): Promise<string> => {
    asked.push(prompt);
    return "【评分】5";
  };
  const context = { ask, panel: () => ({ judges: [{ ref: "a/b", kin: false }] }) };
  const grades: unknown[] = [];
  const played = {
    ...(play === undefined ? {} : { play }),
    ...(passages === undefined ? {} : { passages }),
  };
  for (const reply of replies)
    grades.push(
      await gradeSample(
        grader,
        options,
        { gold, reply, finish_reason: "stop", ...played },
        context,
      ),
    );
  return JSON.stringify([
    await grader.check(gold, options),
    grader.id === "code" ? await grader.prove?.(gold, options) : null,
    grader.remarks?.(gold, options) ?? null,
    grades,
    // The fence around what is judged has a code of its own each time.
    JSON.stringify(asked).replaceAll(/[0-9a-f]{6,}/g, ""),
  ]);
}

const cases = graderIds().flatMap((id) => goldFields.map((field) => [id, field] as const));

test.each(cases)("%s reads %s if it says so, and only then", async (id, field) => {
  const grader = await loadGrader(id);
  if (grader === null) throw new Error(id);
  const differs = await Promise.all(
    (trials[id] ?? [prose]).map(async (trial) => {
      const gold = goldOf(trial.gold);
      const changed = { ...gold, ...others[field] };
      return (await made(grader, trial, gold)) !== (await made(grader, trial, changed));
    }),
  );
  // `open` makes nothing of any gold: people read it beside the replies.
  if (id === "open") expect(differs).not.toContain(true);
  else expect(differs.includes(true)).toBe(grader.reads?.includes(field) === true);
});
