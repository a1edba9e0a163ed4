import { expect, test } from "vitest";

import { madeAt, tenLevels } from "./testing/made.ts";

/** What of a question is its wording, and not its matter. */
const wordings: Readonly<Record<string, (question: string) => string>> = {
  glyph: (question) => question.replaceAll(/“.”|\d+|(?:\p{Script=Han}、)+\p{Script=Han}/gu, ""),
  program: (question) => question.split("```")[0] ?? "",
  punctuate: (question) => question.split("\n").toSpliced(1, 1).join("\n"),
  "verse-faults": (question) =>
    question
      .split("\n")
      .filter((line) => !/，.{5,7}。$|^第|^其/.test(line))
      .join("\n"),
  written: (question) => [question.split("\n")[0], question.split("\n").at(-1)].join("\n"),
};

test.each(Object.entries(wordings))("%s asks in at least twenty ways", async (id, wordingOf) => {
  const forms = new Set<string>();
  for (const level of tenLevels.slice(0, 5))
    for (const { question = "" } of await madeAt(id, level, level < 5 ? 24 : 10, 11))
      forms.add(wordingOf(question));
  expect(forms.size).toBeGreaterThanOrEqual(20);
});
