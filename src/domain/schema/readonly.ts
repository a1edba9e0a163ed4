import { z } from "zod";

import { expected } from "./expected.ts";

/** An object as a run file holds it. Other members are allowed: a later version of baimo may have added them. */
export const record = <Shape extends z.ZodRawShape>(
  shape: Shape,
): z.ZodReadonly<z.ZodObject<Shape>> => z.object(shape).readonly();

/** A list. */
export const list = <Element extends z.ZodType>(
  element: Element,
): z.ZodReadonly<z.ZodArray<Element>> => z.array(element).readonly();

/** Named values of one kind. */
export const byName = <Value extends z.ZodType>(
  value: Value,
): z.ZodReadonly<z.ZodRecord<z.ZodString, Value>> => z.record(z.string(), value).readonly();

/** Any JSON value, which has to be there: what is unknown is null. */
export const Present = z.unknown().refine((value): boolean => value !== undefined, {
  error: expected("一个值（可以是 null）", "a value, null included"),
});

/** A moment in UTC, such as 2026-01-31T20:16:00.000Z. */
export const Moment = z.iso.datetime();

/** Not negative. */
export const Amount = z.number().nonnegative();
export const Count = z.int().nonnegative();
