import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { builtinFolder, packageVersion } from "./builtin.ts";
import { errorOf, folderWith } from "./testing/files.ts";

test("a checkout has its folders and a version", async () => {
  const file = join(builtinFolder("providers"), "qwen.yaml");
  expect(await readFile(file, "utf8")).toContain("id: qwen");
  expect(packageVersion().version).toMatch(/^\d+\.\d+\.\d+/);
});

const hash = "0123456789abcdef0123456789abcdef01234567";
const manifest = JSON.stringify({ name: "baimo", version: "1.2.3" });

test.each([
  ["no repository", {}, null],
  [
    "the commit that it was built from, though the checkout has moved on",
    { "dist/commit.txt": `${hash}\n`, ".git/HEAD": `${hash.replace("0", "f")}\n` },
    hash,
  ],
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
  const root = await folderWith({ "package.json": manifest, "suites/x.yaml": "", ...files });
  const from = join(root, "dist/store");
  expect(builtinFolder("suites", from)).toBe(join(root, "suites"));
  expect(packageVersion(from)).toEqual({ version: "1.2.3", commit });
});

test.each([
  ["dist/ alone", {}, "package.json"],
  ["dist/ in another package", { "package.json": '{"name":"app"}' }, "package.json"],
  ["dist/ without suites/", { "package.json": manifest }, "suites"],
])("%s says what is missing and what to do", async (_name, files, missing) => {
  const root = await folderWith({ "dist/cli/bin.js": "", ...files });
  const from = join(root, "dist/store");
  const { text } = await errorOf(() =>
    missing === "suites" ? builtinFolder("suites", from) : packageVersion(from),
  );
  expect(text.zh).toContain(`找不到 baimo 的 ${missing}：程序在 ${join(root, "dist")}，`);
  expect(text.en).toMatch(/was not found: the program is in .*copy them together, or install/);
});
