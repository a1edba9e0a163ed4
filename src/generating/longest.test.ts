import { expect, test } from "vitest";

import { gradeSample } from "../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../grading/graders.ts";
import { sampleOf } from "../grading/testing/sample.ts";
import { pluginIds } from "../plugins.ts";
import { loadGenerator } from "./generator.ts";
import { madeAt } from "./testing/made.ts";

const ladders: string[] = [];
for (const id of pluginIds("generators"))
  if ((await loadGenerator(id))?.levels?.length === 10) ladders.push(id);

/** Tokens that a reply may have in the suites; a Chinese character is one at most. */
const mostTokens = 8_192;

test.each(ladders)(
  "%s: who replies with the gold of level 10 is right, and needs few tokens for it",
  async (id) => {
    for (const item of await madeAt(id, 10, 3, 31)) {
      const use = item.grader?.use ?? (await loadGenerator(id))?.grader ?? "";
      const grader = await loadGrader(use);
      if (grader === null) throw new Error(use);
      const gold = item.witness ?? `答案：${String(item.answer)}`;
      const sample = sampleOf(gold, {
        question: item.question ?? "",
        answer: isOneOrMore(item.answer) ? item.answer : null,
        aliases: item.aliases ?? [],
        unit: item.unit ?? null,
        constraints: item.constraints ?? null,
      });
      const options = parseGraderOptions(grader, item.grader?.with ?? {});
      expect([gold, (await gradeSample(grader, options, sample)).verdict]).toEqual([gold, "right"]);
      expect(gold.length).toBeLessThan(mostTokens / 8);
    }
  },
);

type Made = Awaited<ReturnType<typeof madeAt>>[number];

/** Ladders have no answers of several parts by name. */
const isOneOrMore = (
  answer: Made["answer"],
): answer is string | number | boolean | (string | number | boolean)[] =>
  answer !== undefined && (typeof answer !== "object" || Array.isArray(answer));
