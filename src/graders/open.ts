import { z } from "zod";

import { defineGrader } from "../domain/grader.ts";

/** Collects replies that only a person or a judge can grade: every reply is ungraded, and shown as such. */
export const grader = defineGrader({
  id: "open",
  version: "1",
  title: { zh: "只收集回答", en: "collected, not graded" },
  options: z.strictObject({}),
  reads: ["answer", "answers", "reference", "rubric"],
  check: () => [],
  grade: () => ({ verdict: "ungraded", value: null, extracted: null, why: "open question" }),
});
