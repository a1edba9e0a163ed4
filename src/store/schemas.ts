import { z } from "zod";

import { Board } from "../domain/board.ts";
import { Scorecard } from "../domain/choosing/scorecard.ts";
import { Config } from "../domain/config.ts";
import { Provider } from "../domain/provider.ts";
import { lineSchemas } from "../domain/run-file/lines.ts";
import { Suite } from "../domain/suite.ts";
import { JudgeFile } from "../grading/judge/options.ts";

/** The JSON Schemas (draft-07) that ship for editors, by file path from the package root. */
export const schemaFiles: Readonly<Record<string, z.ZodType>> = {
  "suites/suite.schema.json": Suite,
  "suites/boards/board.schema.json": Board,
  "suites/judges/judge.schema.json": JudgeFile,
  "providers/provider.schema.json": Provider,
  "baimo.schema.json": Config,
  "scorecard.schema.json": Scorecard,
  "run-line.schema.json": z.union(Object.values(lineSchemas)),
};

/** The input form as draft-07, in which members with defaults are optional. */
function jsonSchema(schema: z.ZodType): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schema, {
    target: "draft-07",
    io: "input",
    reused: "ref",
    // Says nothing of a file, only of our types.
    override: ({ jsonSchema }) => delete jsonSchema.readOnly,
  });
}

/** The content of a schema's file. */
export const schemaText = (schema: z.ZodType): string =>
  `${JSON.stringify(jsonSchema(schema), null, 2)}\n`;
