import { z } from "zod";

import type { Gold, GoldProblem, GraderPart } from "../domain/grader.ts";

import { defineGrader, Scalar } from "../domain/grader.ts";
import { sentence } from "../domain/schema/expected.ts";
import { GraderRef } from "../domain/suite.ts";
import { combineParts } from "../grading/parts/combine.ts";
import { gradePart } from "../grading/parts/grade-part.ts";
import { goldWith } from "../grading/parts/part-gold.ts";

const Check = z.strictObject({
  name: z.string().min(1).describe("what reports call it"),
  weight: z.number().nonnegative().default(1).describe("0: shown, and counts nowhere"),
  ...GraderRef.shape,
  answer: z
    .union([Scalar, z.array(Scalar), z.record(z.string().min(1), z.json())])
    .optional()
    .describe("the check's own answer, for every item that gives none by its name"),
});
type Check = z.infer<typeof Check>;

const Options = z
  .strictObject({
    checks: z.array(Check).min(1).describe("what is checked, each by a grader"),
    pass: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe(
        "the weighted mean from which a reply is right, and below it wrong; absent: the mean itself is the value",
      ),
  })
  .check(({ value: { checks }, issues }) => {
    const names = checks.map(({ name }) => name);
    for (const [index, { use, name }] of checks.entries()) {
      const where = { code: "custom", input: checks } as const;
      if (use === "all") issues.push({ ...where, path: ["checks", index, "use"], message: nested });
      if (names.indexOf(name) < index)
        issues.push({ ...where, path: ["checks", index, "name"], message: twice });
    }
    if (checks.length > 0 && checks.every(({ weight }) => weight === 0))
      issues.push({ code: "custom", input: checks, path: ["checks"], message: weightless });
  });
type Options = z.infer<typeof Options>;

const nested = sentence(
  "all 里面不能再用 all；请把里面的检查直接列进 checks",
  "all cannot be used inside of all; list the inner checks in checks itself",
);
const twice = sentence(
  "两项检查同名；分项得分按名字记录，请换一个名字",
  "two checks have one name; sub-scores are recorded by name, so take another one",
);
const weightless = sentence(
  "每项检查的 weight 都是 0，没有一项计分；至少有一项要大于 0",
  "every check has the weight 0, so none counts; give one of them more",
);

/** Several checks of one reply, each by a grader of its own; the sub-scores stand by name in the score line. */
export const grader = defineGrader({
  id: "all",
  version: "1",
  title: { zh: "多项检查", en: "several checks" },
  options: Options,
  reads: [],
  takesMap: true,
  isApart: true,
  // One of the checks may; those that do not leave a reply without words unresolved themselves.
  readsCalls: true,
  parts: ({ checks }): readonly GraderPart[] =>
    checks.map((check, index) => ({
      path: `checks[${index}]`,
      ref: refOf(check),
      name: check.name,
      gold: (gold) => goldOf(check, checks, gold),
    })),
  check,
  grade: async (sample, { checks, pass }, context) => {
    const parts = await Promise.all(
      checks.map((check) =>
        gradePart(
          { name: check.name, weight: check.weight, ref: refOf(check) },
          { ...sample, gold: goldOf(check, checks, sample.gold) },
          context,
        ),
      ),
    );
    return combineParts(parts, pass);
  },
});

const refOf = ({ use, with: given }: Check): GraderRef => ({
  use,
  ...(given === undefined ? {} : { with: given }),
});

/** Whether an item's answer is a map from checks to their answers; one that is for a check as a whole has none of their names. */
const isByName = ({ answer_map: map = {} }: Gold, checks: readonly Check[]): boolean =>
  checks.some(({ name }) => Object.hasOwn(map, name));

/** The gold of one check: the item's answer by its name, else its own, else the item's answer as a whole. */
function goldOf(check: Check, checks: readonly Check[], gold: Gold): Gold {
  const byName = isByName(gold, checks) ? gold.answer_map : undefined;
  if (byName !== undefined && Object.hasOwn(byName, check.name))
    return goldWith(gold, byName[check.name]);
  if (check.answer !== undefined) return goldWith(gold, check.answer);
  return byName === undefined ? gold : goldWith(gold, null);
}

/** Where the answer is a map by name, a key that is no check's name is most likely misspelt. */
function check(gold: Gold, { checks }: Options): readonly GoldProblem[] {
  if (!isByName(gold, checks)) return [];
  const names: ReadonlySet<string> = new Set(checks.map(({ name }) => name));
  return Object.keys(gold.answer_map ?? {})
    .filter((key) => !names.has(key))
    .map((key) => ({
      path: `answer.${key}`,
      message: {
        zh: `没有名为 ${key} 的检查；有 ${[...names].join("、")}`,
        en: `there is no check ${key}; there are ${[...names].join(", ")}`,
      },
    }));
}
