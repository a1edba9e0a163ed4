import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";
import { parse } from "yaml";

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

/** The run of five with other facts about its targets. */
const runWith = (name: string, change: (ref: string) => object): string =>
  writeRun(
    folder,
    name,
    fiveTargetLines().map((line) =>
      line.kind === "run"
        ? { ...line, targets: line.targets.map((each) => ({ ...each, ...change(each.ref) })) }
        : line,
    ),
  );

const strict = (vetoes: string): string =>
  write("strict.yaml", `${readFileSync(join(folder, small), "utf8")}vetoes: ${vetoes}\n`);

test("all that is unknown is said at once, with the lines that state it", async () => {
  const own = runWith("own.jsonl", (ref) =>
    ref === "b/solid"
      ? { egress: null, base_url: "https://llm.example.cn/v1", price: null }
      : { price: { currency: "CNY", verified: true, tiers: [{ input: 1, output: 2 }] } },
  );
  const card = strict("{price: true, egress: [境内]}");
  const { code, text } = await choose({ scorecard: card }, [own]);
  expect(code).toBe(0);
  expect(text).toContain("b/solid：不知道数据去哪里；价格未知\n");
  expect(text).toMatch(/^待定 +b\/solid/m);
  const [, lines = ""] = /\n\n(不知道的写明就能排名[^]*?)\n\n/.exec(text) ?? [];
  const [facts, prices, config] = lines.split(/\n?[^\n]*：\n/u).slice(1);
  write("facts.yaml", `${readFileSync(join(folder, card), "utf8")}${facts}\n`);
  write("prices.yaml", `${prices}\n`);
  const stated = await choose({ scorecard: "facts.yaml", prices: "prices.yaml" }, [own]);
  expect(stated.text).not.toMatch(/不知道数据去哪里|价格未知/u);
  expect(stated.text).toMatch(/^2 +b\/solid/m);
  expect(parse(config ?? "")).toEqual({
    providers: {
      b: {
        egress: "境内",
        models: [{ id: "solid", price: { currency: "CNY", tiers: [{ input: 1, output: 2 }] } }],
      },
    },
  });
});

test("an address of this machine or a private network counts as in-house, which is said to be by the address", async () => {
  const own = runWith("house.jsonl", () => ({ egress: null }));
  const passed = await choose({ scorecard: strict("{egress: [内网]}") }, [own]);
  expect(passed.code).toBe(0);
  expect(passed.text).toContain("内网（按地址）");
  expect(passed.text).toContain("按地址：没有人写明，而地址是本机或私有网段，算作内网");
  const refused = await choose({ scorecard: strict("{egress: [境内]}") }, [own]);
  expect(refused.code).toBe(3);
  expect(refused.text).toContain("数据会到内网（按地址），只允许境内");
  const said = runWith("gateway.jsonl", () => ({ egress: "境外" }));
  const stated = await choose({ scorecard: strict("{egress: [内网]}") }, [said]);
  expect(stated.text).toContain("数据会到境外，只允许内网");
});

test("where the data go says the same below as the card's facts, and that a user entered it", async () => {
  const own = runWith("stated.jsonl", () => ({ egress: null }));
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
