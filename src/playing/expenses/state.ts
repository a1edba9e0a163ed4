import { z } from "zod";

import { backendShape } from "../backend.ts";

export const ExpensesOptions = z.strictObject({
  level: z
    .int()
    .min(1)
    .max(4)
    .default(1)
    .describe(
      "1: a few receipts; 2: limits too; 3: invalid receipts and approval too; 4: more of all, and calls that fail once",
    ),
  user: z
    .boolean()
    .default(false)
    .describe("the employee has to be asked for the project's number and must agree to the total"),
});

export const expenseKinds = ["住宿", "餐饮", "交通", "会务"] as const;

const Receipt = z.strictObject({
  id: z.string(),
  category: z.enum(expenseKinds),
  city: z.string(),
  amount: z.number(),
  date: z.string(),
  /** The invoice's title; only the company's own may be claimed. */
  buyer: z.string(),
  opened: z.boolean(),
});
export type Receipt = z.infer<typeof Receipt>;

export const ExpensesState = z.strictObject({
  ...backendShape,
  employee: z.string(),
  company: z.string(),
  /** Minutes after nine in the morning. */
  clock: z.int(),
  listed: z.boolean(),
  /** Limits that were asked for. */
  asked: z.array(z.string()),
  receipts: z.array(Receipt),
  /** The most that one receipt of a category may bring, by city. */
  limits: z.record(z.string(), z.number()),
  approval_above: z.number(),
  claim: z.nullable(
    z.strictObject({
      id: z.string(),
      lines: z.record(z.string(), z.number()),
      rejected: z.record(z.string(), z.string()),
      approval: z.enum(["none", "requested"]),
      submitted: z.boolean(),
    }),
  ),
  /** Whom the model talks with; absent where it talks with nobody. */
  user: z
    .strictObject({
      project: z.string(),
      /** The employee has named the project. */
      told: z.boolean(),
      /** The total that the employee has agreed to. */
      agreed: z.number().nullable(),
      /** How often nothing could be said to the model's words. */
      puzzled: z.int(),
    })
    .optional(),
});
export type ExpensesState = z.infer<typeof ExpensesState>;
export type ExpenseClaim = NonNullable<ExpensesState["claim"]>;

/** Categories that have a limit. */
export const limited: ReadonlySet<string> = new Set(["住宿", "餐饮"]);

/** What a claim comes to in yuan. */
export const totalOf = ({ lines }: ExpenseClaim): number =>
  Object.values(lines).reduce((sum, amount) => sum + amount, 0);

/** What may be claimed for a receipt in yuan; 0 where it must be rejected. */
export function due(
  { buyer, category, city, amount }: Receipt,
  limits: ExpensesState["limits"],
  company: string,
): number {
  if (buyer !== company) return 0;
  return limited.has(category) ? Math.min(amount, limits[`${category}/${city}`] ?? amount) : amount;
}
