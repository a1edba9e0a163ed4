import { afterEach, expect, test } from "vitest";

import { asTyped, setTypedName, wrapTyped } from "./as-typed.ts";

const commands = ["run", "review", "export run", "export suite"];
afterEach(() => {
  setTypedName("baimo", commands);
});

test.each([
  [
    "rule with baimo review where it missed it",
    "rule with npm run -s baimo -- review where it missed it",
  ],
  [
    "用 baimo export run 导出（baimo --help）",
    "用 npm run -s baimo -- export run 导出（npm run -s baimo -- --help）",
  ],
  ["Usage: baimo <command>", "Usage: npm run -s baimo -- <command>"],
  ["A=1 baimo run -m x", "A=1 npm run -s baimo -- run -m x"],
  ["npm run -s baimo -- review f", "npm run -s baimo -- review f"],
  ["npx baimo run", "npx baimo run"],
  ["/opt/baimo run", "/opt/baimo run"],
  ["baimo runs by itself; baimo run-time", "baimo runs by itself; baimo run-time"],
  ["baimo 百模", "baimo 百模"],
])("in a checkout: %s", (text, expected) => {
  setTypedName("npm run -s baimo --", commands);
  expect(asTyped(text)).toBe(expected);
  expect(asTyped(asTyped(text))).toBe(expected);
});

test("where it is installed, sentences stay as they are", () => {
  expect(asTyped("baimo review f")).toBe("baimo review f");
});

test("no line ends within a command's name", () => {
  setTypedName("npm run -s baimo --", commands);
  expect(
    wrapTyped("state the format, or rule with baimo review where the grader missed it", 40),
  ).toEqual([
    "state the format, or rule with",
    "npm run -s baimo -- review where the",
    "grader missed it",
  ]);
});
