import { constantFrom, array, assert, asyncProperty } from "fast-check";
import { describe, expect, test } from "vitest";

import { gradeSample } from "../grading/grade.ts";
import { parseGraderOptions } from "../grading/graders.ts";
import { goldOf, sampleOf } from "../grading/testing/sample.ts";
import { grader } from "./json.ts";

const fields = {
  name: "exact",
  amount: { use: "numeric", with: { tolerance: 0.005 } },
  remark: "fuzzy",
} as const;
const answer_map = { name: "周岚", amount: 1280.5, remark: "请在工作日送达", paid: false };
const question = "从下面的来信中提取收件人、金额、备注和是否付款，输出 JSON。";

const graded = (
  reply: string,
  given: object = { fields },
  gold: object = { answer_map, question },
) => gradeSample(grader, parseGraderOptions(grader, { ...given }), sampleOf(reply, gold));

const right = '{"name": "周岚", "amount": 1280.50, "remark": "请在工作日送达", "paid": false}';

describe("finds the JSON", () => {
  test.each([
    ["alone", right],
    ["in a fence", `\`\`\`json\n${right}\n\`\`\``],
    ["in a fence without a language", `\`\`\`\n${right}\n\`\`\``],
    ["behind prose", `好的，提取结果如下：\n${right}\n以上字段均来自原文。`],
    ["behind prose with braces", `集合 {x | x > 0} 与本题无关。{name} 是占位符。\n${right}`],
    ["behind a lone brace", `格式以 { 开头。\n${right}`],
    [
      "twice the same, keys in another order",
      `${right}\n\n也就是 ${JSON.stringify({ ...answer_map, name: "周岚" })}`,
    ],
    [
      "keys in any order, with others",
      '{"paid": false, "id": 7, "remark": "请在工作日送达", "amount": "1,280.5", "name": "周岚"}',
    ],
    ["a fence that is never closed", `\`\`\`json\n${right}`],
    ["after the form that the question shows", `按 {"name": "", "amount": 0} 的格式：${right}`],
  ])("%s", async (name, reply) => {
    const shown = name.startsWith("after")
      ? { question: '格式：{"name": "", "amount": 0}' }
      : { question };
    expect(await graded(reply, { fields }, { answer_map, ...shown })).toMatchObject({
      verdict: "right",
      value: 1,
    });
  });

  test.each([
    ["none", "收件人是周岚，金额 1280.5 元。", "no JSON"],
    [
      "two that differ",
      `${right}\n或者\n${right.replace("1280.50", "1208.5")}`,
      "2 JSON values that differ",
    ],
    ["cut off", right.slice(0, -10), "the JSON does not parse"],
    ["a comma too many", right.replace("}", ",}"), "the JSON does not parse"],
    ["a part of what does not parse", `{"order": ${right},}`, "the JSON does not parse"],
    ["single quotes", right.replaceAll('"', "'"), "no JSON"],
    ["a key twice", right.replace("{", '{"name": "周兰", '), "the key name stands twice"],
    ["a list", `[${right}]`.replaceAll(/[{}]/g, "|"), "no JSON"],
    [
      "nested without end",
      `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`,
      "the JSON does not parse",
    ],
  ])("%s: unresolved", async (_name, reply, why) => {
    expect(await graded(reply)).toMatchObject({ verdict: "unresolved", value: 0, why });
  });

  test.each([
    ['｛"name"："周岚"｝'],
    ['{"name"："周岚"}'],
    ["{“name”: “周岚”}"],
    ['{"name": "周岚"，"paid": false}'],
  ])("%s is wrong: full-width signs are no JSON", async (reply) => {
    expect(await graded(reply)).toMatchObject({
      verdict: "wrong",
      why: "full-width signs are no JSON",
    });
  });
});

