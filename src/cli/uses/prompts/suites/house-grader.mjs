import { z } from "zod";

/** How many points of the gold a reply names. */
export const grader = {
  id: "points",
  version: "1",
  title: { zh: "要点", en: "points" },
  options: z.strictObject({ pass: z.number().min(0).max(1).default(1) }),
  check: ({ answer }) =>
    Array.isArray(answer) ? [] : [{ path: "answer", message: { zh: "应为列表", en: "expected a list" } }],
  grade: ({ gold, reply }, { pass }) => {
    const value = gold.answer.filter((point) => reply.includes(point)).length / gold.answer.length;
    const verdict = value >= pass ? "right" : value > 0 ? "partial" : "wrong";
    return { verdict, value: verdict === "right" ? 1 : value, extracted: null, why: "points" };
  },
};
