import { readFile, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect, test } from "vitest";

import { builtinFolder, packageVersion } from "./builtin.ts";
import { folderWith } from "./testing/files.ts";

test("a checkout has its folders and a version", async () => {
  const file = join(builtinFolder("providers"), "qwen.yaml");
  expect(await readFile(file, "utf8")).toContain("id: qwen");
  expect(packageVersion().version).toMatch(/^\d+\.\d+\.\d+/);
});

const hash = "0123456789abcdef0123456789abcdef01234567";
const manifest = JSON.stringify({ name: "baimo", version: "1.2.3" });

/** The module as installed: plain JavaScript in dist/, with the package root two levels up. */
async function installed(files: Readonly<Record<string, string>>) {
  const folder = await folderWith({
    "package.json": manifest,
    "dist/package.json": JSON.stringify({ type: "module" }),
    "dist/src/store/x.txt": "",
    ...files,
  });
  const source = await readFile(join(import.meta.dirname, "builtin.ts"), "utf8");
  const file = join(folder, "dist/src/store/builtin.js");
  await writeFile(file, stripTypeScriptTypes(source));
  const module = (await import(
    /* @vite-ignore */ pathToFileURL(file).href
  )) as typeof import("./builtin.ts");
  return { folder, module };
}

test.each([
  ["no repository", {}, null],
  ["a published package", { "package.json": manifest.replace("}", `,"gitHead":"${hash}"}`) }, hash],
  [
    "a branch",
    { ".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": `${hash}\n` },
    hash,
  ],
  ["a commit", { ".git/HEAD": `${hash}\n` }, hash],
  [
    "a packed branch",
    {
      ".git/HEAD": "ref: refs/heads/main\n",
      ".git/packed-refs": `# pack-refs\n${hash} refs/heads/main\n`,
    },
    hash,
  ],
  [
    "a work tree",
    {
      ".git": "gitdir: repo/worktrees/w\n",
      "repo/worktrees/w/HEAD": "ref: refs/heads/w\n",
      "repo/worktrees/w/commondir": "../..\n",
      "repo/refs/heads/w": `${hash}\n`,
    },
    hash,
  ],
  ["an unborn branch", { ".git/HEAD": "ref: refs/heads/main\n" }, null],
])("from dist/, with %s", async (_name, files, commit) => {
  const { folder, module } = await installed(files);
  expect(module.builtinFolder("suites")).toBe(join(folder, "suites"));
  expect(module.packageVersion()).toEqual({ version: "1.2.3", commit });
});
