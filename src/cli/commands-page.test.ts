import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { formats } from "../domain/formats.ts";
import { builtinFolder } from "../store/builtin.ts";
import { cataloguePage, cataloguePages } from "./catalogue-page.ts";
import { commandTable } from "./command-table.ts";
import { commandsPage, commandsPages } from "./commands-page.ts";

const root = dirname(builtinFolder("suites"));

test.each([
  ...Object.entries(commandsPages).map(([name, lang]) => [name, () => commandsPage(lang)] as const),
  ...Object.entries(cataloguePages).map(
    ([name, lang]) => [name, () => cataloguePage(lang)] as const,
  ),
])("%s is what `npm run schemas` writes", async (name, write) => {
  expect(await readFile(join(root, name), "utf8")).toBe(await write());
});

test("every format is read or written by some command", () => {
  const used = new Set(
    Object.values(commandTable).flatMap(({ reads, writes }) => [...reads, ...writes]),
  );
  expect(Object.values(formats).filter((format) => !used.has(format))).toEqual([]);
});
