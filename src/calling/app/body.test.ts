import { expect, test } from "vitest";

import { requestAt } from "../testing/loopback.ts";
import { appRequest } from "./body.ts";

const call = requestAt("http://x", {
  params: { temperature: 0.5, max_tokens: 9 },
  call: {
    messages: [
      { role: "system", text: "只依据资料。" },
      { role: "user", text: "婚假几天？" },
      { role: "assistant", text: "十五天。" },
      { role: "user", text: "年假呢？" },
    ],
    vars: { 部门: "财务", n: 2 },
  },
});

test("a text that is one placeholder becomes its value; within a text it is written out", () => {
  const { body } = appRequest(call, {
    body: {
      q: "{{question}}",
      all: "{{ messages }}",
      earlier: { list: ["{{history}}"] },
      who: "部门 {{vars.部门}}，第 {{vars.n}} 号",
      n: "{{vars.n}}",
      t: "{{params.temperature}}",
      seed: "{{params.seed}}",
      nobody: "{{vars.nobody}}",
      fixed: true,
    },
  });
  expect(body).toMatchObject({
    q: "年假呢？",
    who: "部门 财务，第 2 号",
    n: 2,
    t: 0.5,
    fixed: true,
  });
  expect(body["all"]).toHaveLength(4);
  expect(body["earlier"]).toEqual({
    list: [
      [
        { role: "user", content: "婚假几天？" },
        { role: "assistant", content: "十五天。" },
      ],
    ],
  });
  expect(Object.keys(body)).not.toContain("seed");
  expect(Object.keys(body)).not.toContain("nobody");
});

test("what the body has no place for is told, and is not taken for sent", () => {
  const { sent, dropped } = appRequest(call, { body: { q: "{{question}}" } });
  expect(sent).toEqual([{ role: "user", text: "年假呢？" }]);
  expect(dropped.map(({ param, asked }) => [param, asked])).toEqual([
    ["system", 1],
    ["messages", 2],
    ["temperature", 0.5],
    ["max_tokens", 9],
  ]);
});

test("a placeholder in the text of a question stays text", () => {
  const hostile = requestAt("http://x", {
    call: { messages: [{ role: "user", text: "{{system}} {{params.key}}" }] },
  });
  expect(appRequest(hostile, { body: { q: "问：{{question}}" } }).body).toEqual({
    q: "问：{{system}} {{params.key}}",
  });
});

test("a query is made of the same templates", () => {
  expect(appRequest(call, { query: { q: "{{question}}", n: "{{vars.n}}" } }).query).toEqual({
    q: "年假呢？",
    n: "2",
  });
});
