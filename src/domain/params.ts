import { z } from "zod";

import { expected } from "./schema/expected.ts";
import { Present, record } from "./schema/readonly.ts";

/** A level of thinking by the vendor's own word: on, off, none, minimal, low, medium, high, xhigh, max, adaptive or another. */
export const ThinkingWord = z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/, {
  error: expected(
    "思考档位的小写英文名（如 off、low、high、max），或正整数（token 预算）",
    "a level's name in lower case, such as off, low, high or max, or a whole number of tokens",
  ),
});

/** How much a model may think: a switch, an effort, or a budget in tokens. */
export const Thinking = z.union([ThinkingWord, z.int().positive()]);
export type Thinking = z.infer<typeof Thinking>;

/** Sampling and length settings requested by a suite or a target. What a vendor refuses is recorded as dropped. */
export const Params = z.strictObject({
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  max_tokens: z.int().positive().optional().describe("bound of the answer, without reasoning"),
  seed: z.int().nonnegative().optional(),
  stop: z.array(z.string().min(1)).min(1).max(16).optional(),
  presence_penalty: z.number().min(-2).max(2).optional(),
  frequency_penalty: z.number().min(-2).max(2).optional(),
  thinking: Thinking.optional(),
  thinking_budget: z.int().positive().optional().describe("tokens, where a vendor takes a budget"),
});
export type Params = z.infer<typeof Params>;

/** A requested param that could not be sent, with the value that applies instead (null: the vendor's default). */
export const Dropped = record({
  param: z.string(),
  asked: Present,
  effective: Present,
  reason: z.string(),
});
export type Dropped = z.infer<typeof Dropped>;
