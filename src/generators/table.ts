import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { defineGenerator } from "../generating/generator.ts";
import { goods } from "../generating/words.ts";

type Sales = readonly { readonly name: string; readonly cells: readonly number[] }[];
const months = ["一月", "二月", "三月", "四月", "五月", "六月"];

/** A Markdown table of sales: sums, differences and counts over several cells. */
export const generator = defineGenerator({
  id: "table",
  version: "1",
  title: { zh: "表格阅读", en: "table reading" },
  grader: "numeric",
  options: z.strictObject({
    rows: z.int().min(2).max(20).default(6),
    columns: z.int().min(2).max(6).default(4),
  }),
  levels: [
    { rows: 2, columns: 2, floor: 0.05 },
    { rows: 3, columns: 3, floor: 0.03 },
    { rows: 4, columns: 4, floor: 0.025 },
    { rows: 6, columns: 4, floor: 0.02 },
    { rows: 8, columns: 5, floor: 0.015 },
    { rows: 10, columns: 6, floor: 0.01 },
    { rows: 12, columns: 6, floor: 0.01 },
    { rows: 15, columns: 6, floor: 0.01 },
    { rows: 18, columns: 6, floor: 0.01 },
    { rows: 20, columns: 6, floor: 0.01 },
  ].map(({ floor, ...options }) => ({ options, floor })),
  make: (draw, { rows, columns }): Made => {
    const table = draw
      .sample(goods, rows)
      .map((name) => ({ name, cells: Array.from({ length: columns }, () => draw.int(11, 989)) }));
    const { question, answer } = draw.pick(kinds)(draw, table);
    return {
      question: `下表是某店各种货物每月卖出的件数。\n${markdown(table, columns)}\n${question}`,
      answer,
    };
  },
});

type Asked = { readonly question: string; readonly answer: number };
const kinds: readonly ((draw: Draw, table: Sales) => Asked)[] = [
  rowSum,
  columnSum,
  difference,
  above,
];

function rowSum(draw: Draw, table: Sales): Asked {
  const { name, cells } = draw.pick(table);
  return { question: `${name}一共卖出多少件？`, answer: sum(cells) };
}

function columnSum(draw: Draw, table: Sales): Asked {
  const month = draw.int(0, (table[0]?.cells.length ?? 1) - 1);
  const answer = sum(table.map(({ cells }) => cells[month] ?? 0));
  return { question: `${months[month] ?? ""}一共卖出多少件货物？`, answer };
}

function difference(draw: Draw, table: Sales): Asked {
  const month = draw.int(0, (table[0]?.cells.length ?? 1) - 1);
  const column = table.map(({ cells }) => cells[month] ?? 0);
  const answer = Math.max(...column) - Math.min(...column);
  return { question: `${months[month] ?? ""}卖得最多的货物比卖得最少的多几件？`, answer };
}

function above(draw: Draw, table: Sales): Asked {
  const limit = draw.int(2, 8) * 100;
  const answer = table.flatMap(({ cells }) => cells).filter((cell) => cell > limit).length;
  return { question: `表中超过 ${limit} 件的数据一共有几个？`, answer };
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

function markdown(table: Sales, columns: number): string {
  const head = ["货物", ...months.slice(0, columns)];
  const lines = [head, head.map(() => "---"), ...table.map(({ name, cells }) => [name, ...cells])];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
