import { describe, expect, test } from "vitest";

import type { CallRecord } from "../../domain/call.ts";
import type { PriceRow } from "../../domain/money.ts";
import type { Summary } from "./summary.ts";

import { contextOf, requestAt, sse, wireOf } from "../../calling/testing/loopback.ts";
import { costOf } from "../../domain/money.ts";
import { protocol } from "../../protocols/openai-chat.ts";
import { stripThink } from "../../text/extract.ts";
import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";

/** One model behind two servers: one parses its reasoning, the other leaves it in the text, with the marks around it. */
const thoughts = Array.from("先看第一个选项，数目不对；再看第二个，十二个月，对。");
const answers = ["一年有", "十二个", "月，", "其中大月", "七个。", "\n", "答案：", "B"];
const price: PriceRow = { currency: "CNY", verified: true, tiers: [{ input: 2, output: 8 }] };
const event = (value: unknown): Buffer => Buffer.from(`data: ${JSON.stringify(value)}\n\n`);
const delta = (fields: object): Buffer => event({ choices: [{ delta: fields }] });
const counts = {
  usage: {
    prompt_tokens: 30,
    completion_tokens: 60,
    completion_tokens_details: { reasoning_tokens: 36 },
  },
};
const end = [
  event({ choices: [{ delta: {}, finish_reason: "stop" }] }),
  event({ choices: [], ...counts }),
  Buffer.from("data: [DONE]\n\n"),
];

/** Both servers pass a piece on every 20 ms; marks are pieces of which the parsing one says nothing. */
async function recorded(pieces: readonly Buffer[]): Promise<CallRecord> {
  const wire = wireOf([...pieces, ...end], sse, 200, 20);
  const {
    status: _,
    code,
    message,
    retry_after_ms: __,
    ...reply
  } = await protocol.attempt(requestAt("http://x"), contextOf(wire));
  expect({ outcome: reply.outcome, code, message }).toEqual({
    outcome: "ok",
    code: null,
    message: null,
  });
  const cost = costOf(price, { usage: reply.usage, thinking: true, at: new Date() });
  return { ...reply, cost, cost_incomplete: false, attempts: [] };
}

function summaryOf(call: CallRecord): Summary {
  const view = createView();
  const facts = { item: "s/t/i", target: "a/b", call };
  for (const line of [runLine(["a/b"]), itemLine("s/t/i"), answerLine(facts)]) step(view, line);
  step(view, scoreLine(facts, "right"));
  step(view, endLine());
  const summary = leaderboardOf(view).entries[0]?.summary;
  if (summary === undefined) throw new Error("no entry");
  return summary;
}

const silent = delta({ content: "" });
const parsed = (marks: { readonly before: number; readonly between: number }) =>
  recorded([
    ...Array.from({ length: marks.before }, () => silent),
    ...thoughts.map((reasoning_content) => delta({ reasoning_content })),
    ...Array.from({ length: marks.between }, () => silent),
    ...answers.map((content) => delta({ content })),
  ]);
const inline = (before: readonly string[], between: readonly string[], after: readonly string[]) =>
  recorded(
    [...before, ...thoughts, ...between, ...answers, ...after].map((content) => delta({ content })),
  );

const figures = (summary: Summary) => ({
  first_answer_ms: summary.first_answer_ms?.p50,
  thinking_ms: summary.thinking_ms?.p50,
  speed: summary.speed?.p50,
  cost_per: summary.cost_per,
  zero_reasons: summary.zero_reasons,
});

describe.each<[string, readonly string[], readonly string[], readonly string[]]>([
  ["<think>", ["<think>"], ["</think>"], []],
  ["<think> in pieces", ["<", "thi", "nk>"], ["</th", "ink", ">"], []],
  ["<think> and blanks", ["<think>"], ["</think>", "\n", "\n"], []],
  ["a closing mark alone", [], ["</think>"], []],
  ["<thinking>", ["<thinking>"], ["</thinking>"], []],
  ["[THINK]", ["[THINK]"], ["[/THINK]"], []],
  ["◁think▷", ["◁think▷"], ["◁/think▷"], []],
  ["a box", ["<think>"], ["</think>", "<|begin_of_box|>"], ["<|end_of_box|>"]],
  [
    "channels",
    ["<|channel|>", "analysis", "<|message|>"],
    ["<|end|>", "<|start|>", "assistant", "<|channel|>", "final", "<|message|>"],
    ["<|return|>"],
  ],
  ["channels without messages", ["<|channel|>analysis"], ["<|channel|>final"], []],
])("reasoning inside the text, marked by %s", (_, before, between, after) => {
  test("gives the same first answer, thinking time, speed, 字数 and 元/万字", async () => {
    const plain = await parsed({ before: before.length, between: between.length });
    const mixed = await inline(before, between, after);
    const [wanted, got] = [figures(summaryOf(plain)), figures(summaryOf(mixed))];
    expect(wanted.first_answer_ms?.value).toBe(
      20 * (before.length + thoughts.length + between.length + 1),
    );
    expect(got.first_answer_ms).toEqual(wanted.first_answer_ms);
    expect(got.cost_per).toEqual(wanted.cost_per);
    expect(got.cost_per.ten_thousand_words).not.toBeNull();
    expect(got.zero_reasons).toEqual(wanted.zero_reasons);
    expect(got.speed?.value).toBeCloseTo(wanted.speed?.value ?? Number.NaN, 0);
    expect(mixed.reasoning).toBe(plain.reasoning);
    expect(mixed.text.trim()).toBe(plain.text.trim());
    // Nothing is left for the grader to take out.
    expect(stripThink(mixed.text)).toEqual({ text: mixed.text, unclosed: false });
  });
});

test("files whose text still holds the reasoning give the same 字数 and 元/万字", async () => {
  const plain = await parsed({ before: 1, between: 1 });
  const text = `<think>${plain.reasoning}</think>${plain.text}`;
  const old = summaryOf({ ...plain, text, reasoning: "" });
  expect(old.cost_per).toEqual(summaryOf(plain).cost_per);
});
