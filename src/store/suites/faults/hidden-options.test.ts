import { join } from "node:path";

import { expect, test } from "vitest";
import { stringify } from "yaml";

import { folderWith } from "../../testing/files.ts";
import { checkSuite } from "../check-suite.ts";
import { parseSuite } from "../suites.ts";

const options = { A: "同意", B: "说明已过七天期限" };
const plain = { id: "r1", question: "签收八天后要求退货，应当？", options, answer: "B" };
const inWords = {
  id: "r2",
  question: "签收八天后要求退货，应当（甲）同意；（乙）说明：已过七天期限？",
  options,
  answer: "B",
};

/** Where options are hidden, and the items that are told. */
async function hiddenOf(task: object): Promise<readonly (readonly string[])[]> {
  const whole = { id: "t", dimension: ["客服"], grader: { use: "choice" }, ...task };
  const suite = { schema: "suite/1", id: "s", tasks: [whole] };
  const folder = await folderWith({ "s.yaml": stringify(suite) });
  const problems = await checkSuite(await parseSuite(join(folder, "s.yaml")));
  return problems.map(({ place, level, message }) => {
    expect(level).toBe("warning");
    return [place.path, /有 (\d+ 题)带选项（如 \w+）/.exec(message.zh)?.[0] ?? message.zh];
  });
}

test.each([
  [
    "no {{options}}",
    "{{question}}\n只回答字母。",
    [plain],
    [["tasks[0].prompt", "有 1 题带选项（如 r1）"]],
  ],
  [
    "braces that are plain text",
    "{{question}}\n\\{{options}}",
    [plain],
    [["tasks[0].prompt", "有 1 题带选项（如 r1）"]],
  ],
  ["with them", "{{question}}\n{{ options }}\n只回答字母。", [plain], []],
  ["no template of its own", undefined, [plain], []],
  ["options in the question's words", "{{question}}\n只回答字母。", [inWords], []],
  [
    "one of two items",
    "{{question}}\n只回答字母。",
    [inWords, plain],
    [["tasks[0].prompt", "有 1 题带选项（如 r1）"]],
  ],
  ["a built-in prompt", "@material", [{ ...plain, context: ["条例"] }], []],
])("%s", async (_name, prompt, items, found) => {
  expect(await hiddenOf({ ...(prompt === undefined ? {} : { prompt }), items })).toEqual(found);
});

test("each wording for itself, and one that only changes the system prompt shows what the base shows", async () => {
  const task = {
    prompt: "{{question}}\n{{options}}",
    wordings: { terse: "{{question}}只回答字母。", polite: { system: "请客气。" } },
    items: [plain, { ...plain, id: "r3", question: "签收三天呢？" }],
  };
  expect(await hiddenOf(task)).toEqual([["tasks[0].wordings.terse", "有 2 题带选项（如 r1）"]]);
});

test("a turn may choose from what an earlier one showed", async () => {
  const turns = [
    { user: "有两种办法：同意；说明已过七天期限。" },
    { user: "选哪一种？", options, answer: "B" },
  ];
  const prompt = "{{question}}";
  expect(await hiddenOf({ prompt, items: [{ id: "d1", turns }] })).toEqual([]);
  const blind = [{ user: "你好。" }, turns[1]];
  expect(await hiddenOf({ prompt, items: [{ id: "d2", turns: blind }] })).toEqual([
    ["tasks[0].prompt", "有 1 题带选项（如 d2）"],
  ]);
});
