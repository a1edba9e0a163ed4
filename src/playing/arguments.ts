import type { z } from "zod";

import type { Members } from "../domain/json.ts";

/** One argument of a tool: what a model is told of it, and how what it sent is read. */
export type Argument<Value> = {
  readonly schema: Readonly<Record<string, z.core.util.JSONType>>;
  /** In Chinese, for the message to a model that sent something else. */
  readonly expected: string;
  /** The value, or undefined where what came is no such thing. */
  readonly read: (given: unknown) => Value | undefined;
  /** A call may do without it. */
  readonly isOptional?: boolean;
};

export type ArgumentShape = Readonly<Record<string, Argument<unknown>>>;

/** The values of all arguments of a shape; null for an optional one that was left out. */
export type Given<Shape extends ArgumentShape> = {
  readonly [Name in keyof Shape]: Shape[Name] extends Argument<infer Value> ? Value : never;
};

/** Text that says something, such as an id. */
export const textArgument = (description: string): Argument<string> => ({
  schema: { type: "string", description },
  expected: `${description}，字符串`,
  read: (given) => (typeof given === "string" && given.trim() !== "" ? given.trim() : undefined),
});

export const choiceArgument = <const Value extends string>(
  description: string,
  values: readonly Value[],
): Argument<Value> => ({
  schema: { type: "string", enum: [...values], description },
  expected: `${description}，只能是${values.map((each) => `“${each}”`).join("、")}之一`,
  read: (given) => values.find((each) => each === given),
});

/** An argument that only some calls need. */
export const optionalArgument = <Value>(argument: Argument<Value>): Argument<Value | null> => ({
  ...argument,
  isOptional: true,
});

/** A calendar day as `YYYY-MM-DD`. */
export const dateArgument = (description: string): Argument<string> => ({
  schema: { type: "string", description: `${description}，格式 YYYY-MM-DD` },
  expected: `${description}，格式 YYYY-MM-DD`,
  read: (given) => (typeof given === "string" && isDay(given) ? given : undefined),
});

/** A time of day as `HH:MM`. */
export const timeArgument = (description: string): Argument<string> => ({
  schema: { type: "string", description: `${description}，格式 HH:MM` },
  expected: `${description}，格式 HH:MM（24 小时制）`,
  read: (given) =>
    typeof given === "string" && /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(given) ? given : undefined,
});

/** A whole number of at least `low`. */
export const countArgument = (description: string, low: number): Argument<number> => ({
  schema: { type: "integer", minimum: low, description },
  expected: `${description}，不小于 ${low} 的整数`,
  read: (given) =>
    typeof given === "number" && Number.isSafeInteger(given) && given >= low ? given : undefined,
});

/** Yuan, to the fen. */
export const moneyArgument = (description: string): Argument<number> => ({
  schema: { type: "number", minimum: 0, description: `${description}（元）` },
  expected: `${description}，单位元，不小于 0 的数字，最多两位小数`,
  read: (given) =>
    typeof given === "number" &&
    Number.isFinite(given) &&
    given >= 0 &&
    Math.abs(given * 100 - Math.round(given * 100)) < 1e-6
      ? given
      : undefined,
});

/** The arguments of a call by its tool's shape, or what the model should change before it calls again. */
export function readArguments<Shape extends ArgumentShape>(
  tool: string,
  shape: Shape,
  given: Members,
):
  | { readonly ok: true; readonly given: Given<Shape> }
  | { readonly ok: false; readonly fault: string } {
  const values: Record<string, unknown> = {};
  for (const [name, { expected, read, isOptional = false }] of Object.entries(shape)) {
    const sent = Object.hasOwn(given, name) ? given[name] : undefined;
    if (sent === undefined || sent === null) {
      if (isOptional) {
        values[name] = null;
        continue;
      }
      return { ok: false, fault: `缺少参数 ${name}：${expected}。请补上后重新调用 ${tool}。` };
    }
    const value = read(sent);
    if (value === undefined)
      return {
        ok: false,
        fault: `参数 ${name} 不合要求：应为${expected}；收到的是 ${shown(sent)}。请改正后重新调用 ${tool}。`,
      };
    values[name] = value;
  }
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(shape, name));
  if (unknown !== undefined) {
    const known = Object.keys(shape).join("、");
    const takes = known === "" ? "不带参数" : `的参数有 ${known}`;
    return { ok: false, fault: `没有名为 ${unknown} 的参数；${tool} ${takes}。请去掉后重新调用。` };
  }
  // Every member was read by its own argument of the shape.
  return { ok: true, given: values as Given<Shape> };
}

const mostShown = 60;

function shown(sent: unknown): string {
  const text = JSON.stringify(sent);
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
