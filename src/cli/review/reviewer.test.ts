import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { ruledText } from "./queue.ts";
import { reviewerOf } from "./reviewer.ts";

let cwd = "";
const noGit = { PATH: process.env["PATH"], GIT_CONFIG_GLOBAL: "", GIT_CONFIG_NOSYSTEM: "1" };

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "baimo-reviewer-"));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** Runs git in the folder; false where there is none. */
const git = (...args: readonly string[]): boolean =>
  spawnSync("git", ["-C", cwd, ...args]).status === 0;

test("who has ruled is told that a report page is made anew; who has only read is not", () => {
  expect(ruledText(2, 60, "baimo report r.jsonl").zh).toBe(
    "已裁定 2 条，还有 58 条；再次运行同一命令可继续。裁定已在运行文件里，排行榜会照它算；已有的报告页要重新出：\nbaimo report r.jsonl",
  );
  expect(ruledText(0, 60, "baimo report r.jsonl").en).not.toContain("report");
});

test("the name given, then git's, then the login name", async ({ skip }) => {
  const env = { ...noGit, USER: "wang" };
  expect(await reviewerOf(null, { cwd, env })).toEqual({
    name: "wang",
    from: { zh: "登录名", en: "the login name" },
  });
  if (!git("init", "-q")) skip("git is not installed");
  git("config", "user.name", "小王");
  expect(await reviewerOf(null, { cwd, env })).toEqual({
    name: "小王",
    from: { zh: "git 的 user.name", en: "git's user.name" },
  });
  expect(await reviewerOf("张三", { cwd, env })).toEqual({ name: "张三", from: null });
  expect(await reviewerOf(" ", { cwd, env })).toMatchObject({ name: "小王" });
});

test("without git the login name does", async () => {
  const env = { PATH: cwd, USER: "wang" };
  expect(await reviewerOf(null, { cwd, env })).toMatchObject({ name: "wang" });
});
