import { z } from "zod";

import { Fx } from "../config.ts";
import { formats } from "../formats.ts";
import { Currency } from "../money.ts";
import { expected, sentence } from "../schema/expected.ts";

const Quantity = z.number().nonnegative();

/** One number, or a low, a middle and a high one. */
const Levels = z
  .union([Quantity, z.tuple([Quantity, Quantity, Quantity])])
  .transform((value) =>
    typeof value === "number" ? ([value, value, value] as const) : ([...value] as const),
  )
  .refine(([low, middle, high]) => low <= middle && middle <= high, {
    error: expected("一个数，或从低到高三个数", "a number, or three from low to high"),
  });

const Hours = z
  .record(
    z.string().regex(/^([01]\d|2[0-4]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, {
      error: expected("时段（如 09:00-12:00）", "hours such as 09:00-12:00"),
    }),
    Quantity,
  )
  .refine((hours) => Object.values(hours).some((share) => share > 0), {
    error: sentence("至少一个时段的份额要大于 0", "the share of some hours has to be above 0"),
  });

const Length = z.strictObject({
  input: Levels.optional().describe("of one call; absent: the mean of the run"),
  output: Levels.optional().describe("of one call, thinking included; absent: the mean of the run"),
  unit: z
    .enum(["tokens", "characters"])
    .default("tokens")
    .describe("characters are turned into tokens by what each target's run measured"),
});

const named = { name: z.string().min(1).optional() };

const Reserved = z.strictObject({
  ...named,
  kind: z.literal("reserved").describe("throughput paid by the day, used or not"),
  targets: z.array(z.string().min(3)).min(1).describe("provider/model that it serves"),
  per_day: z.number().positive(),
  currency: Currency,
  input_tpm: z.number().positive().describe("tokens a minute that it takes"),
  output_tpm: z.number().positive(),
  source: z.string().min(1).optional(),
});

const SelfHosted = z.strictObject({
  ...named,
  kind: z.literal("self-hosted").describe("own or rented machines"),
  gpu_hour: z.number().positive().describe("price of one GPU for an hour"),
  gpus: z.int().positive().describe("GPUs of one server"),
  currency: Currency,
  calls_per_minute: z
    .number()
    .positive()
    .describe("what one server bears within the wanted latency: the knee of baimo load"),
  source: z.string().min(1).optional(),
});

/** The buyer's own traffic: how much, when, how long, and what else could serve it. */
export const Traffic = z.strictObject({
  schema: z.literal(formats.traffic),
  title: z.string().min(1).optional(),
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, {
      error: expected("月份（如 2026-12）", "a month such as 2026-12"),
    })
    .describe("the calendar month that is billed; tariffs follow its weekdays, Beijing time"),
  holidays: z.array(z.iso.date()).default([]).describe("days that count as a weekend"),
  calls: z.strictObject({
    weekday: Levels.describe("calls a day"),
    weekend: Levels.optional().describe("calls a day; absent: as on weekdays"),
  }),
  hours: Hours.optional().describe(
    "shares of a day's calls, in any unit; absent: even over 24 hours",
  ),
  length: Length.prefault({}),
  cached: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe("share of the input tokens that the vendor's cache holds"),
  batch: z.number().min(0).max(1).default(0).describe("share of the calls that can wait a day"),
  growth: z
    .strictObject({ per_month: z.number().gt(-1), months: z.int().min(1).max(60) })
    .optional()
    .describe("calls grow by this share each month"),
  fx: Fx.optional(),
  options: z.array(z.discriminatedUnion("kind", [Reserved, SelfHosted])).default([]),
  person: z
    .strictObject({
      per_day: z.tuple([Quantity, Quantity]).describe("what a person costs a day, from and to"),
      currency: Currency.default("CNY"),
      calls_per_day: z
        .number()
        .positive()
        .describe("calls' worth of work that a person does a day"),
    })
    .optional(),
});
export type Traffic = z.infer<typeof Traffic>;
export type Reserved = z.infer<typeof Reserved>;
export type SelfHosted = z.infer<typeof SelfHosted>;
