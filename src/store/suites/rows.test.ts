import fc from "fast-check";
import { expect, test } from "vitest";

import { Item } from "../../domain/suite.ts";
import { compiledCheck } from "../../validation/compiled-check.ts";
import { parseRow } from "./rows.ts";

const place = { file: "rows.jsonl", line: 3 };
const fits = compiledCheck(Item);
const both = (text: string) => {
  const bytes = Buffer.from(text);
  return [parseRow(bytes, Item, place, fits), parseRow(bytes, Item, place)] as const;
};

test.each([
  `{"id":"a1","question":"一加一？","answer":2}`,
  `{"id":"a1","question":"选哪个？","options":{"A":"甲","B":"乙"},"answer":"A","aliases":["甲"],"weight":2}`,
  `{"id":"a1","turns":[{"user":"你好","answer":"好"},{"user":"再见"}],"vars":{"省":"浙江"}}`,
  `{"id":"a1","question":"：\\":","answer":":"}`,
  `{"id":"a1","question":"x","answer":2,"answer":3}`,
  `{"id":"a1","question":"x","anwser":2}`,
  `{"id":"a1","question":"x","weight":-1}`,
  `{"id":"a1","question":"x","answer":12345678901234567890}`,
  `{"id":"","question":"x"}`,
  `{"id":"a1","question":7}`,
  `{"id" : "a1", "question" : "x"}  `,
  `[]`,
  `{"id":"a1"`,
])("the compiled check and the schema read a row alike: %s", (text) => {
  const [quick, whole] = both(text);
  expect(quick).toEqual(whole);
});

test("whatever stands in a member, both read it alike", () => {
  const names = [
    "id",
    "question",
    "answer",
    "options",
    "turns",
    "vars",
    "aliases",
    "weight",
    "tools",
    "x",
  ];
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 })),
      (members) => {
        const [quick, whole] = both(JSON.stringify({ id: "a1", question: "x", ...members }));
        expect(quick).toEqual(whole);
      },
    ),
  );
});
