import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import * as clauses from "../../grading/numeric/clauses.ts";
import * as phrases from "../../grading/numeric/phrases.ts";
import { enough, type Finder, seldom } from "./seldom.ts";

const isFinder = (value: unknown): value is Finder =>
  typeof value === "object" && value !== null && "may" in value && "pattern" in value;

const replies = ["number-prose", "number-replies", "hard-replies"].flatMap((name) =>
  readFileSync(new URL(`../../grading/testing/${name}.jsonl`, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { readonly reply: string }).reply),
);

const prepared = (finder: Finder): Finder => {
  for (let asked = 0; asked <= enough; asked += 1) finder.may("");
  return finder;
};

test("the patterns of graders find in replies and their sentences what they found before", () => {
  const finders = [...Object.values(phrases), ...Object.values(clauses)].filter(isFinder);
  expect(finders.length).toBeGreaterThan(30);
  const texts = [...replies, ...replies.flatMap((reply) => reply.split(/[。，\n]/))];
  for (const finder of finders) prepared(finder);
  let spared = 0;
  for (const text of texts)
    for (const finder of finders) {
      expect(finder.test(text)).toBe(finder.pattern.test(text));
      if (!finder.may(text)) spared += 1;
    }
  expect(spared / (texts.length * finders.length)).toBeGreaterThan(0.7);
});

test("a pattern that is prepared after a text was looked at finds itself in it", () => {
  const early = prepared(seldom(/早/));
  expect(early.test("早晚")).toBe(true);
  expect(prepared(seldom(/晚/)).test("早晚")).toBe(true);
});

test("whether a pattern with the flag g may be found is asked without moving it", () => {
  const pattern = /一个/g;
  const { may } = prepared(seldom(pattern));
  expect(may("一")).toBe(true);
  expect(may("二")).toBe(false);
  expect(pattern.lastIndex).toBe(0);
});

// Last, because it leaves no room.
test("more patterns than there is room for are run over every text", () => {
  const finders = Array.from({ length: 600 }, (_, at) =>
    prepared(seldom(new RegExp(String.fromCharCode(0x4e00 + at)))),
  );
  for (const [at, finder] of finders.entries()) {
    const own = String.fromCharCode(0x4e00 + at);
    expect(finder.test(`甲${own}乙`)).toBe(true);
    expect(finder.test("㐀")).toBe(false);
    expect(finder.exec(own)?.[0]).toBe(own);
  }
});
