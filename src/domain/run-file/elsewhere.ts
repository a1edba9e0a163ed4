import { z } from "zod";

import { list, Moment, record } from "../schema/readonly.ts";

const text = z.string();

/** Where the answers of a target come from that baimo did not ask for. */
export const Origin = record({
  /** `web` for answers that people copied from a page, `log` for a gateway's log, else the format that was read. */
  from: text,
  /** The tool's own version; null where its file does not say. */
  version: text.nullable(),
  /** The file or folder that was read, by its name alone. */
  file: text,
  /** Everybody who brought answers; empty where nobody is named. */
  who: list(text),
  /** When the first and the last answer were given; null where the file does not say. */
  first: Moment.nullable(),
  last: Moment.nullable(),
});
export type Origin = z.infer<typeof Origin>;

/** Who brought an answer and when it was given; null where nobody says. */
export const Collected = record({ who: text.nullable(), when: Moment.nullable() });
export type Collected = z.infer<typeof Collected>;

/** What another tool made of an answer. */
export const GradedElsewhere = record({
  /** Its name for what graded: a metric, a scorer, the kinds of its assertions. */
  by: text,
  /** In [0, 1]; null where it gave no figure of this kind. */
  value: z.number().min(0).max(1).nullable(),
  /** What it read out of the reply; null where it does not say. */
  extracted: text.nullable(),
  why: text.nullable(),
});
export type GradedElsewhere = z.infer<typeof GradedElsewhere>;
