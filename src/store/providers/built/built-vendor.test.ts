import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { builtinFolder } from "../../builtin.ts";
import { readProvider } from "../providers.ts";
import { builtText, builtVendor } from "./built-vendor.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-built-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A folder with a vendor's file and what the build makes of it. */
async function built(id: string): Promise<string> {
  const shipped = join(builtinFolder("providers"), `${id}.yaml`);
  const yaml = await readFile(shipped, "utf8");
  const file = join(folder, `${id}.yaml`);
  await writeFile(file, yaml);
  await writeFile(join(folder, `${id}.json`), builtText(yaml, await readProvider(shipped)));
  return file;
}

test.each(["zhipu", "deepseek", "bedrock"])("%s as the build read it", async (id) => {
  const file = await built(id);
  expect(await builtVendor(file, folder)).toEqual(await readProvider(file));
});

test("a file that was changed since, or that the build did not read, is read itself", async () => {
  const file = await built("deepseek");
  await writeFile(file, `${await readFile(file, "utf8")}# changed\n`);
  expect(await builtVendor(file, folder)).toBe(null);
  expect(await builtVendor(join(folder, "other.yaml"), folder)).toBe(null);
});

test("what JSON would lose is no vendor to build", () => {
  const vendor = { id: "x", protocol: "openai-chat", base_url: "http://x", like: undefined };
  expect(() => builtText("", vendor as never)).toThrow("x is no plain JSON");
});
