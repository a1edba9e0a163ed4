import { z } from "zod";

import { record } from "../schema/readonly.ts";

// Earlier versions kept counts that cannot be true, such as negative ones: `usageDoubt` marks them.
const tokens = z.number().nullable();

/** Tokens as counted by the vendor; null if the vendor did not report them. */
export const Usage = record({
  input: tokens,
  cached_input: tokens,
  cache_write: tokens,
  /** All output, reasoning included. */
  output: tokens,
  reasoning: tokens,
});
export type Usage = z.infer<typeof Usage>;

/** Why a vendor's token counts cannot be true, the gravest first. New ones are appended: files hold their names. */
export const usageDoubts = [
  "invalid",
  "zero",
  "reasoning",
  "few",
  "cached",
  "increments",
  "prompt",
] as const;
export type UsageDoubt = (typeof usageDoubts)[number];
