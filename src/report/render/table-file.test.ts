import { describe, expect, test } from "vitest";

import { widthOf } from "./width.ts";
import { TableFile, publishedRanks, tableFileMarkdown, tableFileTerminal } from "./table-file.ts";

const file = TableFile.parse({
  edition: "2023-11",
  tables: [
    {
      title: "总排行榜",
      columns: ["排名", "模型", "机构", "总分", "客观题", "使用"],
      rows: [
        ["-", "参照一号", "海外", "89.79", "78.18", "API"],
        ["🏅️", "文心", "百度", "74.02", "74.61", "API"],
        ["🥈", "Moonshot", "月之暗面", "72.88", "-", "网页"],
        ["🥉", "Yi-34B-Chat", "零一万物", "71.87", "72.85", "模型"],
        ["4", "BlueLM", "vivo", "67.14", "70.53", "API"],
        ["5", "混元", "腾讯", "66.96", "74.00", "API"],
        ["5", "通义千问2.0(v1030)", "阿里巴巴", "66.94", "75.83", "API"],
        ["7", "ChatGLM3-Turbo", "清华&智谱", "66.50", "71.34", "API"],
        ["-", "参照二号", "海外", "60.62", "", "API"],
      ],
    },
    {
      title: "排错的表",
      columns: ["排名", "模型", "分数"],
      rows: [
        ["1", "甲", 90],
        ["3", "乙", 80],
        ["2", "丙", 70],
        ["", "丁", 60],
      ],
    },
    { title: "没有名次的表", columns: ["模型", "计算"], rows: [["甲", "1.5"]] },
  ],
});
const [total, wrong, bare] = file.tables;
if (total === undefined || wrong === undefined || bare === undefined) throw new Error("tables");

describe("ranks", () => {
  test("medals, ties within 0.03 and models without a rank come out as printed", () => {
    const ranks = publishedRanks(total, 0.03);
    expect(ranks?.map(({ printed }) => printed)).toEqual([null, 1, 2, 3, 4, 5, 5, 7, null]);
    expect(ranks?.map(({ computed }) => computed)).toEqual([null, 1, 2, 3, 4, 5, 5, 7, null]);
  });
  test("an empty rank is computed, a misprint is kept and told", () => {
    expect(publishedRanks(wrong, 0.03)?.map(({ computed }) => computed)).toEqual([1, 2, 3, 4]);
    const text = tableFileTerminal(file, { lang: "zh" });
    expect(text).toContain("乙：原表名次 3，按分数是 2");
    expect(text).toMatch(/^4 +丁/m);
  });
  test("a table without ranks has none", () => {
    expect(publishedRanks(bare, 0.03)).toBeNull();
  });
});

test("terminal: columns aligned, narrow ones left out", () => {
  const text = tableFileTerminal({ tables: [total] }, { lang: "zh", width: 60 });
  const lines = text.split("\n").slice(2, 13);
  expect(lines[0]).toBe("排名  模型                机构        总分  客观题  使用");
  expect(lines[3]).toBe("🥇    文心                百度       74.02   74.61  API");
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(60);
  const narrow = tableFileTerminal({ tables: [total] }, { lang: "zh", width: 36 });
  expect(narrow).not.toContain("使用");
  expect(narrow).toContain("66.94");
});

test("Markdown: missing cells are a dash", () => {
  const text = tableFileMarkdown({ tables: [total] }, { lang: "zh" });
  expect(text).toContain("| 🥈 | Moonshot | 月之暗面 | 72.88 | — | 网页 |");
});