describe("compares the fields", () => {
  test.each([
    [right, 1, "right"],
    [right.replace("1280.50", "1280.6"), 0.75, "partial"],
    [right.replace("周岚", "周兰").replace("false", "true"), 0.5, "partial"],
    ['{"name": "周岚"}', 0.25, "partial"],
    ['{"name": "", "amount": null, "remark": [], "paid": "false"}', 0, "wrong"],
    ['{"amount": "不详"}', 0, "unresolved"],
    ["{}", 0, "wrong"],
  ])("%s is worth %d", async (reply, value, verdict) => {
    expect(await graded(reply)).toMatchObject({ value, verdict });
  });

  test("by name in the score line", async () => {
    const { sub_scores } = await graded('{"name": "周岚女士", "amount": 1280.5, "paid": false}');
    expect(sub_scores?.map(({ name, use, verdict, why }) => [name, use, verdict, why])).toEqual([
      ["name", "exact", "wrong", "whole reply"],
      ["amount", "numeric", "right", expect.any(String)],
      ["remark", null, "wrong", "missing"],
      ["paid", null, "right", "same"],
    ]);
  });

  test("an unresolved field leaves the value between two bounds", async () => {
    const reply = right.replace("1280.50", '"不详"');
    expect(await graded(reply)).toMatchObject({ value: 0.75, notes: { low: 0.75, high: 1 } });
    const pass = async (at: number) => (await graded(reply, { fields, pass: at })).verdict;
    expect([await pass(0.5), await pass(0.75), await pass(1)]).toEqual([
      "right",
      "right",
      "unresolved",
    ]);
    const lost = reply.replace("周岚", "周兰");
    expect((await graded(lost, { fields, pass: 1 })).verdict).toBe("wrong");
  });

  test("a graph of values, large numbers and null as they are", async () => {
    const gold = {
      answer_map: {
        id: "12345678901234567890",
        tags: ["a", "b"],
        to: { city: "无锡", no: 3 },
        note: null,
      },
    };
    const plain = { fields: { id: "exact" } };
    const reply =
      '{"id": 12345678901234567890, "to": {"no": 3.0, "city": "无锡"}, "tags": ["a", "b"]}';
    expect(await graded(reply, plain, gold)).toMatchObject({ verdict: "right" });
    expect(await graded(reply.replace('"a", "b"', '"b", "a"'), plain, gold)).toMatchObject({
      value: 0.75,
    });
  });
});

describe("the schema", () => {
  const schema = {
    type: "object",
    required: ["name"],
    properties: { name: {}, amount: { type: "number" } },
  };

  test("has to be kept, whatever the fields are worth", async () => {
    expect(await graded(right, { fields, schema })).toMatchObject({ verdict: "right" });
    expect(await graded(right.replace("1280.50", '"1280.5"'), { fields, schema })).toMatchObject({
      verdict: "wrong",
      value: 0,
      why: "schema: /amount must be number",
    });
  });

  test("may be all that is asked for", async () => {
    expect(await graded("[1, 2]", { schema: { type: "array" } }, {})).toMatchObject({
      verdict: "right",
    });
    expect(await graded('{"name": 1}', { schema }, {})).toMatchObject({ verdict: "right" });
    expect(await graded('{"id": 1}', { schema }, {})).toMatchObject({ verdict: "wrong" });
  });
});

test("golds that cannot be compared are problems", async () => {
  const problems = async (gold: object, given: object) =>
    (await grader.check(goldOf(gold), parseGraderOptions(grader, { ...given }))).map(
      ({ message }) => message.en,
    );
  expect(await problems({ answer_map }, { fields })).toEqual([]);
  expect(await problems({ answer: "周岚" }, { fields })).toHaveLength(1);
  expect(await problems({}, { fields })).toHaveLength(1);
  expect(await problems({}, {})).toHaveLength(1);
  expect(await problems({}, { schema: { type: "array" } })).toEqual([]);
  expect(await problems({ answer_map: { name: "周岚" } }, { fields: { nmae: "exact" } })).toEqual([
    "the answer has no field nmae, which the grader's fields name; write null where an item has none",
  ]);
  expect(await problems({ answer_map }, { schema: { type: "objekt" } })).toEqual([
    expect.stringContaining("does not compile"),
  ]);
});

test("whatever brackets and quotes a reply holds, it is graded", async () => {
  const piece = constantFrom(
    "{",
    "}",
    "[",
    "]",
    '"',
    '":',
    '{"name":',
    "周岚",
    ",",
    "\\",
    "\n",
    "```",
    "1",
    " ",
  );
  await assert(
    asyncProperty(array(piece, { maxLength: 60 }), async (pieces) => {
      const { verdict, why } = await graded(pieces.join(""));
      expect(why).not.toContain("grader failed");
      expect(["right", "wrong", "partial", "unresolved"]).toContain(verdict);
    }),
    { numRuns: 300 },
  );
});
