import { expect, test } from "vitest";

import { generatedItems } from "../../../../src/generating/generator.ts";
import { generator } from "./my-generator.ts";

/** A second solver: it reads the question alone and counts box by box, so that it cannot share the maker's slip. */
function solve(question: string): number {
  const [first = 0, second = 0] = Array.from(question.matchAll(/\d+/g), ([digits]) =>
    Number(digits),
  );
  let boxes = first;
  for (let moved = 0; moved < second; moved += 1) boxes += question.includes("运来") ? 1 : -1;
  return boxes;
}

test("every gold is what the second solver finds", async () => {
  const { count, at } = generatedItems(generator, { n: 200, seed: 7, with: { most: 500 } });
  for (let row = 0; row < count; row += 1) {
    const { question = "", answer } = await at(row);
    expect([question, solve(question)]).toEqual([question, answer]);
  }
});
