import { expect, test } from "vitest";

import { lazily } from "./lazily.ts";

test("a field is worked out when it is first read, once, and from the others", () => {
  const worked: string[] = [];
  const countsOf = lazily<{ text: string }, { words: readonly string[]; count: number }>({
    words: ({ text }) => {
      worked.push("words");
      return text.split(" ");
    },
    count: ({ words: { length } }) => {
      worked.push("count");
      return length;
    },
  });
  const [one, other] = [countsOf({ text: "a b c" }), countsOf({ text: "d" })];
  expect(worked).toEqual([]);
  expect([one.count, one.count, one.words]).toEqual([3, 3, ["a", "b", "c"]]);
  expect(worked).toEqual(["words", "count"]);
  expect([other.text, other.count]).toEqual(["d", 1]);
});
