import * as fc from "fast-check";
import { expect, test } from "vitest";

import { createChannel } from "./channel.ts";

const read = (pieces: readonly string[]): string => {
  const channel = createChannel();
  pieces.forEach((piece) => channel.add(piece));
  return channel.text();
};

test.each<[readonly string[], string]>([
  [["守", "株待", "兔"], "守株待兔"],
  [["守", "守株", "守株待", "守株待兔"], "守株待兔"],
  [["守株", "守株待", "守株待兔", "守株待兔"], "守株待兔"],
  // Models stutter.
  [["哈", "哈哈", "哈哈哈", "哈哈哈哈", "！"], "哈哈哈哈哈哈哈哈哈哈！"],
  [["哈", "哈", "哈"], "哈哈哈"],
  [["很好", "很好，", "真的"], "很好很好，真的"],
])("%j is %s", (pieces, text) => {
  expect(read(pieces)).toBe(text);
});

test.each([[["一二", "一二三", "一二三四", "一二三"]], [["一二", "一二三", "一二三四", "五"]]])(
  "snapshots that shrink or change are malformed: %j",
  (pieces) => {
    expect(() => read(pieces)).toThrow("took back");
  },
);

test("any text in growing snapshots is that text", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 5 }), { minLength: 3 }),
      (words) => {
        const snapshots = words.map((_, index) => `答案${words.slice(0, index + 1).join("")}`);
        expect(read(snapshots)).toBe(`答案${words.join("")}`);
      },
    ),
  );
});

test("many pieces keep their order, and their length is told", () => {
  const pieces = Array.from({ length: 5_000 }, (_, at) => `${at % 7},`);
  const channel = createChannel();
  for (const piece of pieces) channel.add(piece);
  expect(channel.text()).toBe(pieces.join(""));
  expect(channel.length()).toBe(10_000);
  const snapshots = createChannel();
  for (let at = 1; at <= 2_000; at += 1) snapshots.add("长的话".repeat(at));
  expect(snapshots.text()).toBe("长的话".repeat(2_000));
  expect(snapshots.length()).toBe(6_000);
});
