import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import { Ajv } from "ajv";
import { expect, inject, test } from "vitest";
import { parse } from "yaml";

import { lineSchemas } from "../domain/run-file/lines.ts";
import { builtinFolder } from "./builtin.ts";
import { schemaFiles, schemaText } from "./schemas.ts";
import { sampleOf } from "./testing/schema-sample.ts";

const root = dirname(builtinFolder("suites"));
/** Characters of the largest file that is read; the banks of programs are larger, and many items of the same few tasks. */
const mostRead = inject("matrix") ? Number.POSITIVE_INFINITY : 60_000;
/** The errors that an editor would show. */
const validators = new Map<string, ReturnType<typeof compiled>>();
function validator(name: string): ReturnType<typeof compiled> {
  const known = validators.get(name) ?? compiled(name);
  validators.set(name, known);
  return known;
}

async function compiled(name: string) {
  const ajv = new Ajv({ strict: false, formats: { date: true, "date-time": true } });
  const schema = JSON.parse(await readFile(join(root, name), "utf8")) as object;
  const validate = ajv.compile(schema);
  return (value: unknown) => (validate(value) ? [] : (validate.errors ?? []));
}

test.each(Object.entries(schemaFiles))(
  "%s is up to date (otherwise: npm run schemas)",
  async (name, schema) => {
    expect(await readFile(join(root, name), "utf8")).toBe(schemaText(schema));
  },
);

test.each([
  ["suites", "suites/suite.schema.json"],
  ["suites/boards", "suites/boards/board.schema.json"],
  ["suites/judges", "suites/judges/judge.schema.json"],
  ["providers", "providers/provider.schema.json"],
])("the YAML files of %s are valid by the JSON Schema that editors use", async (folder, name) => {
  const errors = await validator(name);
  const files = (await readdir(join(root, folder))).filter((file) => file.endsWith(".yaml"));
  expect(files).not.toEqual([]);
  for (const file of files) {
    const text = await readFile(join(root, folder, file), "utf8");
    if (text.length > mostRead) continue;
    const value: unknown = parse(text);
    expect({ file, errors: errors(value) }).toEqual({ file, errors: [] });
    expect(errors({ ...Object(value), tilte: "x" })).not.toEqual([]);
  }
});

test("the config's schema accepts the design's example and no unknown key", async () => {
  const errors = await validator("baimo.schema.json");
  const config = {
    schema: "baimo/1",
    targets: ["qwen/qwen-plus", { ref: "deepseek/deepseek-chat", as: "think", thinking: "on" }],
    providers: { mine: { protocol: "openai-chat", base_url: "http://127.0.0.1:8000/v1" } },
    run: { max_cost: { amount: 20, currency: "CNY" }, deadlines: { connect: "10s" } },
  };
  expect(errors(config)).toEqual([]);
  expect(errors({ ...config, run: { trails: 3 } })).not.toEqual([]);
});

test.each(Object.entries(lineSchemas))(
  "the schema of a run file's lines accepts one of kind %s with everything in it, and not one without",
  async (kind, schema) => {
    const errors = await validator("run-line.schema.json");
    const line = sampleOf(schema);
    expect(errors(line)).toEqual([]);
    expect(errors({ ...Object(line), added_later: 1 })).toEqual([]);
    expect(errors({ kind })).not.toEqual([]);
    expect(errors({ ...Object(line), kind: "other" })).not.toEqual([]);
  },
);
