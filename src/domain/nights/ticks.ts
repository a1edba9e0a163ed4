import { z } from "zod";

import { formats } from "../formats.ts";
import { outcomes } from "../outcome.ts";
import { Amount, Count, Moment, record } from "../schema/readonly.ts";

/** One target at one tick of the probe around the clock: a few fixed items, asked once each, without a second attempt. */
export const TickLine = record({
  kind: z.literal("tick"),
  schema: z.literal(formats.nights),
  when: Moment,
  ref: z.string(),
  asked: Count,
  /** Calls that failed, and how; replies without words. */
  failures: z.partialRecord(z.enum(outcomes), Count).readonly(),
  empty: Count,
  /** Answers that were graded, and the sum of their values. */
  n: Count,
  sum: Amount,
  /** Medians in ms; null where nothing was answered. */
  first_token_ms: Amount.nullable(),
  total_ms: Amount.nullable(),
  cost: record({ CNY: Amount, USD: Amount, unknown: Count }),
});
export type TickLine = z.infer<typeof TickLine>;
