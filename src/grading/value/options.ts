import { z } from "zod";

import { readerOption } from "../reader/reader.ts";

export const valueTypeNames = [
  "base-n",
  "character",
  "date",
  "formula",
  "half",
  "identifier",
  "json",
  "list",
  "person",
  "span",
  "time",
  "weekday",
  "yes-no",
] as const;
export type ValueTypeName = (typeof valueTypeNames)[number];

/** The options of the grader `value`; each of the others belongs to some types only. */
export const ValueOptions = z.strictObject({
  type: z.enum(valueTypeNames).describe("what kind of value the gold is"),
  from: z
    .enum(["answer", "reply"])
    .default("answer")
    .describe("answer: where the reply states it; reply: the whole reply is the value"),
  clock: z
    .union([z.literal(12), z.literal(24)])
    .optional()
    .describe("time, span: 12 takes 两点 for 02:00 and 14:00 alike; 24 unless told"),
  calendar: z
    .enum(["solar", "lunar"])
    .optional()
    .describe("date, span: which calendar is asked; solar unless told"),
  base: z.int().min(2).max(36).optional().describe("base-n: the base; 2 unless told"),
  of: z
    .enum(["time", "date", "weekday", "number"])
    .optional()
    .describe("span: what its ends are; times unless told"),
  order: z
    .enum(["kept", "free"])
    .optional()
    .describe("list: whether the order counts (kept unless told); json: that of the keys (free)"),
  script: z
    .enum(["either", "as written"])
    .optional()
    .describe("character: whether 龍 is as right as 龙 (either unless told)"),
  yes: z.array(z.string().min(1)).optional().describe("yes-no: further words for yes"),
  no: z.array(z.string().min(1)).optional().describe("yes-no: further words for no"),
  ...readerOption,
});
export type ValueOptions = z.infer<typeof ValueOptions>;

type OwnOption = Exclude<keyof ValueOptions, "type" | "from" | "reader">;

const owners: Readonly<Record<OwnOption, readonly ValueTypeName[]>> = {
  clock: ["time", "span"],
  calendar: ["date", "span"],
  base: ["base-n"],
  of: ["span"],
  order: ["list", "json"],
  script: ["character"],
  yes: ["yes-no"],
  no: ["yes-no"],
};

/** Options that were given and that the type does not have. */
export const strayOptions = (options: ValueOptions): readonly string[] =>
  Object.entries(owners).flatMap(([name, types]) =>
    options[name as OwnOption] === undefined || types.includes(options.type) ? [] : [name],
  );
