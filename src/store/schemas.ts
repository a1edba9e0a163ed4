import { z } from "zod";

import { Board } from "../domain/board.ts";
import { Config } from "../domain/config.ts";
import { Provider } from "../domain/provider.ts";
import { Suite } from "../domain/suite.ts";

/** The JSON Schemas (draft-07) that ship for editors, by their file from the package's root. */
export const schemaFiles: Readonly<Record<string, z.ZodType>> = {
  "suites/suite.schema.json": Suite,
  "suites/boards/board.schema.json": Board,
  "providers/provider.schema.json": Provider,
  "baimo.schema.json": Config,
};

/** What a person may write, as draft-07: defaults are optional. */
function jsonSchema(schema: z.ZodType): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schema, { target: "draft-07", io: "input", reused: "ref" });
}

/** The text of a schema's file. */
export const schemaText = (schema: z.ZodType): string =>
  `${JSON.stringify(jsonSchema(schema), null, 2)}\n`;
