import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";

import { expect, test } from "vitest";

import { pluginFolders } from "../src/plugins.ts";
import { contributing, contributingFile } from "./contributing.ts";
import { recipes } from "./recipes.ts";

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll(sep, "/"));

test("CONTRIBUTING.md quotes the recipes as they are (otherwise: npm run schemas)", () => {
  expect(readFileSync(contributingFile, "utf8")).toBe(contributing());
});

test.each(recipes)("$kind: its folder holds the files that it names", ({ kind, id, files }) => {
  expect(filesIn(join(import.meta.dirname, kind)).toSorted()).toEqual(
    files.map(({ path }) => path).toSorted(),
  );
  expect(files.filter(({ path }) => !path.includes(id))).toEqual([]);
});

test("every folder of plugins that people add to has a recipe", () => {
  const written = recipes.flatMap(({ files }) => files.map(({ path }) => path));
  const without = Object.keys(pluginFolders).filter(
    (folder) => !written.some((path) => path.startsWith(`src/${folder}/`)),
  );
  // Rare, or no addition by itself.
  expect(without).toEqual(["auth", "cli/commands", "simulator/dialects"]);
});
