import { describe, expect, test } from "vitest";

import type { Keys } from "../press.ts";
import type { RulingPressed } from "./press.ts";

import { firstKey, firstRulingLook, pressRuling } from "./press.ts";

const noKeys: Keys = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  backspace: false,
  tab: false,
  shift: false,
  ctrl: false,
};
const extent = { length: 100, room: 20, total: 3, revealed: false };
type Press = string | Partial<Keys>;

/** Presses one after the other; the last wish is returned. */
function pressed(...presses: readonly Press[]): RulingPressed {
  let state: RulingPressed = { look: firstRulingLook(extent.revealed), wish: null };
  for (const each of presses) {
    const [input, keys] = typeof each === "string" ? [each, {}] : ["", each];
    state = pressRuling(state.look, input, { ...noKeys, ...keys }, extent);
  }
  return state;
}
const enter = { return: true };

describe("rulings", () => {
  test.each<[string, readonly Press[], unknown]>([
    ["right", ["1", enter], { verdict: "right", value: 1, reason: "" }],
    ["a full-width digit", ["２", enter], { verdict: "wrong", value: 0, reason: "" }],
    ["partial", ["3", "60", enter, enter], { verdict: "partial", value: 0.6, reason: "" }],
    ["no answer", ["4", "空话", enter], { verdict: "unresolved", value: 0, reason: "空话" }],
    ["void", ["5", "题错", enter], { verdict: "ungraded", value: null, reason: "题错" }],
    [
      "a reason with keys that mean something else",
      ["1", "q", "2", " ", "v", enter],
      { verdict: "right", value: 1, reason: "q2 v" },
    ],
    [
      "a slip taken back, a whole character at a time",
      ["1", "好👨‍👩‍👧", { backspace: true }, "！", enter],
      { verdict: "right", value: 1, reason: "好👨👩！" },
    ],
    [
      "escapes and line ends in what was pasted",
      ["1", "甲\u001b[31m\r\n乙", enter],
      { verdict: "right", value: 1, reason: "甲[31m 乙" },
    ],
  ])("%s", (_, presses, ruling) => {
    expect(pressed(...presses).wish).toEqual({ kind: "save", ruling });
  });

  test.each(["", "0", "100", "abc", "150"])("partial with points %j is asked again", (points) => {
    const { look, wish } = pressed("3", points, enter);
    expect(wish).toBeNull();
    expect(look.note?.zh).toMatch(/得分/);
    expect(look.draft?.asks).toBe("points");
  });

  test("Escape gives a ruling up, Ctrl-U its text", () => {
    expect(pressed("1", "理由", { escape: true }).look.draft).toBeNull();
    const state = pressed("1", "理由");
    const cleared = pressRuling(state.look, "u", { ...noKeys, ctrl: true }, extent);
    expect(cleared.look.draft?.reason).toBe("");
  });
});

describe("moving", () => {
  test.each<[string, readonly Press[], number]>([
    ["next", ["n"], 1],
    ["Enter", [enter], 1],
    ["the page after the last, and no further", ["n", "n", "n", "n"], 3],
    ["back", ["n", "n", { leftArrow: true }], 1],
    ["not before the first", ["p"], 0],
  ])("%s", (_, presses, at) => {
    expect(pressed(...presses).look.at).toBe(at);
  });

  test("there is nothing to rule on after the last", () => {
    expect(pressed("n", "n", "n", "1").look.draft).toBeNull();
  });

  test("scrolling stays inside", () => {
    expect(pressed("j", "j", "k").look.scroll).toBe(1);
    expect(pressed({ end: true }, "j").look.scroll).toBe(80);
    expect(pressed(" ", " ", "g").look.scroll).toBe(0);
  });

  test("the next answer is read from its beginning, and its verdict is hidden again", () => {
    expect(pressed("v", " ", "n").look).toMatchObject({ at: 1, scroll: 0, revealed: false });
  });

  test("q ends, but not while a reason is written; Ctrl-C always", () => {
    expect(pressed("q").wish).toEqual({ kind: "stop" });
    const state = pressed("1");
    expect(pressRuling(state.look, "q", noKeys, extent).wish).toBeNull();
    const ctrl = pressRuling(state.look, "c", { ...noKeys, ctrl: true }, extent);
    expect(ctrl.wish).toEqual({ kind: "stop" });
  });
});

test.each([
  ["a", false, "a", ""],
  ["nnn", false, "n", "nn"],
  ["1好", false, "1", "好"],
  ["好的\r", true, "好的", "\r"],
  ["甲\r乙", true, "甲\r乙", ""],
  ["\r\n", true, "\r", ""],
])("of %j (writing: %s) the first key is %j", (input, drafting, key, rest) => {
  expect(firstKey(input, drafting)).toEqual({ key, rest });
});
