import { expect, test } from "vitest";

import type { ImportSettings } from "../importer.ts";

import { rowsOf } from "../testing/rows.ts";
import { doubted, notesOf, type SheetOf, told, workbookOf } from "../testing/workbooks.ts";

type Case = {
  readonly shape: string;
  readonly sheets: readonly SheetOf[];
  readonly told?: Partial<ImportSettings>;
  /** Every row, as `told` writes it. */
  readonly rows: readonly string[];
  readonly doubts?: readonly string[];
  readonly notes?: readonly string[];
};

const four = ["选项A", "选项B", "选项C", "选项D"];

const cases: readonly Case[] = [
  {
    shape: "titles, a blank row, merged categories, totals and a remark at the end",
    sheets: [
      {
        rows: [
          ["供水集团客服岗位应知应会题库", ...Array.from({ length: 8 }, () => null)],
          ["编制：培训中心　版本：3.2", ...Array.from({ length: 8 }, () => null)],
          [],
          ["序号", "一级分类", "题型*", "题干（必填）", ...four, "正确答案："],
          [1, "抄表", "单选题", "水表多久检定一次？", "两年", "四年", "六年", "八年", "Ｃ"],
          [2, null, "单选题", "夜间抢修电话几位？", "5", "6", "7", "8", "Ａ．5"],
          [3, "缴费", "多选题", "可以代扣水费的有", "银行卡", "微信", "支付宝", "现金", "A，B；C"],
          [4, null, "判断题", "欠费可以不通知直接停水。", null, null, null, null, "×"],
          ["合计", null, null, 4],
          ["注：本题库严禁外传"],
        ],
        merges: ["A1:I1", "A2:I2", "B5:B6", "B7:B8", "A10:I10"],
      },
    ],
    rows: [
      "5 single choice C [两年|四年|六年|八年]",
      "6 single choice A [5|6|7|8]",
      "7 multiple choice ABC [银行卡|微信|支付宝|现金]",
      "8 judgement value 错",
      "9 跳过：合计行",
      "10 跳过：整行只有一段文字，不像题目",
    ],
    notes: ["列名在第 4 行，上面 2 行当作标题跳过"],
  },
  {
    shape: "parts with titles of their own in one sheet, each with its own column names",
    sheets: [
      {
        rows: [
          ["题号", "题目", "A", "B", "C", "答案"],
          ["一、单项选择题（每题 2 分）"],
          [1, "营业厅几点开门？", "8:00", "8:30", "9:00", "B"],
          [2, "值班表由谁排？", "班长", "员工", "客户", "A"],
          ["题号", "题目", "A", "B", "C", "答案"],
          ["二、多项选择题"],
          [3, "交接班要交接", "钥匙", "台账", "私事", "AB"],
          ["三、判断题（每题 1 分，对的打√）"],
          ["题号", "题目", "答案"],
          [4, "监控录像可以随便拷贝。", "错"],
          ["四、简答题"],
          ["题号", "题目", "答案", "评分要点"],
          [
            5,
            "停电时怎样疏散客户？",
            "打开应急照明，引导客户从最近的出口离开，清点人数",
            "①照明②引导③清点",
          ],
        ],
      },
    ],
    rows: [
      "3 single choice B [8:00|8:30|9:00]",
      "4 single choice A [班长|员工|客户]",
      "7 multiple choice AB [钥匙|台账|私事]",
      "10 judgement value 错",
      "13 short judge 打开应急照明，引导客户从最近的出口离开，清点人数",
    ],
    notes: ["重复的列名（第 5 行）略去"],
  },
  {
    shape: "a sheet for each type, a guide, a knowledge base and a hidden sheet",
    sheets: [
      { name: "填写说明", rows: [["请按列名填写，一行一题"]] },
      {
        name: "单选题",
        rows: [
          ["题干", ...four, "答案"],
          ["绿灯亮时应当？", "走", "停", "退", "等", "A"],
        ],
      },
      { name: "判断题", rows: [["标题行"], ["题干", "答案"], ["黄灯亮时要加速。", "F"]] },
      {
        name: "填空",
        rows: [
          ["题目", "答案"],
          ["限速____公里，超速____罚款。", "60；一律"],
        ],
      },
      {
        name: "知识库",
        rows: [
          ["文档编号", "标题", "正文"],
          ["K1", "灯", "红灯停"],
        ],
      },
      {
        name: "旧题",
        rows: [
          ["题干", "答案"],
          ["作废", "A"],
        ],
        state: "hidden",
      },
    ],
    rows: [
      "单选题!2 single choice A [走|停|退|等]",
      "判断题!3 judgement value 错",
      '填空!2 blank json {"空1":"60","空2":"一律"}',
    ],
    notes: ["工作表“知识库”没有题目列，没有读", "隐藏的工作表没有读：旧题"],
  },
  {
    shape: "options inside the question, in one cell, with letters of their own",
    sheets: [
      {
        rows: [
          ["题型", "题目内容", "选项", "正确选项"],
          ["单选", "洗手要多久？A.5秒 B.10秒 C.20秒 D.1分钟", null, "C"],
          ["单选", "戴手套之前（　）\nA、洗手\nB、吃饭\nC、喝水", null, "A"],
          ["单选", "冷藏温度是", "A.0℃至8℃\nB.10℃至15℃\nC.常温", "A"],
          ["多选", "要丢弃的是", "（A）过期的（B）发霉的（C）完好的", "A、B"],
          ["单选", "记录保存多久", "一年|两年|三年", "B.两年"],
          ["单选", "负责人是谁", "店长,厨师,客人", "A"],
          ["单选题", "没有选项的题", null, "B"],
          ["单选", "字母与内容不符", "甲|乙", "A.乙"],
          ["单选", "单选有两个答案", "甲|乙|丙", "AC"],
        ],
      },
    ],
    rows: [
      "2 single choice C [5秒|10秒|20秒|1分钟]",
      "3 single choice A [洗手|吃饭|喝水]",
      "4 single choice A [0℃至8℃|10℃至15℃|常温]",
      "5 multiple choice AB [过期的|发霉的|完好的]",
      "6 single choice B [一年|两年|三年]",
      "7 single choice A [店长|厨师|客人]",
      "8 跳过：选择题没有选项",
      "9 跳过：答案“A.乙”的字母与选项内容对不上",
      "10 跳过：题型是单选，答案却有 2 个选项（AC）",
    ],
    doubts: ["7 选项是按逗号分开的，选项里面有逗号就分错了"],
  },
  {
    shape: "true or false in every notation",
    sheets: [
      {
        rows: [
          ["题型", "题目", "A", "B", "标准答案", "解析"],
          ["判断", "雨天要减速。", null, null, "√", "安全第一"],
          ["判断题", "雾天可以开远光灯。", null, null, "×"],
          ["是非题", "雪天要保持车距。", null, null, "T"],
          ["判断", "酒后可以开车。", null, null, "错误。"],
          ["判断", "疲劳时应当休息。", "正确", "错误", "A"],
          ["判断", "可以闯红灯。", "对", "错", "错"],
          ["判断", "要系安全带。", null, null, true],
          ["判断", "车窗可以抛物。", null, null, 0],
          ["判断", "读不出来的题。", null, null, "见上"],
          ["判断", "要礼让行人。（√）", null, null, null],
        ],
      },
    ],
    rows: [
      "2 judgement value 对",
      "3 judgement value 错",
      "4 judgement value 对",
      "5 judgement value 错",
      "6 judgement value 对",
      "7 judgement value 错",
      "8 judgement value 对",
      "9 judgement value 错",
      "10 跳过：判断题的答案“见上”读不出对错",
      "11 judgement value 对",
    ],
    doubts: ["9 判断题的答案写作 1、0，按 1 为对、0 为错"],
  },
  {
    shape: "one blank and several",
    sheets: [
      {
        rows: [
          ["题型", "题目", "答案"],
          ["填空", "每人每天发____瓶水。", "2"],
          ["填空题", "总部在____。", "杭州/杭州市"],
          ["填空题", "月费____元，含____分钟，超出按____计。", "(1)59 (2)200 (3)分钟"],
          ["填空题", "首站是（　　），末站是（　　）。", "东门\n西门"],
          ["填空题", "颜色有____和____。", "红、绿、蓝"],
          ["填空题", "客服热线是______。", "'010-8888"],
          ["填空题", "口号是____。", "安全第一；预防为主"],
        ],
      },
    ],
    rows: [
      "2 blank numeric 2",
      "3 blank exact 杭州",
      '4 blank json {"空1":"59","空2":"200","空3":"分钟"}',
      '5 blank json {"空1":"东门","空2":"西门"}',
      "6 blank judge 红、绿、蓝",
      "7 blank exact 010-8888",
      "8 blank exact 安全第一；预防为主",
    ],
    doubts: ["6 题干有 2 个空，答案的个数对不上", "8 题干有 1 个空，答案的个数对不上"],
  },
  {
    shape: "calculations, short answers and cases with points, explanations and passages",
    sheets: [
      {
        rows: [
          ["题型", "案例材料", "题目", "参考答案", "评分标准", "答案解析"],
          ["计算题", null, "每度 0.5 元，用 120 度，共多少元？", "60元", null, "0.5×120"],
          ["简答题", null, "退款几天到账？", "7 天", null, null],
          [
            "简答题",
            null,
            "怎样安抚客户？",
            "先倾听，再道歉，然后给出办法",
            "1.倾听；2.道歉；3.办法",
            null,
          ],
          ["案例分析", "王女士三次报修未果。", "应当怎样处理？", "升级并限时回复", null, "有规定"],
          ["案例分析", null, "上述材料中客户的诉求是什么？", "修好并解释原因", null, null],
          ["论述题", null, "谈谈服务意识。", null, "有观点\n有例子", null],
          ["简答题", null, "没有答案也没有要点。", null, null, null],
          ["排序题", null, "排出先后：①回访②核实③安抚", "③-②-①", null, null],
        ],
      },
    ],
    rows: [
      "2 calculation numeric 60元",
      "3 short judge 7 天",
      "4 short judge 先倾听，再道歉，然后给出办法",
      "5 case judge 升级并限时回复",
      "6 case judge 修好并解释原因",
      "7 short judge —",
      "8 跳过：没有答案",
      "9 order exact ③②①",
    ],
    doubts: ["6 题目要看材料而材料是空的，用了上面最近的一段"],
  },
  {
    shape: "column names in two rows, red lines, difficulty and source",
    sheets: [
      {
        rows: [
          [
            "编号",
            "分类",
            null,
            "题干",
            "选项",
            null,
            null,
            "答案",
            "是否红线",
            "难度",
            "来源",
            "出题人",
          ],
          [null, "一级", "二级", null, "A", "B", "C", null, null, null, null, null],
          [
            "Q-1",
            "合规",
            "保密",
            "客户资料能外传吗？",
            "能",
            "不能",
            "看情况",
            "B",
            "是",
            "易",
            "制度3.1",
            "老李",
          ],
          [
            "Q-2",
            "合规",
            "保密",
            "谁能看档案？",
            "任何人",
            "经办人",
            "路人",
            "B",
            "否",
            "中",
            null,
            null,
          ],
          [
            "Q-3",
            "合规",
            "廉洁",
            "可以收礼吗？",
            "可以",
            "不可以",
            "小额可以",
            "B",
            "大概",
            null,
            null,
            null,
          ],
        ],
        merges: ["B1:C1", "E1:G1", "A1:A2", "D1:D2", "H1:H2"],
      },
    ],
    rows: [
      "3 choice choice B [能|不能|看情况]",
      "4 choice choice B [任何人|经办人|路人]",
      "5 跳过：读不懂是否红线：“大概”；请写“是”或“否”",
    ],
    notes: ["没有用到的列：出题人"],
  },
  {
    shape: "numbers as texts and as a spreadsheet shows them",
    sheets: [
      {
        rows: [
          ["题目", "答案"],
          ["编号从几开始？", 7],
          ["折扣是多少？", 0.35],
          ["两数之和是多少？", { formula: "0.1+0.2", result: 0.1 + 0.2 }],
          [
            "面积是多少？",
            { richText: [{ text: "10" }, { font: { vertAlign: "superscript" }, text: "2" }] },
          ],
          ["哪一场？", new Date("2026-03-04T00:00:00Z")],
          ["卡号是多少？", 6222020200112233],
          ["几位？", "１２"],
          ["没算出来？", { formula: "A1+1" }],
        ],
        formats: { B2: "0000", B3: "0%" },
      },
    ],
    rows: [
      "2 text exact 0007",
      "3 number numeric 35%",
      "4 number numeric 0.3",
      "5 number numeric 10²",
      "6 text exact 2026-03-04",
      "7 number numeric 6222020200112233",
      "8 number numeric １２",
      "9 跳过：公式没有保存结果",
    ],
    doubts: [
      "6 单元格是日期，可能是 Excel 把 1-2、3/4 一类的文字改成了日期",
      "7 数字超过 15 位，Excel 只保留 15 位，后面的可能已经不对",
    ],
  },
  {
    shape: "hidden rows and columns, pictures, questions about pictures, unknown types",
    sheets: [
      {
        rows: [
          ["题型", "题目", "备选答案A", "备选答案B", "标准答案", "别的答案"],
          ["单选", "看得见的题", "甲", "乙", "A"],
          ["单选", "隐藏的题", "甲", "乙", "B"],
          ["单选", "有图的题", "甲", "乙", "B"],
          ["单选", "如图所示，是哪一个？", "甲", "乙", "A"],
          ["连线题", "把左右连起来", null, null, "1-b,2-a"],
          ["单选", "选项一样的题", "甲", "甲", "A"],
        ],
        hiddenRows: [3],
        hiddenColumns: ["E"],
        pictures: [4],
      },
    ],
    rows: [
      "2 single choice A [甲|乙]",
      "3 single choice B [甲|乙]",
      "4 single choice B [甲|乙]",
      "5 single choice A [甲|乙]",
      "6 text exact 1-b,2-a",
      "7 single choice A [甲|甲]",
    ],
    doubts: [
      "3 这一行在表里是隐藏的，照常导入了",
      "4 这一行有图片，没有导入",
      "5 题干提到图、附件或音频，表里没有",
      "6 认不出题型“连线题”，按答案的样子处理",
      "7 有两个选项内容相同",
    ],
    notes: ["隐藏的列（E）照常读取", "没有用到的列：别的答案"],
  },
  {
    shape: "an option in each row below a merged question",
    sheets: [
      {
        rows: [
          ["题库导出"],
          ["题目", "选项内容", "是否正确", "分类"],
          ["哪一种是可回收物？", "废纸", "是", "环保"],
          [null, "果皮", "否", null],
          [null, "电池", "否", null],
          ["有害垃圾有哪些？", "灯管", "1", "环保"],
          [null, "纸箱", "0", null],
          [null, "药品", "1", null],
        ],
        merges: ["A3:A5", "A6:A8"],
      },
    ],
    rows: ["3 choice choice A [废纸|果皮|电池]", "6 choice choice AC [灯管|纸箱|药品]"],
    notes: ["列名在第 2 行，上面 1 行当作标题跳过", "一行一个选项，同一题的各行相邻"],
  },
  {
    shape: "lettered options in rows, with the answer in the first of them",
    sheets: [
      {
        rows: [
          ["题号", "题型", "题目", "选项编号", "选项内容", "答案"],
          [1, "单选题", "纪要几日内发出？", "A", "1日", "C"],
          [null, null, null, "B", "2日", null],
          [null, null, null, "C", "3日", null],
          [2, "多选题", "会前要做什么？", "A", "发通知", "AB"],
          [null, null, null, "B", "备材料", null],
          [3, "判断题", "会议可以不记录。", null, null, "错误"],
        ],
      },
    ],
    rows: [
      "2 single choice C [1日|2日|3日]",
      "5 multiple choice AB [发通知|备材料]",
      "7 judgement value 错",
    ],
  },
  {
    shape: "a service desk's phrases with points and a veto",
    sheets: [
      {
        rows: [
          ["业务大类", "业务小类", "客户问题", "标准话术", "得分要点（每点5分）", "是否一票否决"],
          [
            "宽带",
            "故障",
            "断网怎么办？",
            "请先重启光猫，仍不行我为您报修。",
            "1、重启\n2、报修",
            "否",
          ],
          ["移动", "套餐", "流量每GB多少钱？", "5元", null, "是"],
        ],
      },
    ],
    rows: ["2 short judge 请先重启光猫，仍不行我为您报修。", "3 number numeric 5元"],
  },
  {
    shape: "no column names at all, and golds in the questions' own brackets",
    sheets: [
      {
        rows: [
          ["取件码几位？（ B ）", "4", "6", "8"],
          ["保管费由谁付？（A）", "客户", "快递员", "没有人"],
        ],
      },
    ],
    told: { header_row: 0, columns: { question: "列A", A: "列B", B: "列C", C: "列D" } },
    rows: ["1 choice choice B [4|6|8]", "2 choice choice A [客户|快递员|没有人]"],
  },
];

test.each(cases)(
  "a workbook with $shape",
  async ({ sheets, told: settings = {}, rows, doubts = [], notes = [] }) => {
    const found = await rowsOf("xlsx", await workbookOf(...sheets), settings);
    expect(told(found)).toEqual(rows);
    expect(doubted(found)).toEqual(doubts);
    expect(notesOf(found)).toEqual(expect.arrayContaining([...notes]));
  },
);
