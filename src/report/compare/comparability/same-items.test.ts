import { expect, test } from "vitest";

import type { ItemLine } from "../../../domain/run-file/lines.ts";
import type { Side } from "../pairing.ts";

import { answerLine, itemLine, runLine, targetEntry } from "../../testing/lines.ts";
import { createView, step } from "../../view/view.ts";
import { haveSameItems } from "./same-items.ts";

const items = ["s/t/1", "s/t/2", "s/u/1"];

function sideOf(lines: readonly ItemLine[]): Side {
  const target = targetEntry("qwen/a");
  const view = createView();
  step(view, runLine([target]));
  for (const line of lines) step(view, line);
  for (const { item } of lines) step(view, answerLine({ item, target: target.ref }));
  const [only] = view.targets;
  if (only === undefined) throw new Error("no target");
  return { view, target: only };
}

const asWritten = items.map((item) => itemLine(item));
const edited = (edit: Partial<ItemLine>) =>
  items.map((item, index) => itemLine(item, index === 1 ? edit : {}));

test.each<[string, boolean, readonly ItemLine[]]>([
  ["the same text", true, asWritten],
  ["the items in another order", true, asWritten.toReversed()],
  ["an item more", false, [...asWritten, itemLine("s/t/3")]],
  ["an item less", false, asWritten.slice(1)],
  ["another id", false, [...asWritten.slice(1), itemLine("s/t/3")]],
  ["another gold", false, edited({ gold_digest: "another" })],
  ["another weight", false, edited({ weight: 2 })],
  ["another dimension", false, items.map((item) => itemLine(item, { dimension: ["数学"] }))],
  ["another weight of the task", false, items.map((item) => itemLine(item, { task_weight: 3 }))],
  ["a passage of two items", false, edited({ cluster: "一" })],
  ["a red line", false, edited({ severity: "红线" })],
  ["another level", false, edited({ difficulty: "hard" })],
])("%s: the same items %s", (_name, expected, lines) => {
  expect(haveSameItems(sideOf(asWritten), sideOf(lines), "s")).toBe(expected);
  expect(haveSameItems(sideOf(lines), sideOf(asWritten), "s")).toBe(expected);
});

test("a suite without items here is not known to be the same", () => {
  expect(haveSameItems(sideOf([]), sideOf([]), "s")).toBe(false);
});
