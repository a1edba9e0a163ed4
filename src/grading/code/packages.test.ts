import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { installedFile, interpreterFiles, missingPackage, readableBy } from "./packages.ts";

test("a package is found in a folder above, by its real path, or not at all", () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "baimo-packages-")));
  const store = join(root, "store", "pack");
  const deep = join(root, "app", "src", "deep");
  mkdirSync(store, { recursive: true });
  mkdirSync(deep, { recursive: true });
  mkdirSync(join(root, "app", "node_modules"));
  writeFileSync(join(store, "main.js"), "");
  symlinkSync(store, join(root, "app", "node_modules", "pack"));
  expect(installedFile({ name: "pack", file: "main.js" }, deep)).toBe(join(store, "main.js"));
  expect(installedFile({ name: "pack", file: "other.js" }, deep)).toBeNull();
  expect(installedFile({ name: "pack", file: "main.js" }, root)).toBeNull();
});

test("here every language is installed, and its box may read it but neither suites nor results", () => {
  const entry = join(import.meta.dirname, "box", "warden.ts");
  const readable = readableBy(entry);
  for (const language of ["python", "javascript", "sql"] as const) {
    expect(missingPackage(language)).toBeNull();
    const file = interpreterFiles()[language] ?? "";
    expect(readable.some((path) => file.startsWith(`${path}/`))).toBe(true);
  }
  const suite = realpathSync(join(import.meta.dirname, "../../../suites/code.yaml"));
  expect(readable.some((path) => suite.startsWith(path))).toBe(false);
});
