import type { Options } from "./suite.ts";
import type { z } from "zod";

/** Options as letter to text: a list gets the letters A, B, C … in order. */
export function letteredOptions(
  options: z.infer<typeof Options> | undefined,
): Readonly<Record<string, string>> | null {
  if (options === undefined) return null;
  const entries = Array.isArray(options)
    ? options.map((text, index) => [String.fromCodePoint(65 + index), String(text)] as const)
    : Object.entries(options).map(([letter, text]) => [letter, String(text)] as const);
  return Object.fromEntries(entries);
}
