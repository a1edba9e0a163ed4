import { z } from "zod";

import { expected } from "../../domain/schema/expected.ts";
import { languages, type BoxLimits, type CodeLanguage } from "./box/messages.ts";

/** A language of the box, or the name of a runner in the config. */
export type AnyLanguage = string;

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };
const unitBytes: Readonly<Record<string, number>> = { KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };

const timeError = expected("时长（如 5s，至多 60s）", "a duration such as 5s, at most 60s");
const Time = z
  .string()
  .regex(/^\d+(?:\.\d+)?(?:ms|s|m)$/, { error: timeError })
  .refine((text) => amountOf(text, unitMs) <= 60_000, { error: timeError })
  .describe("of the processor, such as 5s");
const memoryError = expected(
  "内存大小（如 256MB，48MB 至 1GB）",
  "a size of memory such as 256MB, 48MB to 1GB",
);
const Memory = z
  .string()
  .regex(/^\d+(?:\.\d+)?(?:KB|MB|GB)$/, { error: memoryError })
  .refine(
    (text) => {
      const bytes = amountOf(text, unitBytes);
      return bytes >= 48 * 2 ** 20 && bytes <= 2 ** 30;
    },
    { error: memoryError },
  )
  .describe("such as 256MB; Python itself takes 30 MB");

export const CodeOptions = z.strictObject({
  language: z.string().min(1).describe("python, javascript, sql, or a runner of the config"),
  time: Time.default("5s"),
  memory: Memory.default("256MB"),
  score: z.enum(["all", "share"]).default("all").describe("all tests or nothing, or their share"),
});
export type CodeOptions = z.infer<typeof CodeOptions>;

export const isBoxed = (language: AnyLanguage): language is CodeLanguage =>
  languages.some((each) => each === language);

/** Of what a program prints, writes and gives as one value. */
const outputBytes = 2 ** 20;

export const limitsOf = ({ time, memory }: CodeOptions): BoxLimits => ({
  time_ms: amountOf(time, unitMs),
  memory_bytes: amountOf(memory, unitBytes),
  output_bytes: outputBytes,
});

function amountOf(text: string, units: Readonly<Record<string, number>>): number {
  const unit = text.replace(/^[\d.]+/, "");
  return Number.parseFloat(text) * (units[unit] ?? Number.NaN);
}
