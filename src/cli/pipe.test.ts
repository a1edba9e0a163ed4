import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { baimoInto, baimoUnread, makeProject, startChatServer } from "./testing/process.ts";

let server: Awaited<ReturnType<typeof startChatServer>>;
beforeAll(async () => {
  server = await startChatServer();
});
afterAll(() => server.close());

test.each([
  [["providers", "--json"], 0],
  [["leaderboard", "none.jsonl"], 2],
])("%j into a reader that has gone: quiet, with its own code", async (args, code) => {
  const { folder, remove } = await makeProject(server.url, 1);
  const ended = await baimoUnread(folder, args);
  expect(ended.code).toBe(code);
  expect(ended.stderr).not.toMatch(/EPIPE|^\s+at /m);
  await remove();
});

test.runIf(existsSync("/dev/full"))(
  "output for which there is no room is said so, and 0 becomes 3",
  async () => {
    const { folder, remove } = await makeProject(server.url, 1);
    const { stderr, code } = await baimoInto("/dev/full", folder, ["providers", "--json"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^输出没有写完：磁盘已满：请腾出空间（ENOSPC）。 · the output was not written whole: /,
    );
    await remove();
  },
);

test("a run whose reader has gone is finished all the same", async () => {
  const { folder, remove } = await makeProject(server.url, 5);
  const args = ["run", "-m", "mine/exact", "--out", "p.jsonl"];
  expect((await baimoUnread(folder, args)).code).toBe(0);
  const lines = (await readFile(join(folder, "p.jsonl"), "utf8")).trim().split("\n");
  expect(lines.at(-1)).toContain('"status":"complete"');
  await remove();
});
