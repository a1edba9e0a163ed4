import { expect, test } from "vitest";

import type { CallRecord } from "../../domain/call.ts";

import { unrecognisedReply } from "../../domain/run-file/unrecognised-reply.ts";
import { unknownUsage } from "../../domain/usage.ts";
import { answerLine } from "../testing/lines.ts";
import { type ReplyKind, replyKindOf } from "./reply-kind.ts";

const length = { reason: "length", raw: "length" } as const;
const cut = { outcome: "length", finish: length } as const;

test.each<[name: string, call: Partial<CallRecord>, kind: ReplyKind]>([
  ["an answer", { text: "答案：A" }, "text"],
  ["an answer after thinking inside the text", { text: "<think>想</think>答案：A" }, "text"],
  ["no answer, but a text", { text: "题目不完整。" }, "text"],
  ["reasoning, then the limit", { ...cut, text: "", reasoning: "想".repeat(90) }, "cut_thinking"],
  [
    "a limit that another field tells",
    { finish: length, text: " \n", reasoning: "想" },
    "cut_thinking",
  ],
  [
    "thinking inside the text, then the limit",
    { ...cut, text: "<think>一步一步地" },
    "cut_thinking",
  ],
  [
    "hidden reasoning that was billed, then the limit",
    { ...cut, text: "", usage: { ...unknownUsage, output: 512, reasoning: 512 } },
    "cut_thinking",
  ],
  ["the limit in the answer", { ...cut, text: "甲项说的是" }, "cut_answer"],
  [
    "the limit in the answer after thinking",
    { ...cut, text: "甲项说", reasoning: "想" },
    "cut_answer",
  ],
  ["the limit, and nothing at all", { ...cut, text: "" }, "cut_answer"],
  ["nothing at all", { text: "" }, "empty"],
  ["blanks", { text: " \n　" }, "empty"],
  [
    "nothing, though reasoning was billed",
    { text: "", usage: { ...unknownUsage, output: 60, reasoning: 60 } },
    "empty",
  ],
  ["reasoning alone", { text: "", reasoning: "应选甲。答案：A" }, "reasoning_only"],
  ["a thought that was never closed", { text: "<think>应选甲。" }, "reasoning_only"],
  ["a thought and nothing behind it", { text: "<think>应选甲。</think>\n" }, "reasoning_only"],
  [
    "a tool call",
    { text: "", tool_calls: [{ id: null, name: "search", arguments: "{}" }] },
    "text",
  ],
  [
    "a simulator that does not know the prompt",
    { text: `我是模拟模型“甲”，${unrecognisedReply}，所以不作回答。`, simulated: true },
    "unrecognised",
  ],
  ["the same words of a real model", { text: `${unrecognisedReply}。` }, "text"],
  ["a refusal in words", { text: "抱歉，我无法回答该问题。" }, "refused"],
  ["a refusal in a field", { text: "No.", finish: { reason: "refusal", raw: null } }, "refused"],
  ["a refusal after thinking", { text: "<think>敏感</think>对不起，我不能回答。" }, "refused"],
])("%s", (_, call, kind) => {
  const [turn] = answerLine({ item: "s/t/1", target: "a/b", call }).turns;
  expect(turn === undefined ? null : replyKindOf(turn)).toBe(kind);
});

test.each(["timeout", "server", "filtered-output", "context-overflow"] as const)(
  "%s: there is no reply",
  (outcome) => {
    const [turn] = answerLine({ item: "s/t/1", target: "a/b", outcome }).turns;
    expect(turn === undefined ? null : replyKindOf(turn)).toBe("none");
  },
);
