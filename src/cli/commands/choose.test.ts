import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { openWorkbook } from "../../files/xlsx.ts";
import { fiveTargetLines } from "../../report/choose/testing/five-targets.ts";
import { call } from "../testing/call.ts";
import { newFolder, runCommand, writeRun } from "../testing/command-context.ts";
import { command } from "./choose.ts";
import { command as cost } from "./cost.ts";

const folder = newFolder();
const file = writeRun(folder, "a.jsonl", fiveTargetLines());
const choose = (flags: Parameters<typeof runCommand>[3], runs = [file]) =>
  runCommand(command, folder, runs, flags);
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const small = write(
  "card.yaml",
  "schema: scorecard/1\ngroups: [{name: 全部, criteria: [{use: effect, weight: 1, points: {worst: 50, best: 100}}]}]\n",
);

test("the sample is a card that works, and says what it could not measure", async () => {
  const { text: sample } = await choose({ sample: true }, []);
  const { text: traffic } = await runCommand(cost, folder, [], { sample: true });
  write("sample.yaml", `${sample}\n`);
  write("traffic.yaml", `${traffic}\n`);
  const { code, text } = await choose({ scorecard: "sample.yaml", traffic: "traffic.yaml" });
  expect(code).toBe(3);
  expect(text).toMatch(/a\/strong：.*价格未知/u);
  const priced = sample.replace("price: true", "price: false");
  write("sample.yaml", `${priced}\n`);
  const without = await choose({ scorecard: "sample.yaml" });
  expect(without.code).toBe(0);
  expect(without.text).toContain(
    "每月费用：谁都没有测（没有给 --traffic，算不出每月费用），不计分",
  );
  expect(without.text).toContain("数据去向：什么发到了哪里");
});

test("JSON is whole, and two runs with the same target count it once", async () => {
  const { text } = await choose({ scorecard: small, json: true }, [file, file]);
  const { targets } = JSON.parse(text) as {
    targets: { target: string; total: number | null; state: string }[];
  };
  expect(targets.map(({ target, total }) => [target, total])).toEqual([
    ["a/strong", expect.closeTo(0.8, 9)],
    ["b/solid", expect.closeTo(0.7, 9)],
    ["d/middle", expect.closeTo(0.6, 9)],
    ["c/cheap", expect.closeTo(0.4, 9)],
    ["e/rash", null],
  ]);
});

test("the workbook holds formulas with their results, and the page the conclusion", async () => {
  const { code } = await choose({ scorecard: small, xlsx: "c.xlsx", report: "c.html" });
  expect(code).toBe(0);
  const book = await openWorkbook(join(folder, "c.xlsx"));
  const sheet = book.getWorksheet("评分");
  expect(sheet?.getCell("J8").value).toMatchObject({
    formula: expect.stringContaining("SUMPRODUCT($H$7:$H$7,J7:J7)"),
    result: expect.closeTo(80, 9),
  });
  expect(sheet?.getCell("J7").value).toMatchObject({
    formula: expect.stringContaining("($I7-$D7)/($E7-$D7)"),
  });
  expect(book.worksheets.map(({ name }) => name)).toEqual([
    "评分",
    "总分",
    "各项",
    "权重敏感性",
    "数据去向",
    "说明",
  ]);
  expect(readFileSync(join(folder, "c.html"), "utf8")).toContain('"view":"choose"');
});

test("where data go unknown, the key and its place are named", async () => {
  const lines = fiveTargetLines().map((line) =>
    line.kind === "run"
      ? { ...line, targets: line.targets.map((each) => ({ ...each, egress: null })) }
      : line,
  );
  const own = writeRun(folder, "own.jsonl", lines);
  const card = write(
    "strict.yaml",
    `${readFileSync(join(folder, small), "utf8")}vetoes: {egress: [内网]}\n`,
  );
  const { code, text } = await choose({ scorecard: card }, [own]);
  expect(code).toBe(3);
  const unwrapped = text.replaceAll(/\s*\n\s*/g, " ");
  expect(unwrapped).toContain("在 baimo.yaml 的 providers.a 写 egress: …，对以后的运行有效");
  expect(unwrapped).toContain("facts（{target: a/strong, egress: …");
});

test("where the data go says the same below as the card's facts, and that a user entered it", async () => {
  const lines = fiveTargetLines().map((line) =>
    line.kind === "run"
      ? { ...line, targets: line.targets.map((each) => ({ ...each, egress: null })) }
      : line,
  );
  const own = writeRun(folder, "stated.jsonl", lines);
  const card = write(
    "stated.yaml",
    `${readFileSync(join(folder, small), "utf8")}vetoes: {egress: [内网]}\nfacts: [{target: "*", egress: 内网, source: 机房合同, read: 2026-11-01}]\n`,
  );
  const { code, text } = await call(command, {
    cwd: folder,
    args: [own],
    values: { scorecard: card },
    columns: 300,
  });
  expect(code).toBe(0);
  const [, egress = ""] = text.split("数据去向：什么发到了哪里");
  expect(egress).toMatch(/内网 .*机房合同 \(2026-11-01, 用户填写，未核实\)/u);
});

test("an English card says the places in English, and is answered so", async () => {
  const card = write(
    "english.yaml",
    [
      "schema: scorecard/1",
      "vetoes: {egress: [in-house, mainland]}",
      "facts: [{target: b/solid, egress: abroad, source: a letter, read: 2026-11-01}]",
      "groups: [{name: All, criteria: [{use: effect, weight: 1, points: {worst: 50, best: 100}}]}]",
    ].join("\n"),
  );
  const { text } = await call(command, {
    cwd: folder,
    lang: "en",
    args: [file],
    values: { scorecard: card },
  });
  expect(text).toContain(
    "where the data go: abroad (entered by the user, unverified); allowed: in-house, mainland",
  );
  expect(text).not.toMatch(/内网|境内|境外/u);
});
