import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { departure, schemaProblem } from "../grading/json/schema.ts";

const Options = z.strictObject({
  schema: z
    .union([z.boolean(), z.record(z.string(), z.json())])
    .default(true)
    .describe("JSON Schema (draft-07)"),
  fence: z
    .enum(["refused", "allowed", "required"])
    .default("refused")
    .describe("a code block around it"),
  keys: z
    .array(z.string().min(1))
    .optional()
    .describe("the object's keys, these alone and in this order"),
});

/** The whole text is JSON that fits a schema. */
export const constraint = defineConstraint({
  id: "json",
  version: "1",
  title: { zh: "JSON", en: "JSON" },
  options: Options,
  check: ({ schema }) => schemaProblem(schema),
  describe: ({ keys }, lang) => {
    const named =
      keys === undefined
        ? ""
        : lang === "zh"
          ? `，键依次为 ${keys.join("、")}`
          : ` with the keys ${keys.join(", ")}`;
    return lang === "zh" ? `合乎规定的 JSON${named}` : `JSON that fits the schema${named}`;
  },
  test: (text, { schema, fence, keys }) => {
    const inner = fenced(text);
    if (inner !== undefined && fence === "refused")
      return broken("写在代码块里", "stands in a code block");
    if (inner === undefined && fence === "required")
      return broken("没有写在代码块里", "stands in no code block");
    const read = parsed(inner ?? text);
    if (!read.ok) return broken(`不是合法的 JSON：${read.reason}`, `no valid JSON: ${read.reason}`);
    const order = keys === undefined ? null : keyFault(read.value, keys);
    if (order !== null) return order;
    const departs = departure(read.value, schema);
    return departs === null
      ? kept("合乎规定", "fits the schema")
      : broken(`不合规定：${departs}`, `does not fit the schema: ${departs}`);
  },
});

/** The text in a code block that is all there is; undefined where there is none. */
function fenced(text: string): string | undefined {
  const lines = text.split("\n");
  const isFenced =
    lines.length > 2 && /^```[^`]*$/.test(lines[0] ?? "") && lines.at(-1)?.trim() === "```";
  return isFenced ? lines.slice(1, -1).join("\n") : undefined;
}

function parsed(text: string): { ok: true; value: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

function keyFault(value: unknown, keys: readonly string[]) {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const found = isObject ? Object.keys(value) : [];
  if (found.length === keys.length && found.every((key, at) => key === keys[at])) return null;
  return broken(
    `键是 ${found.join("、") || "（无）"}，要求依次为 ${keys.join("、")}`,
    `the keys are ${found.join(", ") || "none"}, asked for ${keys.join(", ")} in this order`,
  );
}
