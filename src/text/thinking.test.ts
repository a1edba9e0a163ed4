import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { createThinkingSplitter } from "./thinking.ts";

type Split = { answer: string; thought: string; open: string | null };

/** Splits a reply that arrives in pieces, one per millisecond. */
function split(pieces: readonly string[]): Split & { readonly times: readonly number[] } {
  const parts: Split = { answer: "", thought: "", open: null };
  const times: number[] = [];
  const splitter = createThinkingSplitter({
    piece: (part, text, at) => {
      parts[part] += text;
      times.push(at);
    },
    recant: () => {
      parts.thought = parts.answer;
      parts.answer = "";
    },
  });
  pieces.forEach((piece, index) => splitter.push(piece, index));
  parts.open = splitter.end();
  return { ...parts, times };
}

const replies: readonly (readonly [string, string, string])[] = [
  ["<think>甲乙</think>丙", "丙", "甲乙"],
  ["<THINKING>甲</Thinking>\n丙", "丙", "甲"],
  ["<thought>甲</thought>丙", "丙", "甲"],
  ["<seed:think>甲</seed:think>丙", "丙", "甲"],
  ["◁think▷甲◁/think▷丙", "丙", "甲"],
  ["[THINK]甲[/THINK]丙", "丙", "甲"],
  ["甲，再想想</think>丙", "丙", "甲，再想想"],
  ["甲，再想想[/THINK]丙", "丙", "甲，再想想"],
  ["<think></think>丙", "丙", ""],
  ["先说一句<think>甲</think>丙<think>乙</think>", "先说一句丙", "甲乙"],
  ["<think>若 a<b 而 b<c</think>则 a<c", "则 a<c", "若 a<b 而 b<c"],
  ["<|begin_of_box|>丙<|end_of_box|>", "丙", ""],
  ["<think>甲</think>答案是<|begin_of_box|>丙<|end_of_box|>。", "答案是丙。", "甲"],
  [
    "<|channel|>analysis<|message|>甲<|end|><|start|>assistant<|channel|>final<|message|>丙<|return|>",
    "丙",
    "甲",
  ],
  ["<|start|>assistant<|channel|>analysis<|message|>甲<|end|>丙", "丙", "甲"],
  ["<|channel|>analysis甲<|channel|>commentary乙<|channel|>final丙", "丙", "甲乙"],
  ["<|channel|>final<|message|>丙", "丙", ""],
  ["甲<|end|><|start|>assistant<|channel|>final<|message|>丙", "丙", "甲<|end|>"],
  ["analysis甲assistantfinal丙", "丙", "analysis甲"],
  // No marks of reasoning.
  ["", "", ""],
  ["若 a<b，则 <b>粗体</b>", "若 a<b，则 <b>粗体</b>", ""],
  ["[think] 是一个词，<thinker> 也是", "[think] 是一个词，<thinker> 也是", ""],
  ["写作 <|end|> 或 <|message|>", "写作 <|end|> 或 <|message|>", ""],
  ["分析 assistantfinal 这个词", "分析 assistantfinal 这个词", ""],
  ["analysis of variance", "analysis of variance", ""],
  ["到此为止 <thi", "到此为止 <thi", ""],
];

test.each(replies)("%j", (reply, answer, thought) => {
  expect(split([reply])).toMatchObject({ answer, thought, open: null });
});

test.each(replies)("%j, cut at any place and into single characters", (reply, answer, thought) => {
  for (let at = 0; at <= reply.length; at += 1) {
    const cut = [reply.slice(0, at), reply.slice(at)];
    expect(split(cut)).toMatchObject({ answer, thought, open: null });
  }
  expect(split(reply.split(""))).toMatchObject({ answer, thought, open: null });
});

test.each([
  ["<think>甲", "", "甲", "<think>"],
  ["丙<think>甲", "丙", "甲", "<think>"],
  ["<|channel|>analysis<|message|>甲", "", "甲", "<|channel|>analysis"],
  ["<think>甲</thi", "", "甲</thi", "<think>"],
])("never closed: %j", (reply, answer, thought, open) => {
  expect(split(reply.split(""))).toMatchObject({ answer, thought, open });
});

describe("any marks in any order", () => {
  const words = fc.constantFrom(
    ..."甲|a| |\n|<|[|/|◁|think|analysis|assistantfinal|a<b".split("|"),
    ..."<think> </think> [THINK] [/THINK] ◁think▷ ◁/think▷ <|begin_of_box|>".split(" "),
    ..."<|channel|>analysis <|channel|>final <|message|> <|end|> <|start|>assistant".split(" "),
  );
  const texts = fc.array(words, { maxLength: 12 }).map((each) => each.join(""));

  test("pieces give what the whole gives", () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(60), { maxLength: 8 }), (text, places) => {
        const cuts = [...new Set(places.map((each) => each % (text.length + 1)))];
        const sorted = cuts.toSorted((a, b) => a - b);
        const pieces = [0, ...sorted].map((from, index) => text.slice(from, sorted[index]));
        const { times: _, ...whole } = split([text]);
        const { times, ...cut } = split(pieces);
        expect(cut).toEqual(whole);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });
});

test("what was held back keeps the time at which it came", () => {
  const { answer, times } = split(["a", "<", "b"]);
  expect(answer).toBe("a<b");
  expect(times).toEqual([0, 1, 2]);
});
