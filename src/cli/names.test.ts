import { expect, test } from "vitest";

import { ownName, shownProblem } from "./names.ts";

test.each([
  [undefined, "baimo"],
  ["start", "npm run -s baimo --"],
  ["baimo", "npm run -s baimo --"],
  ["npx", "npx baimo"],
  ["nightly", "baimo"],
])("called by %s, it is called again as %s", (event, name) => {
  expect(ownName({ env: { npm_lifecycle_event: event } })).toBe(name);
});

test.each([
  ["/home/lin/mine/own/shop.yaml", "own/shop.yaml"],
  ["/home/lin/mine/shop.yaml", "shop.yaml"],
  ["/home/lin/other/shop.yaml", "/home/lin/other/shop.yaml"],
  ["../other/shop.yaml", "../other/shop.yaml"],
])("a problem in %s is told as one in %s", (file, shown) => {
  const place = { file, line: 3, column: 1, path: "tasks" };
  const problem = { place, message: { zh: "没有题目", en: "no items" } };
  expect(shownProblem(problem, { cwd: "/home/lin/mine" }).place).toEqual({ ...place, file: shown });
});
