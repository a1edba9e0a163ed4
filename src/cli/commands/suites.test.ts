import { expect, test } from "vitest";

import { folderWith } from "../../store/testing/files.ts";
import { call } from "../testing/call.ts";
import { command as suites } from "./suites.ts";

const files = {
  "suites/shop.yaml": "schema: suite/1\nid: shop\ntitle: 小店客服\n",
  "suites/starter.yaml": "schema: suite/1\nid: starter\ntitle: 我的入门\n",
  "suites/boards/all.yaml": "schema: board/1\nid: all\n",
  "suites/notes.yaml": "a: 1\n",
};

test("ids of one's own suites, then of those that ship, without checking any", async () => {
  const { code, text } = await call(suites, { cwd: await folderWith(files) });
  expect(code).toBe(0);
  expect(text).toMatch(/^shop +题集 +小店客服 +suites\/shop\.yaml$/m);
  expect(text).toMatch(/^logic +题集 +逻辑推理 +\S*logic\.yaml$/m);
  expect(text).toMatch(/^nightly +榜单 +每晚榜 /m);
  expect(text).not.toContain("notes");
});

test("as JSON, one of one's own before that of the same id", async () => {
  const { text } = await call(suites, {
    cwd: await folderWith(files),
    values: { json: true },
  });
  const entries: unknown = JSON.parse(text);
  expect(entries).toEqual(
    expect.arrayContaining([
      { id: "starter", kind: "suite", title: "我的入门", file: "suites/starter.yaml" },
      { id: "all", kind: "board", title: null, file: "suites/boards/all.yaml" },
    ]),
  );
  expect(entries).not.toContainEqual(expect.objectContaining({ id: "starter", title: "入门" }));
});
