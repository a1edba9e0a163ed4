import { expect, test } from "vitest";

import { isAnswerMap } from "../domain/suite.ts";
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
      const { answer = null } = item;
      if (answer !== null && isAnswerMap(answer)) throw new Error("an answer of several parts");
      const gold = item.witness ?? `答案：${String(answer)}`;
      const sample = sampleOf(gold, {
        question: item.question ?? "",
        answer,
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
