import { z } from "zod";

import { backendShape } from "../backend.ts";

export const returnReasons = ["无理由", "质量问题"] as const;
export const refusalReasons = [
  "非本人订单",
  "超过期限",
  "不支持无理由",
  "无货",
  "已发货",
  "数量不符",
] as const;

const Line = z.strictObject({
  sku: z.string(),
  price: z.number(),
  quantity: z.int(),
  /** How many of them were sent; the rest is still to come. */
  shipped: z.int(),
});
export type OrderLine = z.infer<typeof Line>;

const Order = z.strictObject({
  id: z.string(),
  phone: z.string(),
  ordered: z.string(),
  signed: z.string(),
  /** Where it was sent from. */
  warehouse: z.string(),
  lines: z.array(Line),
});
export type ShopOrder = z.infer<typeof Order>;

const Product = z.strictObject({
  sku: z.string(),
  name: z.string(),
  spec: z.string(),
  category: z.string(),
});
export type Product = z.infer<typeof Product>;

/** What a category allows: days after the day of receipt, and what a return without reason costs in percent. */
const CategoryRule = z.strictObject({
  category: z.string(),
  no_reason_days: z.nullable(z.int()),
  quality_days: z.int(),
  restocking_percent: z.int(),
});
export type CategoryRule = z.infer<typeof CategoryRule>;

const Stock = z.strictObject({ sku: z.string(), warehouse: z.string(), quantity: z.int() });

const Request = z.strictObject({
  order: z.string(),
  sku: z.string(),
  want: z.enum(["return", "exchange", "reship", "cancel"]),
  quantity: z.int(),
  reason: z.enum(returnReasons),
  /** What it is to be exchanged for. */
  to: z.nullable(z.string()),
});
export type ReturnRequest = z.infer<typeof Request>;

const place = { order: z.string(), sku: z.string() };
const Done = z.discriminatedUnion("do", [
  z.strictObject({
    ...place,
    do: z.literal("return"),
    quantity: z.int(),
    reason: z.enum(returnReasons),
    refund: z.number(),
  }),
  z.strictObject({
    ...place,
    do: z.literal("exchange"),
    quantity: z.int(),
    to: z.string(),
    warehouse: z.string(),
  }),
  z.strictObject({
    ...place,
    do: z.literal("reship"),
    quantity: z.int(),
    warehouse: z.string(),
  }),
  z.strictObject({ ...place, do: z.literal("cancel"), quantity: z.int(), refund: z.number() }),
  z.strictObject({ ...place, do: z.literal("decline"), reason: z.enum(refusalReasons) }),
]);
export type ReturnDone = z.infer<typeof Done>;

/** Facts never change while an agent plays; what it has done and seen stands beside them. */
export const ReturnsState = z.strictObject({
  ...backendShape,
  date: z.string(),
  name: z.string(),
  phone: z.string(),
  isMember: z.boolean(),
  /** By how many days a member may return later without reason. */
  member_days: z.int(),
  approval_above: z.number(),
  orders: z.array(Order),
  products: z.array(Product),
  rules: z.array(CategoryRule),
  stock: z.array(Stock),
  requests: z.array(Request),
  listed: z.boolean(),
  opened: z.array(z.string()),
  /** Categories whose rules were read. */
  read: z.array(z.string()),
  /** Names of products that were searched, and what was looked up in the warehouses. */
  searched: z.array(z.string()),
  counted: z.array(z.string()),
  approvals: z.array(z.strictObject({ ...place, amount: z.number() })),
  done: z.array(Done),
  closed: z.boolean(),
});
export type ReturnsState = z.infer<typeof ReturnsState>;
