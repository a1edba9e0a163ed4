import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";
import { parse } from "yaml";

import { openWorkbook } from "../../files/xlsx.ts";
import { newFolder } from "../testing/command-context.ts";
import { baimoHere } from "../testing/process.ts";

/** A choice, a sum, points for a judge, several turns, generated items, and items and examples in a file of their own. */
const shop = `# Our shop.
schema: suite/1
id: shop
title: 小店客服
tasks:
  - id: refunds
    dimension: [客服, 退款]
    prompt: "{{question}}\\n{{options}}"
    grader: {use: choice}
    items:
      - {id: r1, question: 签收八天后要求无理由退货，应当？, options: {A: 同意, B: 说明已过期限}, answer: B}
  - id: sums
    dimension: [客服, 计费]
    prompt: "{{question}}"
    grader: {use: numeric}
    items: {from: data/sums.jsonl}
    examples: {from: data/sums.dev.jsonl, n: 1, seed: 1}
  - id: replies
    dimension: [客服, 安抚]
    grader: {use: judge, with: {mode: checklist}}
    items:
      - {id: c1, question: 杯子碎了，请回复顾客。, rubric: [道歉, 可以换货]}
  - id: talks
    dimension: [客服, 对话]
    grader: {use: exact}
    items:
      - {id: t1, turns: [{user: 几点开门？, answer: 九点}, {user: 周日呢？, answer: 十点}]}
  - id: days
    dimension: [客服, 日期]
    grader: {use: value, with: {type: date}}
    items: {generate: date, n: 2, seed: 1}
`;

function shopFolder(): string {
  const folder = newFolder();
  mkdirSync(join(folder, "suites", "data"), { recursive: true });
  writeFileSync(join(folder, "suites", "shop.yaml"), shop);
  const row = (id: string, question: string, answer: number) =>
    `${JSON.stringify({ id, question, answer })}\n`;
  const data = join(folder, "suites", "data");
  writeFileSync(join(data, "sums.jsonl"), row("s1", "月费 59 元，三个月共多少元？", 177));
  writeFileSync(join(data, "sums.dev.jsonl"), row("d1", "两个 3 元共多少元？", 6));
  return folder;
}

/** Changes a question as a person does in a spreadsheet. */
async function edit(file: string): Promise<void> {
  const book = await openWorkbook(file);
  const sheet = book.getWorksheet("题目");
  if (sheet === undefined) throw new Error("no sheet of questions");
  const at = sheet.getRow(1).values as readonly unknown[];
  sheet.getRow(2).getCell(at.indexOf("题目")).value = "签收九天后要求无理由退货，应当？";
  await book.xlsx.writeFile(file);
}

/** The command that stands on a line of its own, as its words. */
const commandIn = (text: string): readonly string[] =>
  /^baimo (.+)$/m.exec(text)?.[1]?.split(" ") ?? [];

async function done(folder: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await baimoHere(folder, args);
  expect([args, code, stderr]).toEqual([args, 0, expect.anything()]);
  return stdout + stderr;
}

const runArgs = (suite: string) => [
  "run",
  suite,
  "-m",
  "baseline/random",
  "--reporter",
  "silent",
  "--out",
  `${suite}.jsonl`,
];

test("the command that export prints writes the edited workbook back, and the suite is checked and run under its id", async () => {
  const folder = shopFolder();
  const said = await done(folder, ["export", "suite", "shop", "-o", "mine.xlsx"]);
  expect(said).toContain(
    "改完后写回（YAML 里的注释不保留）：\nbaimo import xlsx mine.xlsx -o suites/shop.yaml --force\n",
  );
  await edit(join(folder, "mine.xlsx"));
  await done(folder, commandIn(said));
  const { id, tasks } = parse(readFileSync(join(folder, "suites/shop.yaml"), "utf8")) as {
    id: string;
    tasks: { id: string; items: { question: string }[] }[];
  };
  expect([id, tasks.length]).toEqual(["shop", 5]);
  expect(tasks[0]?.items[0]?.question).toBe("签收九天后要求无理由退货，应当？");
  await done(folder, ["check", "suites/shop.yaml"]);
  await done(folder, runArgs("shop"));
});

test("under a new name it is a suite of that name, and both are checked and run", async () => {
  const folder = shopFolder();
  await done(folder, ["export", "suite", "shop", "-o", "mine.xlsx"]);
  await edit(join(folder, "mine.xlsx"));
  const said = await done(folder, ["import", "xlsx", "mine.xlsx", "-o", "suites/mine.yaml"]);
  expect(said).toContain("id 改成 mine，因为 shop 已是 suites/shop.yaml 的 id");
  await done(folder, ["check", "suites/shop.yaml", "suites/mine.yaml"]);
  for (const suite of ["mine", "shop"]) await done(folder, runArgs(suite));
  const again = await done(folder, [
    "import",
    "xlsx",
    "mine.xlsx",
    "-o",
    "suites/mine.yaml",
    "--force",
    "--lang",
    "en",
  ]);
  expect(again).toContain("its id is now mine, since shop is that of suites/shop.yaml");
});

test("a new name that cannot be an id is refused where the id is taken, and nothing is written", async () => {
  const folder = shopFolder();
  await done(folder, ["export", "suite", "shop", "-o", "mine.xlsx"]);
  const out = ["-o", "suites/my shop.yaml"];
  const { code, stderr } = await baimoHere(folder, ["import", "xlsx", "mine.xlsx", ...out]);
  expect(code).toBe(2);
  expect(stderr).toContain("文件名 my shop 不能作题集的 id");
  expect(existsSync(join(folder, "suites/my shop.yaml"))).toBe(false);
});

test("a suite that ships stays as it is: the copy has a name of its own", async () => {
  const folder = newFolder();
  const said = await done(folder, ["export", "suite", "starter", "-o", "s.xlsx"]);
  const copy = await done(folder, commandIn(said));
  expect(copy).toContain("id 改成 my-starter");
  await done(folder, ["check", "suites/my-starter.yaml"]);
  await done(folder, ["check", "starter"]);
});
