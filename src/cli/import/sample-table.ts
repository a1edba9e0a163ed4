import { writeFile } from "node:fs/promises";

import type { Text } from "../../domain/text.ts";

import { renderXlsx } from "../../report/render/xlsx.ts";

/**
 * Writes a table with a question of each everyday type, in the columns that `import xlsx` knows and reads as it stands. Rejects
 * where the file exists.
 */
export async function writeSampleTable(file: string): Promise<void> {
  const bytes = await renderXlsx("题目", { columns, rows: questions }, guide);
  await writeFile(file, bytes, { flag: "wx" });
}

const columns = [
  { title: "编号", width: 8 },
  { title: "题型", width: 8 },
  { title: "题目", width: 56 },
  { title: "A", width: 16 },
  { title: "B", width: 16 },
  { title: "C", width: 16 },
  { title: "D", width: 16 },
  { title: "答案", width: 28 },
  { title: "评分要点", width: 36 },
  { title: "分类", width: 14 },
];

/** Of a shop, as those of the README are. */
const questions = [
  [
    "1",
    "单选",
    "本店规定签收七天内可无理由退货。顾客签收第八天要求无理由退货，客服应当？",
    "马上同意",
    "说明已过七天期限",
    "让顾客自己联系快递",
    "不予理会",
    "B",
    "",
    "客服/退款",
  ],
  [
    "2",
    "多选",
    "顾客申请换货，客服应当核实哪些情况？",
    "订单号",
    "顾客的婚姻状况",
    "商品照片",
    "签收日期",
    "ACD",
    "",
    "客服/退款",
  ],
  [
    "3",
    "判断",
    "本店承诺质量问题十五天内换货，签收十天发现质量问题可以换货。",
    "",
    "",
    "",
    "",
    "对",
    "",
    "客服/退款",
  ],
  [
    "4",
    "填空",
    "本店发票由____部门开具（店规：开票归财务部门）。",
    "",
    "",
    "",
    "",
    "财务",
    "",
    "客服/流程",
  ],
  ["5", "计算", "月费 59 元，三个月共多少元？", "", "", "", "", "177", "", "客服/计费"],
  [
    "6",
    "简答",
    "顾客说收到的杯子碎了，很生气。请写一条回复。",
    "",
    "",
    "",
    "",
    "",
    "1. 道歉；2. 说明可以换货或退款；3. 请顾客提供照片",
    "客服/安抚",
  ],
];

const guide: readonly Text[] = [
  {
    zh: "一行一题，换成自己的题，不用的列可以删。必需的只有“题目”和“答案”；简答题写“评分要点”（各条一样重）的，可以不写答案。",
    en: "One question a row: put in your own, and take out columns that you need not. Only 题目 (question) and 答案 (answer) are needed; a short answer with 评分要点 (points, all of one weight) may go without an answer.",
  },
  {
    zh: "存好之后：baimo import xlsx 文件.xlsx -o suites/mine.yaml",
    en: "Then: baimo import xlsx FILE.xlsx -o suites/mine.yaml",
  },
];
