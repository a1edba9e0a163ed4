import { expect, test } from "vitest";

import { coldNonce, withNonce } from "./cold.ts";

test("the mark is the answer's own, and another in another run", () => {
  const marks = [
    coldNonce("run-1", "s/t/a"),
    coldNonce("run-1", "s/t/b"),
    coldNonce("run-2", "s/t/a"),
  ];
  expect(new Set(marks).size).toBe(3);
  expect(coldNonce("run-1", "s/t/a")).toBe(marks[0]);
  expect(marks[0]).toMatch(/^[0-9a-z]{16}$/i);
});

test("it stands before everything else that is said", () => {
  const user = { role: "user", text: "一年有几个月？" } as const;
  expect(withNonce([user], "ab")).toEqual([{ role: "system", text: "[ab]" }, user]);
  expect(withNonce([{ role: "system", text: "只答数字" }, user], "ab")).toEqual([
    { role: "system", text: "[ab]\n只答数字" },
    user,
  ]);
});
