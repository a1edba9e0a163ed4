import { expect, test } from "vitest";

import type { QuestionKind } from "./typing/kinds.ts";

import { createPreview } from "./preview.ts";

const kinds: readonly QuestionKind[] = [
  "single",
  "multiple",
  "judgement",
  "blank",
  "number",
  "open",
];

test("of every type and grader one prompt is shown, however many there are", () => {
  const preview = createPreview();
  for (const kind of kinds) {
    for (const row of [1, 2]) {
      const task = { id: kind, dimension: ["自建"], grader: { use: "exact" } };
      const item = { id: `${kind}${row}`, question: `第 ${row} 道 ${kind}`, answer: "甲" };
      preview.item({ task, item, kind }, `${kind} ${row}`);
    }
  }
  expect(preview.found().samples.map(({ place }) => place)).toEqual(
    kinds.map((kind) => `${kind} 1`),
  );
});
