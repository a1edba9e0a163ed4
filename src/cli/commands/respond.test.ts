import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import type { ResponseTable } from "../../report/clauses/response.ts";
import type { Flags } from "../testing/command-context.ts";

import { openWorkbook } from "../../files/xlsx.ts";
import { measures } from "../../report/clauses/measures/registry.ts";
import { newFolder, runCommand } from "../testing/command-context.ts";
import { command as leaderboard } from "./leaderboard.ts";
import { command } from "./respond.ts";
import { command as run } from "./run.ts";

const folder = newFolder();
const target = "sim/xiliu";
const respond = (flags: Flags, more: Parameters<typeof runCommand>[4] = {}) =>
  runCommand(command, folder, ["a.jsonl"], flags, more);

/** Forty clauses: every measure that a run alone can tell, others of loads and months, and what the user states. */
function fortyClauses(): string {
  const bounds: Readonly<Record<string, string>> = {
    share: "85%",
    time: "3 秒",
    speed: "20 字/秒",
    money: "1 元",
    rate: "20 QPS",
    "at-once": "200 并发",
    "token-speed": "500 tokens/s",
    plain: "0.6",
    count: "0 条",
  };
  const measured = measures.filter(({ id }) => !/^first-answer|^load-/.test(id)).slice(0, 37);
  const lines = measured.map(({ id, name, unit, better }, at) => {
    const mark = at % 4 === 0 ? ", mark: ★" : at % 4 === 1 ? ", mark: ▲" : "";
    const sign = better === "higher" ? "≥" : "≤";
    return `  - {no: "3.${at + 1}"${mark}, requirement: "${name.zh} ${sign} ${bounds[unit] ?? ""}", measure: ${id}, bound: "${sign} ${bounds[unit] ?? ""}"}`;
  });
  const own = ["鲲鹏适配", "等级保护三级", "同类业绩三个"].map(
    (words, at) =>
      `  - {no: "4.${at + 1}", mark: ★, requirement: ${words}${at === 0 ? "" : ", state: 满足, evidence: 附件 7"}}`,
  );
  return `schema: clauses/1\ntitle: 智能客服采购\nclauses:\n${[...lines, ...own].join("\n")}\n`;
}

beforeAll(async () => {
  writeFileSync(join(folder, "c.yaml"), fortyClauses());
  const asked = await runCommand(run, folder, ["starter", "safety"], {
    model: [target],
    limit: "1",
    out: join(folder, "a.jsonl"),
  });
  expect(asked.code).toBe(0);
});

const tableOf = async (flags: Flags = {}): Promise<ResponseTable> =>
  JSON.parse(
    (await respond({ clauses: "c.yaml", format: "json", ...flags })).text,
  ) as ResponseTable;

describe("forty clauses", () => {
  test("as JSON, with the figures of the leaderboard's JSON", async () => {
    const table = await tableOf();
    expect(table).toMatchObject({ schema: "response/1", target, simulated: true });
    expect(table.rows).toHaveLength(40);
    const shown = await runCommand(leaderboard, folder, ["a.jsonl"], { format: "json" });
    const { targets } = JSON.parse(shown.text) as { targets: readonly Record<string, never>[] };
    const [board] = targets;
    const at = (path: string): unknown =>
      path
        .split(".")
        .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], board);
    const value = (id: string) => table.rows.find(({ measure }) => measure?.id === id)?.value;
    for (const [id, path] of [
      ["score", "score.value"],
      ["coverage", "coverage"],
      ["ttft-p50", "first_token_ms.p50.value"],
      ["ttft-p90", "first_token_ms.p90.value"],
      ["e2e-p95", "total_ms.p95.value"],
      ["speed-p50", "speed.p50.value"],
      ["first-try-rate", "first_ok.share"],
      ["cost-per-right", "cost_per.right.amount"],
      ["cost-per-million-tokens", "cost_per.million_tokens.amount"],
    ] as const) {
      expect(at(path), path).toBeTypeOf("number");
      expect(value(id), id).toBe(at(path));
    }
    const claim = at("safety.refuse.claim") as { hits: number; n: number };
    expect(value("refusal-rate")).toBe(claim.hits / claim.n);
    expect(value("accuracy")).toBe(Number(at("verdicts.right")) / Number(at("counted")));
    const available = table.rows.find(({ measure }) => measure?.id === "availability-user");
    expect(available?.value).toBe(1);
    expect(available?.state).toBe("open");
  });

  test.each(["zh", "en"] as const)(
    "for people in %s: terminal at 80 and 160, Markdown, CSV",
    async (lang) => {
      for (const columns of [80, 160]) {
        const { text } = await respond({ clauses: "c.yaml" }, { lang, columns });
        expect(text.split("\n").filter((line) => /^[34]\.\d+ /.test(line))).toHaveLength(40);
      }
      const { text } = await respond({ clauses: "c.yaml", format: "md" }, { lang });
      expect(
        text.split("\n").filter((line) => line.startsWith("| 3.") || line.startsWith("| 4.")),
      ).toHaveLength(40);
      expect(text).toContain(String.raw`a.jsonl \#/board`);
      const csv = await respond({ clauses: "c.yaml", format: "csv" }, { lang });
      expect(csv.text.trim().split("\n")).toHaveLength(41);
      if (lang === "en") {
        const body = text.replaceAll(
          /智能客服采购|用户填写|鲲鹏适配|等级保护三级|同类业绩三个|附件 7/gu,
          "",
        );
        const words = body
          .split("\n")
          .flatMap((line) => line.split("|").filter((_, at) => at !== 3 && at !== 5));
        expect(words.filter((cell) => /\p{Script=Han}/u.test(cell))).toEqual([]);
      }
    },
  );

  test("as a workbook without formulas", async () => {
    await respond({ clauses: "c.yaml", format: "xlsx", out: "r.xlsx" });
    const book = await openWorkbook(join(folder, "r.xlsx"));
    const [sheet, guide] = book.worksheets;
    expect(sheet?.rowCount).toBe(41);
    expect(guide?.getCell("A2").text).toContain("★");
    sheet?.eachRow((row) => row.eachCell((cell) => expect(cell.formula).toBeUndefined()));
  });
});

test("exit codes: a ★ that is missed, nothing measured", async () => {
  const one = (line: string): string => `schema: clauses/1\nclauses:\n  - ${line}\n`;
  writeFileSync(
    join(folder, "m.yaml"),
    one("{no: 1, mark: ★, requirement: 便宜, measure: cost-per-answer, bound: ≤ 0.000001 元}"),
  );
  expect((await respond({ clauses: "m.yaml" })).code).toBe(1);
  writeFileSync(
    join(folder, "u.yaml"),
    one("{no: 1, mark: ★, requirement: 并发, measure: concurrency, bound: ≥ 200 并发}"),
  );
  expect((await respond({ clauses: "u.yaml" })).code).toBe(3);
});

test("the sample is read, and an unknown target is told", async () => {
  writeFileSync(join(folder, "s.yaml"), (await respond({ sample: true })).text);
  const { code, text } = await respond({ clauses: "s.yaml" });
  expect(code).toBe(0);
  expect(text).toContain("3.4.1：没有给出流量文件");
  const wrong = await respond({ clauses: "s.yaml", target: "sim/xilu" });
  expect(wrong).toMatchObject({ code: 2, error: '未知的目标 "sim/xilu"；是否应为 "sim/xiliu"？' });
  expect(readFileSync(join(folder, "s.yaml"), "utf8")).toContain("clauses/1");
  const { text: list } = await respond({ measures: true });
  expect(list.split("\n")).toHaveLength(measures.length + 2);
});
