import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { builtinFolder } from "../../store/builtin.ts";
import { configKeys, configPage, configPages } from "./config-page.ts";
import { keyWords } from "./key-words.ts";
import { schemaKeys } from "./schema-keys.ts";

const root = dirname(builtinFolder("suites"));

test.each(Object.entries(configPages))(
  "%s is what `npm run schemas` writes",
  async (name, lang) => {
    expect(await readFile(join(root, name), "utf8")).toBe(configPage(lang));
  },
);

test("every key of a config has words, and no words are of a key that is not there", () => {
  const named = configKeys()
    .map(({ path }) => path)
    .filter((path) => !path.startsWith("providers."));
  expect(named.filter((path) => keyWords[path] === undefined)).toEqual([]);
  expect(Object.keys(keyWords).filter((path) => !named.includes(path))).toEqual([]);
});

test("lists, names of one's own, choices and what refers to itself", () => {
  const schema = {
    properties: {
      a: { type: "array", items: { properties: { b: { enum: ["x", "y"], default: "x" } } } },
      c: { additionalProperties: { allOf: [{ $ref: "#/definitions/node" }] } },
    },
    definitions: {
      node: {
        type: "object",
        properties: { deeper: { $ref: "#/definitions/node" }, d: { type: "integer" } },
      },
    },
  };
  expect(schemaKeys(schema).map(({ path, type, fallback }) => [path, type, fallback])).toEqual([
    ["a", "array", null],
    ["a[].b", "x | y", '"x"'],
    ["c", "any", null],
    ["c.*.deeper", "object", null],
    ["c.*.d", "integer", null],
  ]);
});
