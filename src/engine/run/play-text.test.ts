import { expect, test } from "vitest";

import type { AnswerLine, ScoreLine } from "../../domain/run-file/lines.ts";

import { makeRig, type RigOptions } from "../../cli/testing/rig.ts";
import { type CallRecord, callsMade } from "../../domain/call.ts";
import { loadEnvironment } from "../../playing/environment.ts";
import { answerLine, itemLine } from "../../report/testing/lines.ts";
import { startPlay } from "./play.ts";

const suite = (user: boolean): string => `schema: suite/1
id: office
tasks:
  - id: expenses
    dimension: [智能体]
    grader: {use: goal}
    max_steps: 40
    items: {generate: expenses, n: 8, seed: 3, with: {level: 3, user: ${user}}}
`;

async function played(user: boolean, options: RigOptions = {}) {
  const rig = await makeRig({
    suite: suite(user),
    models: ["yuanshan"],
    params: { max_tokens: 2_000 },
    ...options,
  });
  try {
    expect(await rig.run()).toMatchObject({ status: "complete", failed: 0 });
    const lines = await rig.lines();
    const answers = lines.filter((line): line is AnswerLine => line.kind === "answer");
    const scores = lines.filter((line): line is ScoreLine => line.kind === "score");
    expect(rig.simulator.stats().strangers).toBe(0);
    return {
      answers,
      verdicts: Object.fromEntries(scores.map(({ key, verdict }) => [key, verdict])),
      calls: Object.fromEntries(
        answers.map(({ key, turns }) => [
          key,
          turns.map((turn) => [
            callsMade(turn).map(({ name, arguments: given }) => [name, JSON.parse(given)]),
            (turn.results ?? []).map(({ content }) => content),
          ]),
        ]),
      ),
    };
  } finally {
    await rig.close();
  }
}

test("a model that takes no tools plays the same in its text", async () => {
  for (const user of [false, true]) {
    const [native, written] = [
      await played(user),
      await played(user, { request: { tools: "text" } }),
    ];
    expect(written.calls).toEqual(native.calls);
    expect(written.verdicts).toEqual(native.verdicts);
    expect(new Set(Object.values(written.verdicts))).toEqual(new Set(["right", "wrong"]));
    const turns = written.answers.flatMap((answer) => answer.turns);
    expect(turns.filter(({ tool_calls }) => tool_calls !== undefined)).toEqual([]);
    expect(turns.some(({ text }) => text.includes("<tool_call>"))).toBe(true);
  }
});

test("a scripted user is asked amid the conversation, and words without an answer end it", async () => {
  const { answers, verdicts } = await played(true);
  const right = answers.filter(({ key }) => verdicts[key] === "right");
  expect(right.length).toBeGreaterThan(5);
  for (const { turns } of right) {
    const talks = turns.flatMap(({ played: said = [] }) => said);
    expect(talks.map(({ name }) => name)).toEqual(["user", "user"]);
    expect(
      turns.flatMap(({ played: said, results = [] }) => (said === undefined ? [] : results)),
    ).toEqual([
      { id: null, name: "user", content: expect.stringMatching(/^项目编号是 P-\d{4}。$/) },
      { id: null, name: "user", content: "金额没问题，同意提交。" },
    ]);
    expect(turns.at(-1)).not.toHaveProperty("results");
  }
});

function record(text: string): CallRecord {
  const [call] = answerLine({ item: "s/t/a", target: "sim/a", text }).turns;
  if (call === undefined) throw new Error("an answer without a call");
  return { ...call, text };
}

/** A play in the middle of which nothing has happened yet. */
async function freshPlay() {
  const environment = await loadEnvironment("expenses");
  if (environment === null) throw new Error("no environment expenses");
  const { createDraw } = await import("../../generating/draw.ts");
  const { state } = environment.initial(
    createDraw(1, 1, 0),
    environment.options.parse({ level: 1 }),
  );
  const play = await startPlay({
    ...itemLine("s/t/a"),
    tools: environment.tools,
    environment: { use: "expenses", state: JSON.parse(JSON.stringify(state)) },
    max_steps: 9,
  });
  if (play === null) throw new Error("no play");
  return play;
}

test.each([
  ["marks", '<tool_call>{"name": "list_receipts", "arguments": {}}</tool_call>', "<tool_response>"],
  ["Qwen's marks", "✿FUNCTION✿: list_receipts\n✿ARGS✿: {}", "<tool_response>"],
  ["ReAct", "Thought: 先列出票据\nAction: list_receipts\nAction Input: {}", "Observation: "],
  ["ReAct in Chinese", "思考：先列出\n行动：list_receipts\n行动输入：{}", "Observation: "],
  [
    "JSON in a fence",
    '我先列出票据。\n```json\n{"name": "list_receipts", "arguments": {}}\n```',
    "<tool_response>",
  ],
  ["Python", "list_receipts()", "<tool_response>"],
])("calls in the text are carried out: %s", async (_, text, head) => {
  const { record: taken, next } = (await freshPlay()).take(record(text));
  expect(taken.played).toEqual([{ id: null, name: "list_receipts", arguments: "{}" }]);
  expect(taken.results?.[0]?.content).toContain("receipts");
  expect(next).toEqual([
    { role: "assistant", text },
    { role: "user", text: expect.stringContaining(head) },
  ]);
});

test.each([
  ["words", "我先看看有哪些票据。"],
  ["a tool that is spoken of", "可以用 list_receipts 列出票据。"],
  ["nothing", ""],
])("what calls nothing ends the conversation: %s", async (_, text) => {
  const { record: taken, next } = (await freshPlay()).take(record(text));
  expect(next).toBeNull();
  expect(taken).toEqual(record(text));
});

test.each([
  [
    '<tool_call>{"name": "get_receipt", "arguments": "{\\"receipt\\": "}</tool_call>',
    "参数不是合法的 JSON 对象，请重新调用。",
  ],
  ['<tool_call>{"name": "fly", "arguments": {}}</tool_call>', "没有名为 fly 的工具。"],
])("a call in the text that makes no sense is told to the model: %s", async (text, error) => {
  const { record: taken, next } = (await freshPlay()).take(record(text));
  expect(taken.results?.map(({ content }) => content)).toEqual([JSON.stringify({ error })]);
  expect(next?.at(-1)?.text).toContain(error);
});

test("a model that has called tools only speaks of them in its text", async () => {
  const play = await freshPlay();
  const call = { id: "c1", name: "list_receipts", arguments: "{}" };
  play.take({ ...record(""), tool_calls: [call] });
  const { record: taken, next } = play.take(record("我调用了：\nlist_receipts()\n已办好。"));
  expect([next, taken.played]).toEqual([null, undefined]);
});
