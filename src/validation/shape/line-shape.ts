import type { z } from "zod";

import { decodedText } from "./decoded-text.ts";
import { literalPattern } from "./patterns.ts";
import { type Program, partFor, type WantedMembers } from "./shape-parts.ts";

/** Lines of JSON that differ from an example in texts, numbers, booleans and words alone, so that a pattern tells them. */
export type LineShape = {
  /** Sticky, over the UTF-8 of lines read as Latin-1; matches a line with its end. */
  readonly pattern: RegExp;
  /** The wanted members of the line that was matched; undefined where a rule between members refuses it. */
  readonly build: (match: RegExpExecArray) => unknown;
};

/**
 * The shape of a line that fits the schema, or null where it has none, as with members that the schema does not know. Every line
 * that it takes is valid JSON that fits the schema and has no key twice, provided that its bytes are UTF-8: what varies is
 * held to what the schema says of it, what the pattern cannot say is as in the example, and rules of code are asked. It
 * does not take every line that fits.
 */
export function lineShape(
  schema: z.core.$ZodType,
  example: string,
  wanted: WantedMembers,
): LineShape | null {
  const value: unknown = JSON.parse(example);
  // Blanks, and keys that stand twice, are not in a value.
  if (JSON.stringify(value) !== example) return null;
  const program: Program = { captures: 0, texts: 0, values: [], statements: [] };
  const part = partFor(program, schema, value, wanted);
  if (part === null) return null;
  const source = `"use strict";
const raws = new Array(${program.texts}).fill(null), texts = new Array(${program.texts}).fill("");
function text(at, raw) {
  if (raws[at] === raw) return texts[at];
  raws[at] = raw;
  return (texts[at] = decoded(raw));
}
return (m) => {
${program.statements.join("\n")}
return ${part.build};
};`;
  // The text is made of names that stand in the example, each as JSON, and of numbers.
  // oxlint-disable-next-line typescript/no-implied-eval, no-new-func
  const make = new Function("values", "decoded", source) as (
    values: readonly unknown[],
    decoded: (raw: string) => string,
  ) => LineShape["build"];
  return {
    pattern: new RegExp(`${part.pattern}${literalPattern("\n")}`, "y"),
    build: make(program.values, decodedText),
  };
}
