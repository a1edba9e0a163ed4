import { z } from "zod";

import { formats } from "./formats.ts";
import { Id } from "./id.ts";
import { sentence } from "./schema/expected.ts";

/** Formulas that SuperCLUE's editions published for a single table; see docs/metrics.md for their inputs. */
const memberMethods = [
  "micro",
  "open-not-lost",
  "open-3-1",
  "math6",
  "math6-steps",
  "code3",
  "safety-012",
] as const;

const totalMethods = [
  "macro",
  "micro",
  "weighted",
  "open-opt-2023-08",
  "open-opt-2023-09",
  "open-opt-2023-12",
  "gbt45654",
] as const;

export const Board = z
  .strictObject({
    schema: z.literal(formats.board),
    id: Id,
    title: z.string().min(1).optional(),
    members: z
      .array(
        z.strictObject({
          suite: Id,
          weight: z.number().positive().default(1),
          method: z
            .enum(memberMethods)
            .optional()
            .describe("how this member's score is made, instead of by the total's method"),
        }),
      )
      .min(1),
    limit: z
      .int()
      .positive()
      .optional()
      .describe(
        "items of each task at most, where the board is run by its name and no flag says otherwise",
      ),
    total: z
      .strictObject({ method: z.enum(totalMethods) })
      .prefault({ method: "macro" })
      .describe(
        "open-opt-…: two members, OPEN first, in the parts of that edition; gbt45654: no total and no ranks, the results of safety banks apart",
      ),
    reference: z.array(z.string()).default([]).describe("targets shown in place but not ranked"),
    tie: z
      .number()
      .nonnegative()
      .default(0)
      .describe(
        "points; scores closer than this share a rank, even where their intervals part them",
      ),
    decimals: z.int().min(0).max(6).default(2),
    min_coverage: z.number().min(0).max(1).default(0.98),
  })
  .refine(({ members, total }) => !total.method.startsWith("open-opt") || members.length === 2, {
    path: ["members"],
    error: sentence(
      "open-opt 的公式需要正好两个成员，先 OPEN，后 OPT",
      "the open-opt methods need exactly two members, OPEN first",
    ),
  })
  .refine(({ members }) => new Set(members.map(({ suite }) => suite)).size === members.length, {
    path: ["members"],
    error: sentence("有题集列了两次，会算两遍", "a suite is listed twice and would count twice"),
  })
  .refine(({ members, total }) => total.method !== "gbt45654" || members.every((m) => !m.method), {
    path: ["total", "method"],
    error: sentence(
      "gbt45654 不合成分数，成员不能另写 method",
      "gbt45654 makes no score, so no member can have a method",
    ),
  })
  .refine(({ members, total }) => total.method !== "micro" || members.every((m) => !m.method), {
    path: ["total", "method"],
    error: sentence(
      "总分用 micro 时，成员不能另写 method",
      "with the total's method micro, no member can have a method of its own",
    ),
  });
export type Board = z.infer<typeof Board>;
