import { z } from "zod";

import type { Gold, GoldProblem, Grade, GradeContext, GraderPart } from "../domain/grader.ts";
import type { GradedPart } from "../grading/parts/combine.ts";

import { defineGrader } from "../domain/grader.ts";
import { isObject } from "../domain/json.ts";
import { GraderRef } from "../domain/suite.ts";
import { jsonIn } from "../grading/json/objects.ts";
import { canonicalJson } from "../grading/json/same.ts";
import { departure, schemaProblem } from "../grading/json/schema.ts";
import { combineParts } from "../grading/parts/combine.ts";
import { gradePart, partOf } from "../grading/parts/grade-part.ts";
import { goldWith } from "../grading/parts/part-gold.ts";

const Options = z.strictObject({
  schema: z
    .union([z.boolean(), z.record(z.string(), z.json())])
    .optional()
    .describe("JSON Schema (draft-07) that the whole has to fit"),
  fields: z
    .record(z.string().min(1), z.union([GraderRef.shape.use, GraderRef]))
    .default({})
    .describe("by field, the grader that compares it; the others are compared as JSON"),
  pass: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe(
      "the share of fields from which a reply is right, and below it wrong; absent: the share is the value",
    ),
});
type Options = z.infer<typeof Options>;

/** JSON by its fields: the value is the share of those that are right. */
export const grader = defineGrader({
  id: "json",
  version: "1",
  title: { zh: "JSON 字段", en: "JSON by field" },
  options: Options,
  reads: ["answer"],
  takesMap: true,
  isApart: true,
  parts: ({ fields }): readonly GraderPart[] =>
    Object.entries(fields).map(([name, given]) => ({
      path: `fields.${name}`,
      ref: refOf(given),
      name,
      gold: (gold) => fieldGold(gold, name),
    })),
  check,
  grade: async ({ gold, reply, finish_reason }, options, context): Promise<Grade> => {
    const wants = gold.answer_map === undefined ? "any" : "object";
    const json = jsonIn(reply, gold.question, wants);
    if (json.found !== "one")
      return {
        verdict: json.found === "full-width" ? "wrong" : "unresolved",
        value: 0,
        extracted: null,
        why: json.why,
      };
    const extracted = canonicalJson(json.value);
    const departs = departure(json.value, options.schema ?? true);
    if (departs !== null)
      return { verdict: "wrong", value: 0, extracted, why: `schema: ${departs}` };
    const answers = Object.keys(gold.answer_map ?? {});
    if (answers.length === 0) return { verdict: "right", value: 1, extracted, why: "schema" };
    const written = withExactNumbers(json.text);
    const fields = await Promise.all(
      answers.map((name) =>
        gradeField(name, { gold, value: memberOf(written, name), finish_reason }, options, context),
      ),
    );
    return { ...combineParts(fields, options.pass), extracted };
  },
});

/** A field holds its value and nothing else, which these graders can be told. */
const readsWhole: ReadonlySet<string> = new Set(["exact", "fuzzy", "value"]);

function refOf(given: Options["fields"][string]): GraderRef {
  const ref = typeof given === "string" ? { use: given } : given;
  return readsWhole.has(ref.use) ? { ...ref, with: { from: "reply", ...ref.with } } : ref;
}

/** The gold of one field; null where it is compared as JSON, or where the item has none. */
function fieldGold(gold: Gold, name: string): Gold | null {
  const value = memberOf(gold.answer_map, name);
  return value === undefined || value === null || value === ""
    ? null
    : { ...goldWith(gold, value), question: "" };
}

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** The parsed value, integers too large for JavaScript as the text that stands there. */
const withExactNumbers = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? (context?.source ?? value)
      : value,
  );

type Field = {
  readonly gold: Gold;
  readonly value: unknown;
  readonly finish_reason: string | null;
};

async function gradeField(
  name: string,
  { gold, value, finish_reason }: Field,
  { fields }: Options,
  context: GradeContext,
): Promise<GradedPart> {
  const given = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const own = fieldGold(gold, name);
  const reply = replyOf(value);
  if (given !== undefined && own !== null && reply !== "")
    return gradePart(
      { name, weight: 1, ref: refOf(given) },
      { gold: own, reply, finish_reason },
      context,
    );
  const isSame = canonicalJson(value ?? null) === canonicalJson(memberOf(gold.answer_map, name));
  const why = value === undefined ? "missing" : isSame ? "same" : "another value";
  return partOf(
    { name, weight: 1, use: null },
    {
      verdict: isSame ? "right" : "wrong",
      value: isSame ? 1 : 0,
      extracted: value === undefined ? null : canonicalJson(value),
      why,
    },
  );
}

/** A field's value as a reply of its own: texts as they are, lists of them one a line; "" where there is none. */
function replyOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  const isPlain = Array.isArray(value) && value.every((each) => !isObject(each));
  return isPlain ? value.map(String).join("\n") : JSON.stringify(value);
}

function check(gold: Gold, { schema, fields }: Options): readonly GoldProblem[] {
  const unusable = schemaProblem(schema ?? true);
  const map = gold.answer_map;
  const isBare = map === undefined && schema === undefined && Object.keys(fields).length === 0;
  const lacking = Object.keys(fields).filter((name) => memberOf(map, name) === undefined);
  return [
    ...(unusable === null ? [] : [{ path: "grader.with.schema", message: unusable }]),
    ...(isBare || (gold.answer !== null && map === undefined)
      ? [{ path: "answer", message: needsMap }]
      : []),
    ...(gold.answer === null && map === undefined && lacking.length > 0
      ? [{ path: "answer", message: needsMap }]
      : map === undefined
        ? []
        : lacking.map((name) => ({ path: "answer", message: lacks(name) }))),
  ];
}

const needsMap = {
  zh: "json 需要 answer 是一张表（字段名: 值）；只查格式时写 schema、不写 answer",
  en: "json needs an answer that is a map of fields; where the form alone is checked, give a schema and no answer",
};
const lacks = (name: string) => ({
  zh: `answer 里没有字段 ${name}，而 grader 的 fields 里有；没有这一项的题请写 null`,
  en: `the answer has no field ${name}, which the grader's fields name; write null where an item has none`,
});
