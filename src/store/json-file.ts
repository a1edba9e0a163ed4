import type { z } from "zod";

import type { Text } from "../domain/text.ts";

import { problemError, readText } from "../files/text-file.ts";
import { doubledKey } from "../validation/doubled-key.ts";
import { type Finding, validate } from "../validation/issues.ts";
import { pathText } from "../validation/path-text.ts";

/** Reads a file of one JSON value and validates it. Rejects with a `UserError` that names every wrong field. */
export async function readJsonFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await readText(file);
  const refused = (findings: readonly Pick<Finding, "path" | "message">[]) =>
    problemError(
      findings.map(({ path, message }) => ({
        place: { file, line: null, column: null, path: pathText(path) },
        message,
      })),
    );
  const value = parsed(text);
  if (value === undefined) throw refused([{ path: [], message: notJson }]);
  const doubled = doubledKey(text);
  if (doubled !== null) throw refused([{ path: doubled, message: repeated }]);
  const result = validate(schema, value);
  if (!result.ok) throw refused(result.findings);
  return result.value;
}

const notJson: Text = {
  zh: "不是有效的 JSON（没有写完，或已损坏）",
  en: "not valid JSON: it ends too early, or is damaged",
};
const repeated: Text = { zh: "重复的键", en: "repeated key" };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
