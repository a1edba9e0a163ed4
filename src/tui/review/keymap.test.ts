import { describe, expect, test } from "vitest";

import type { KeyPress } from "../keymap.ts";
import type { RulingKeyResult } from "./keymap.ts";

import { firstKey, initialRulingUiState, handleRulingKey } from "./keymap.ts";

const noKeys: KeyPress = {
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
const extent = { length: 100, room: 20, total: 3, revealed: false, canRule: true };
type Press = string | Partial<KeyPress>;

/** The state and action after the last of these keys. */
function pressed(...presses: readonly Press[]): RulingKeyResult {
  let state: RulingKeyResult = { ui: initialRulingUiState(extent.revealed), action: null };
  for (const each of presses) {
    const [input, keys] = typeof each === "string" ? [each, {}] : ["", each];
    state = handleRulingKey(state.ui, input, { ...noKeys, ...keys }, extent);
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
    expect(pressed(...presses).action).toEqual({ kind: "save", ruling });
  });

  test.each(["", "0", "100", "abc", "150"])("invalid points %j are asked for again", (points) => {
    const { ui, action } = pressed("3", points, enter);
    expect(action).toBeNull();
    expect(ui.note?.zh).toMatch(/得分/);
    expect(ui.draft?.field).toBe("points");
  });

  test("Escape discards a ruling, Ctrl-U clears its text", () => {
    expect(pressed("1", "理由", { escape: true }).ui.draft).toBeNull();
    const state = pressed("1", "理由");
    const cleared = handleRulingKey(state.ui, "u", { ...noKeys, ctrl: true }, extent);
    expect(cleared.ui.draft?.reason).toBe("");
  });
});

test("where nobody is known who rules, answers are read and a ruling says what is missing", () => {
  const { ui } = handleRulingKey(initialRulingUiState(true), "1", noKeys, {
    ...extent,
    canRule: false,
  });
  expect(ui.draft).toBeNull();
  expect(ui.note?.zh).toMatch(/--reviewer/);
});

describe("moving", () => {
  test.each<[string, readonly Press[], number]>([
    ["next", ["n"], 1],
    ["Enter", [enter], 1],
    ["the page after the last, and no further", ["n", "n", "n", "n"], 3],
    ["back", ["n", "n", { leftArrow: true }], 1],
    ["not before the first", ["p"], 0],
  ])("%s", (_, presses, at) => {
    expect(pressed(...presses).ui.at).toBe(at);
  });

  test("after the last answer there is nothing to rule on", () => {
    expect(pressed("n", "n", "n", "1").ui.draft).toBeNull();
  });

  test("scrolling stays within the answer", () => {
    expect(pressed("j", "j", "k").ui.scroll).toBe(1);
    expect(pressed({ end: true }, "j").ui.scroll).toBe(80);
    expect(pressed(" ", " ", "g").ui.scroll).toBe(0);
  });

  test("the next answer starts at its first line with its verdict hidden", () => {
    expect(pressed("v", " ", "n").ui).toMatchObject({ at: 1, scroll: 0, revealed: false });
  });

  test("q quits, except while a reason is being typed; Ctrl-C always does", () => {
    expect(pressed("q").action).toEqual({ kind: "stop" });
    const state = pressed("1");
    expect(handleRulingKey(state.ui, "q", noKeys, extent).action).toBeNull();
    const ctrl = handleRulingKey(state.ui, "c", { ...noKeys, ctrl: true }, extent);
    expect(ctrl.action).toEqual({ kind: "stop" });
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
