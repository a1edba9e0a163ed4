import { expect, test } from "vitest";

import { grader } from "../../graders/choice.ts";
import { gradeSample } from "../grade.ts";
import { parseGraderOptions } from "../graders.ts";
import { toldFirst } from "./choice-told-first.ts";
import { toldSecond } from "./choice-told-second.ts";
import { toldThird } from "./choice-told-third.ts";
import { sampleOf } from "./sample.ts";

const options = parseGraderOptions(grader, {});
const told = [...toldFirst, ...toldSecond, ...toldThird].flatMap(({ gold, rows }) =>
  rows.map(([reply, letters]) => ({ gold, reply, letters })),
);

test.each(told)("$reply is read as $letters or not at all", async ({ gold, reply, letters }) => {
  const { extracted, why } = await gradeSample(grader, options, sampleOf(reply, gold));
  expect([extracted === null ? letters : extracted, why]).toEqual([letters, why]);
});

test("four of these replies give an answer that is not found", async () => {
  const grades = await Promise.all(
    told.map(async ({ gold, reply, letters }) => {
      const { extracted } = await gradeSample(grader, options, sampleOf(reply, gold));
      return extracted === null && letters !== null;
    }),
  );
  expect([told.length, grades.filter((missed) => missed).length]).toEqual([200, 4]);
});
