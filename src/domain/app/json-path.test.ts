import * as fc from "fast-check";
import { expect, test } from "vitest";

import { firstAt, parseJsonPath, valuesAt } from "./json-path.ts";

const json = {
  answer: "好",
  list: [
    { type: "doc", text: "甲", n: 1 },
    { type: "web", text: "乙" },
    { type: "doc", text: "丙", n: 3 },
  ],
  "a b": { "c.d": 1 },
  chunks: { "20": { id: "x" }, "3": { id: "y" } },
  inner: '{"docs": [{"text": "丁"}]}',
  none: null,
};

test.each<[string, readonly unknown[]]>([
  ["$", [json]],
  ["$.answer", ["好"]],
  ["$['a b']['c.d']", [1]],
  ["$.list[0].text", ["甲"]],
  ["$.list[-1].text", ["丙"]],
  ["$.list[9].text", []],
  ["$.list[*].text", ["甲", "乙", "丙"]],
  ["$.list[?@.type=='doc'].text", ["甲", "丙"]],
  ["$.list[?(@.type != 'doc')].text", ["乙"]],
  ["$.list[?@.n].n", [1, 3]],
  ["$.list[?@.n==3].text", ["丙"]],
  // The members of a map are in the order of JSON: numbers first, ascending.
  ["$.chunks[*].id", ["y", "x"]],
  ["$..text", ["甲", "乙", "丙"]],
  ["$.inner.docs[*].text", ["丁"]],
  ["$.answer.length", []],
  ["$.nobody", []],
  ["$.toString", []],
])("%s", (path, values) => {
  expect(valuesAt(json, path)).toEqual(values);
});

test.each(["answer", "", "$.", "$[", "$[x]", "$.a b", "$.list[?@.n<3]", "$.list[0:2]", "$.a.()"])(
  "%j is no path",
  (path) => {
    expect(parseJsonPath(path)).toBeNull();
    expect(valuesAt(json, path)).toEqual([]);
  },
);

test("the first path that leads to a value that is not null", () => {
  expect(firstAt(json, ["$.none", "$.nobody", "$.answer"])).toBe("好");
  expect(firstAt(json, "$.none")).toBeUndefined();
});

test("no JSON and no path throws", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, path) => {
      valuesAt(value, `$${path}`);
      return Array.isArray(valuesAt(value, "$..a[*]"));
    }),
  );
});
