import { expect, test } from "vitest";

import { simulatedModels } from "../models.ts";
import { hashOf, normalCdf, randomOf } from "../random.ts";
import { tokensOf } from "../tokens.ts";
import { paceOf } from "./pace.ts";

const answer = { reasoning: "先想一想，再回答。", text: "答案：𠮷野家在东边，🍎在西边。" };
const [model] = simulatedModels;
const runs = Array.from({ length: 3000 }, (_, n) =>
  paceOf(answer, model.pace, randomOf("pace", n)),
);

test("chunks add up to the text, reasoning first, characters whole, times in order", () => {
  for (const { deltas, headers_ms, end_ms } of runs.slice(0, 300)) {
    const join = (part: string) =>
      deltas
        .filter((delta) => delta.part === part)
        .map(({ text }) => text)
        .join("");
    expect(join("reasoning")).toBe(answer.reasoning);
    expect(join("text")).toBe(answer.text);
    expect(deltas.every(({ text }) => text.isWellFormed() && text !== "")).toBe(true);
    const times = [headers_ms, ...deltas.map(({ at_ms }) => at_ms), end_ms];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
});

test("the time to the first token has the model's median and a tail", () => {
  const first = runs.map(({ deltas }) => deltas[0]?.at_ms ?? 0).toSorted((a, b) => a - b);
  const median = first[1500] ?? 0;
  expect(Math.abs(median / model.pace.ttft.median_ms - 1)).toBeLessThan(0.06);
  expect((first[2970] ?? 0) / median).toBeGreaterThan(2.5);
});

test("an answer without text ends at the time of its first token", () => {
  const { deltas, end_ms } = paceOf({ reasoning: "", text: "" }, model.pace, randomOf(1));
  expect(deltas).toEqual([]);
  expect(end_ms).toBeGreaterThan(0);
});

test("random streams depend on every part of their seed and on nothing else", () => {
  const take = (...parts: readonly (string | number)[]) => {
    const { next } = randomOf(...parts);
    return [next(), next(), next()];
  };
  expect(take(7, "a")).toEqual(take(7, "a"));
  const seeds = [take(7, "a"), take(8, "a"), take(7, "b"), take(7, "a", ""), take("7a")];
  expect(new Set(seeds.map(String)).size).toBe(seeds.length);
});

test("hashes of a hundred thousand similar texts differ", () => {
  const hashes = new Set(Array.from({ length: 100_000 }, (_, n) => hashOf(`第 ${n} 题`)));
  expect(hashes.size).toBe(100_000);
});

test.each([
  [0, 0.5],
  [1, 0.8413447],
  [-1.96, 0.0249979],
  [3, 0.9986501],
])("the normal distribution at %d is %d", (z, p) => {
  expect(normalCdf(z)).toBeCloseTo(p, 6);
});

test.each([
  ["", 0],
  ["你好", 2],
  ["春眠不觉晓，处处闻啼鸟。", 8],
  ["hello world", 3],
  ["12345", 3],
])("tokens of %j are %d", (text, tokens) => {
  expect(tokensOf(text)).toBe(tokens);
});
