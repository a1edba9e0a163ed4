import { z } from "zod";

/** The shapes in which vendors take batches; each is a file in src/calling/batch/. */
export const batchForms = ["openai", "mistral", "anthropic", "gemini"] as const;

/**
 * A vendor's batch interface: many requests handed in together, answered within hours and billed at a share of the
 * usual price.
 */
export const BatchOffer = z.strictObject({
  form: z.enum(batchForms),
  price: z
    .number()
    .positive()
    .max(1)
    .describe("share of the price rows that a request in a batch costs"),
  max_requests: z.int().positive().describe("requests in one batch"),
  max_mb: z.number().positive().describe("megabytes of requests in one batch"),
  source: z.string().min(1).describe("address or name of what was read"),
  read: z.iso.date().describe("day on which it was read"),
  second_hand: z.literal(true).optional(),
});
export type BatchOffer = z.infer<typeof BatchOffer>;
