import { z } from "zod";

import { Id } from "./id.ts";

export const Board = z.strictObject({
  schema: z.literal("board/1"),
  id: Id,
  title: z.string().min(1).optional(),
  members: z.array(z.strictObject({ suite: Id, weight: z.number().positive().default(1) })).min(1),
  limit: z
    .int()
    .positive()
    .optional()
    .describe(
      "items of each task at most, where the board is run by its name and no flag says otherwise",
    ),
  total: z
    .strictObject({ method: z.enum(["macro", "micro", "weighted"]) })
    .prefault({ method: "macro" }),
  reference: z.array(z.string()).default([]).describe("targets shown in place but not ranked"),
  tie: z.number().nonnegative().default(0).describe("points; closer scores share a rank"),
  decimals: z.int().min(0).max(6).default(2),
  min_coverage: z.number().min(0).max(1).default(0.98),
});
export type Board = z.infer<typeof Board>;
