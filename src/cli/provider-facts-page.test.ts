import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { builtinFolder } from "../store/builtin.ts";
import { providerFactsPage, providerFactsPages } from "./provider-facts-page.ts";

const root = dirname(builtinFolder("suites"));

test.each(Object.entries(providerFactsPages))(
  "%s is up to date (otherwise: npm run schemas)",
  async (name, lang) => {
    expect(await readFile(join(root, name), "utf8")).toBe(await providerFactsPage(lang));
  },
);

test("at least twelve vendors have facts, each with a source and a day", async () => {
  const page = await providerFactsPage("en");
  const facts = page.slice(page.indexOf("## Facts"), page.indexOf("## Aliases"));
  const rows = facts.split("\n").filter((row) => row.startsWith("| `"));
  expect(new Set(rows.map((row) => row.split(" ")[1])).size).toBeGreaterThanOrEqual(12);
  expect(rows.filter((row) => !/\| .*[a-z]+\.[a-z]+.* \| 20\d\d-\d\d-\d\d \|$/.test(row))).toEqual(
    [],
  );
});
