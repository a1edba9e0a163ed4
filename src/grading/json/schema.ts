import type { ErrorObject, ValidateFunction } from "ajv";
import { Ajv } from "ajv";

import type { Text } from "../../domain/text.ts";

/** A JSON Schema (draft-07). */
export type JsonSchema = boolean | Readonly<Record<string, unknown>>;

/** Why a schema cannot be used, or null. */
export function schemaProblem(schema: JsonSchema): Text | null {
  try {
    compiledSchema(schema);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      zh: `JSON Schema 无法编译：${reason}`,
      en: `the JSON Schema does not compile: ${reason}`,
    };
  }
}

/** The first way in which a value departs from a schema, such as `/amount must be number`; null where it fits. */
export function departure(value: unknown, schema: JsonSchema): string | null {
  const validate = compiledSchema(schema);
  return validate(value) ? null : problemText(validate.errors?.[0]);
}

const problemText = (problem: ErrorObject | undefined): string =>
  problem === undefined
    ? ""
    : `${problem.instancePath || "/"} ${problem.message ?? problem.keyword}`;

const schemas = new Map<string, ValidateFunction>();
const mostSchemas = 1_000;

/** Schemas come from suites, which the user trusts: ajv turns them into code. Throws an `Error` that says what is wrong. */
function compiledSchema(schema: JsonSchema): ValidateFunction {
  const key = JSON.stringify(schema);
  const known = schemas.get(key);
  if (known !== undefined) return known;
  // Formats are remarks in draft-07, and ajv knows none without a further package.
  const validate = new Ajv({ allErrors: false, strict: true, validateFormats: false }).compile(
    schema,
  );
  if (schemas.size === mostSchemas) schemas.clear();
  schemas.set(key, validate);
  return validate;
}
