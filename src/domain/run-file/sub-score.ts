import { z } from "zod";

import { Ballot } from "../judging.ts";
import { list, record } from "../schema/readonly.ts";

const partVerdicts = ["right", "wrong", "partial", "unresolved", "ungraded"] as const;

/** What one of several checks of a reply, or one field of it, scored. */
export const SubScore = record({
  name: z.string(),
  /** The grader that decided; null where values are compared as JSON. */
  use: z.string().nullable(),
  verdict: z.enum(partVerdicts),
  /** In [0, 1]; 0 for unresolved, null for ungraded. */
  value: z.number().min(0).max(1).nullable(),
  /** Its weight in the mean; one of weight 0 is shown and does not count. */
  weight: z.number().nonnegative(),
  extracted: z.string().nullable(),
  why: z.string(),
  ballots: list(Ballot).exactOptional(),
});
export type SubScore = z.infer<typeof SubScore>;

/** The labels read from a reply, in the spelling of the suite; those that the suite does not know stand apart. */
export const LabelsSaid = record({ known: list(z.string()), unknown: list(z.string()) });
export type LabelsSaid = z.infer<typeof LabelsSaid>;
