import { expect, test } from "vitest";

import { browserFor, findBrowser } from "./browser.ts";

test("a named browser comes first, and one that is not there is said to be so", () => {
  expect(findBrowser(process.execPath)).toBe(process.execPath);
  expect(browserFor(process.execPath)).toBe(process.execPath);
  expect(() => browserFor("/no/such/chromium")).toThrow(/CHROMIUM_PATH names \/no\/such\/chromium/);
});
