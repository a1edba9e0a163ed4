import { z } from "zod";

import { formats } from "../formats.ts";
import { Price } from "../money.ts";

/**
 * A team's own prices: contracts, discounts and resource packages. They go over the price that a run or a provider's file
 * states; the first row that matches a target decides.
 */
export const Prices = z.strictObject({
  schema: z.literal(formats.prices),
  title: z.string().min(1).optional(),
  source: z.string().min(1).describe("the contract or offer, so that a figure can be traced"),
  read: z.iso.date().describe("day of the contract or offer"),
  rows: z
    .array(
      z.union([
        z.strictObject({
          target: z.string().min(1).describe("glob over provider/model"),
          price: Price,
        }),
        z.strictObject({
          target: z.string().min(1).describe("glob over provider/model"),
          discount: z
            .number()
            .positive()
            .max(1)
            .describe("share of the list price that is paid: 0.8 for 八折"),
        }),
        z.strictObject({
          target: z.string().min(1).describe("glob over provider/model"),
          package: z
            .strictObject({
              tokens: z.number().positive().describe("input and output together"),
              amount: z.number().nonnegative(),
              currency: z.enum(["CNY", "USD"]),
            })
            .describe("a resource package: its tokens all cost the same, if they are used up"),
        }),
      ]),
    )
    .min(1),
});
export type Prices = z.infer<typeof Prices>;
