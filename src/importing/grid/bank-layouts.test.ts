import { expect, test } from "vitest";

import type { SheetOf } from "../testing/workbooks.ts";

import { fileOf, rowsOf } from "../testing/rows.ts";
import { doubted, notesOf, told, workbookOf } from "../testing/workbooks.ts";

/** Column names of public banks and of programs that keep such banks; the rows are our own. */
const layouts: readonly {
  readonly bank: string;
  readonly sheet: SheetOf;
  readonly rows: readonly string[];
  readonly doubts?: readonly string[];
}[] = [
  {
    // ilhaha/ted-back, ImportQuestionConstant.java
    bank: "types as numbers that the column's name explains",
    sheet: {
      rows: [
        [
          "问题",
          "题型（0单选，1判断，2多选）",
          "考试人员类型（1-作业人员，2-检验人员）",
          "选项A",
          "选项B",
          "选项C",
          "选项D",
          "答案（多选用英文逗号分隔，如：A,B）",
        ],
        ["吊装前先看什么？", 0, 1, "钢丝绳", "天气预报", "手机", "午饭", "A"],
        ["吊物下可以站人。", 1, 1, null, null, null, null, "错误"],
        ["作业前要确认", 2, 2, "人员", "设备", "环境", "菜单", "A,B,C"],
      ],
    },
    rows: [
      "2 single choice A [钢丝绳|天气预报|手机|午饭]",
      "3 judgement value 错",
      "4 multiple choice ABC [人员|设备|环境|菜单]",
    ],
  },
  {
    // A question bank's data.csv: 题目类型,题干,选项,正确答案,解析,标签,所属题库集
    bank: "English types, options in one cell",
    sheet: {
      rows: [
        ["题目类型", "题干", "选项", "正确答案", "解析", "标签", "所属题库集"],
        ["single", "哪一个是缓存？", "Redis,Nginx,Git,Vim", "A", "内存里的", "缓存,入门", "基础"],
        ["multi", "哪些是编辑器？", "Vim,Emacs,Redis", "A,B", null, null, "基础"],
        ["judge", "HTTP 是无状态的。", " ", true, null, "网络", "基础"],
        ["fill", "TCP 有__次握手，__次挥手。", null, "三;四", null, null, "基础"],
        [
          "essay",
          "简述缓存穿透。",
          null,
          "查不存在的数据，请求每次都落到数据库",
          null,
          null,
          "进阶",
        ],
      ],
    },
    rows: [
      "2 single choice A [Redis|Nginx|Git|Vim]",
      "3 multiple choice AB [Vim|Emacs|Redis]",
      "4 judgement value 对",
      '5 blank json {"空1":"三","空2":"四"}',
      "6 short judge 查不存在的数据，请求每次都落到数据库",
    ],
    doubts: [
      "2 选项是按逗号分开的，选项里面有逗号就分错了",
      "3 选项是按逗号分开的，选项里面有逗号就分错了",
    ],
  },
  {
    // An online exam's template: 题型,题干,选项A…D,答案,分值,解析
    bank: "points, blanks with spellings, open questions without an answer",
    sheet: {
      rows: [
        ["题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "分值", "解析"],
        ["单选", "网线有几芯？", "4 芯", "6 芯", "8 芯", "9 芯", "C", 2, "常见的双绞线"],
        ["多选", "哪些是无线协议？", "Wi-Fi", "蓝牙", "USB", "HDMI", "A|B", 3, "没有线"],
        ["判断", "光纤怕弯折。", null, null, null, null, "对", 1, null],
        ["填空", "IPv6 地址有 ___ 位。", null, null, null, null, "128", 2, null],
        ["填空", "电阻的单位是 ___。", null, null, null, null, "欧姆|Ω", 2, null],
        ["简答", "说说路由器做什么。", null, null, null, null, null, 10, "看理解"],
      ],
    },
    rows: [
      "2 single choice C [4 芯|6 芯|8 芯|9 芯]",
      "3 multiple choice AB [Wi-Fi|蓝牙|USB|HDMI]",
      "4 judgement value 对",
      "5 blank numeric 128",
      "6 blank exact 欧姆",
      "7 跳过：没有答案",
    ],
  },
];

test.each(layouts)("a bank with $bank", async ({ sheet, rows, doubts = [] }) => {
  const found = await rowsOf("xlsx", await workbookOf(sheet));
  expect(told(found)).toEqual(rows);
  expect(doubted(found)).toEqual(doubts);
});

test("CSV with a line for its delimiter, a title, and categories that were merged", async () => {
  const text =
    '\uFEFF"sep=;"\r\n客服题库，2026 版\r\n\r\n一级分类;题型;题目;选项A;选项B;答案\r\n售后;单选;几天内可退？;7 天;30 天;A\r\n;判断;"可以；当然可以";;;√\r\n';
  const found = await rowsOf("csv", await fileOf("题库.csv", text));
  expect(told(found)).toEqual(["5 single choice A [7 天|30 天]", "6 judgement value 对"]);
  expect(notesOf(found)).toEqual([
    "列名在第 4 行，上面 1 行当作标题跳过",
    "？“一级分类”空着的 1 行沿用上面的值（第 6 行）",
  ]);
});

test.each([
  ["tabs, with commas in the text", "题目\t答案\n一、二，三,四？\t4\n五,六？\t2\n", 2],
  ["semicolons below a title with a comma", "题库,2026\n题目;答案\n几个？;4\n几人？;2\n", 2],
  ["sep= with a comma", "sep=,\n题目,答案\n几个？,4\n", 1],
])("CSV of %s", async (_, text, count) => {
  const found = told(await rowsOf("csv", await fileOf("题库.csv", text)));
  expect(found).toHaveLength(count);
  expect(found.at(-1)).toMatch(/number numeric (?:2|4)$/);
});

test("the row of the column names can be named, and must be there", async () => {
  const file = await fileOf("题库.csv", "题目,答案\n旧的？,1\n题干,标答\n新的？,2\n");
  const found = await rowsOf("csv", file, { header_row: 3 });
  expect(told(found)).toEqual(["4 number numeric 2"]);
  await expect(rowsOf("csv", file, { header_row: 9 })).rejects.toThrow(/no row 9/);
});
