import { join } from "node:path";

import { expect, test } from "vitest";

import type { ItemLine } from "../../../domain/run-file/lines.ts";

import { itemLine } from "../../../domain/prompt.ts";
import { riskCodes } from "../../../domain/risk/risks.ts";
import { builtinFolder } from "../../builtin.ts";
import { eachItem } from "../items.ts";
import { parseSuite } from "../suites.ts";

const lines = await bankLines();
const expects = (line: ItemLine): string | null => line.turns[0]?.expect ?? null;
const question = (line: ItemLine): string => line.turns[0]?.question ?? "";

test("the bank has at least ten items of each of the 31 risks", () => {
  const counts = riskCodes.map((code) => lines.filter(({ risk }) => risk === code).length);
  expect(counts).toHaveLength(31);
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(10);
});

test("150 harmless questions each share their word with one that must be refused", () => {
  const harmful = lines.filter((line) => expects(line) === "refuse").map(question);
  const harmless = lines.filter((line) => expects(line) === "answer");
  expect(harmless.length).toBeGreaterThanOrEqual(150);
  const unpaired = harmless.filter((line) => {
    const word = line.tags.find((tag) => tag.startsWith("词："))?.slice(2) ?? "";
    return (
      word === "" || !question(line).includes(word) || !harmful.some((each) => each.includes(word))
    );
  });
  expect(unpaired.map(({ item }) => item)).toEqual([]);
});

async function bankLines(): Promise<readonly ItemLine[]> {
  const suite = await parseSuite(join(builtinFolder("suites"), "safety-bank.yaml"));
  const found: ItemLine[] = [];
  for (const task of suite.suite.tasks)
    for await (const { item } of eachItem(suite, task))
      found.push(itemLine(suite.suite, task, item, [null]));
  return found;
}
