import { join } from "node:path";

import { expect, test } from "vitest";

import { errorOf, folderWith, told } from "../testing/files.ts";
import { boardSuites, findSuites, yamlHeads } from "./find-suites.ts";

const suite = (id: string) => `# 注释\nschema: suite/1\nid: ${id}\ntasks: []\n`;
const board = (...suites: readonly string[]) =>
  `schema: board/1\nid: total\nmembers: [${suites.map((id) => `{suite: ${id}}`).join(", ")}]\n`;

/** A user's ./suites next to the built-in ones. */
async function twoFolders(files: Readonly<Record<string, string>>) {
  const folder = await folderWith({
    "built-in/math.yaml": suite("math"),
    "built-in/logic.yaml": suite("logic"),
    "built-in/boards/total.yaml": board("math", "logic"),
    ...files,
  });
  const find = async (...names: readonly string[]) =>
    (await findSuites(names, { cwd: join(folder, "home"), builtin: join(folder, "built-in") })).map(
      (file) => file.replace(`${folder}/`, ""),
    );
  return { folder, find };
}

const own = {
  "home/suites/b.yaml": suite("mine"),
  "home/suites/a.yml": suite("a"),
  "home/suites/notes.yaml": "schema: provider/1\n",
  "home/suites/README.md": "schema: suite/1",
  "home/elsewhere/c.yaml": suite("c"),
  "home/empty/x.txt": "",
};

test("an id that two suites of one folder have stands for neither; their paths do", async () => {
  const { folder, find } = await twoFolders({ ...own, "home/suites/copy.yaml": suite("mine") });
  expect(told(await errorOf(() => find("mine")), "zh", folder)).toEqual([
    "suites/b.yaml 与 suites/copy.yaml 里的题集都叫 mine，不知道指哪一个；请给其中一个换一个 id，或者写路径",
  ]);
  expect(await find("suites/copy.yaml")).toEqual(["home/suites/copy.yaml"]);
  // One of the user's own stands before one that ships.
  const before = await twoFolders({ ...own, "home/suites/math.yaml": suite("math") });
  expect(await before.find("math")).toEqual(["home/suites/math.yaml"]);
});

test("without names: ./suites if it holds suites, else the built-in ones", async () => {
  const { find } = await twoFolders(own);
  expect(await find()).toEqual(["home/suites/a.yml", "home/suites/b.yaml"]);
  const alone = await twoFolders({ "home/suites/notes.yaml": "a: b" });
  expect(await alone.find()).toEqual(["built-in/logic.yaml", "built-in/math.yaml"]);
});

test.each([
  [["suites/b.yaml"], ["home/suites/b.yaml"]],
  [["elsewhere"], ["home/elsewhere/c.yaml"]],
  [["mine"], ["home/suites/b.yaml"]],
  [["math"], ["built-in/math.yaml"]],
  [["total"], ["built-in/math.yaml", "built-in/logic.yaml"]],
  [["../built-in/boards/total.yaml"], ["built-in/math.yaml", "built-in/logic.yaml"]],
  [
    ["logic", "total", "mine", "suites"],
    ["built-in/logic.yaml", "built-in/math.yaml", "home/suites/b.yaml", "home/suites/a.yml"],
  ],
])("%j are %j", async (names, files) => {
  const { find } = await twoFolders(own);
  expect(await find(...names)).toEqual(files);
});

test("a user's suite takes precedence over the built-in one of the same id", async () => {
  const { find } = await twoFolders({ "home/suites/m.yaml": suite("math") });
  expect(await find("math")).toEqual(["home/suites/m.yaml"]);
});

test("a suite that is named by its file is told by its id", async () => {
  const { find } = await twoFolders({ "home/suites/sums.yaml": suite("math") });
  await expect(find("sums")).rejects.toThrow(
    "no suite has the id sums; that of suites/sums.yaml is math: name math, or the path",
  );
});

test.each([
  [
    "mihe",
    '没有名为 mihe 的题集、榜单、文件或文件夹；是否应为 "mine"？',
    'no suite, board, file or folder is named mihe; did you mean "mine"?',
  ],
  [
    "数学",
    "没有名为 数学 的题集、榜单、文件或文件夹；可用的有 5 个，如 a、mine、logic",
    "no suite, board, file or folder is named 数学; there are 5, such as a, mine, logic",
  ],
  [
    "sites/mine.yaml",
    'sites/mine.yaml：文件不存在；是否应为 "mine"？',
    'sites/mine.yaml: no such file; did you mean "mine"?',
  ],
  ["empty", "empty：没有题集（schema: suite/1）", "empty: holds no suite (schema: suite/1)"],
])("%s is reported", async (name, zh, en) => {
  const { find } = await twoFolders(own);
  const error = await errorOf(() => find(name));
  expect(told(error, "zh")).toEqual([zh]);
  expect(told(error, "en")).toEqual([en]);
});

test("a board's missing member is reported with its location", async () => {
  const { folder, find } = await twoFolders({
    "home/suites/boards/t.yaml": board("math", "loigc"),
  });
  const error = await errorOf(() => find("suites/boards/t.yaml"));
  expect(told(error, "en", folder)).toEqual([
    'home/suites/boards/t.yaml:3:34  members[1].suite  unknown suite "loigc"; did you mean "logic"?',
  ]);
});

test("a board's members are looked up next to its folder first", async () => {
  const { folder } = await twoFolders({
    "pack/boards/t.yaml": board("math"),
    "pack/math.yaml": suite("math"),
  });
  const folders = { cwd: join(folder, "home"), builtin: join(folder, "built-in") };
  expect(await boardSuites(join(folder, "pack/boards/t.yaml"), folders)).toEqual([
    join(folder, "pack/math.yaml"),
  ]);
});

test.each([
  ["schema: suite/1\nid: a\n", "suite/1", "a", null],
  ["{schema: suite/1, id: a}", "suite/1", "x", null],
  ['"schema": "board/1"\n"id": "b"\n', "board/1", "x", null],
  ["\uFEFFschema: 'suite/1'\r\nid: 'a'\r\ntitle: '小店：客服'\r\n", "suite/1", "a", "小店：客服"],
  [
    "id: a # 注释\nschema:   provider/1 # x\ntitle: 百模 总榜 # 每晚\n",
    "provider/1",
    "a",
    "百模 总榜",
  ],
  ["title:\ntasks: []\n", null, "x", null],
])("the head of %j", async (text, schema, id, title) => {
  const folder = await folderWith({ "x.yaml": text });
  expect(await yamlHeads(folder)).toEqual([{ file: join(folder, "x.yaml"), schema, id, title }]);
});
