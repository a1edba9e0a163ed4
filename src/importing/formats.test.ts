import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { describe, expect, test } from "vitest";

import { importerIds, loadImporter } from "./importer.ts";
import { fileOf, lines, outcome, rowsOf } from "./testing/rows.ts";

test("every file is an importer whose id is its name", async () => {
  for (const id of importerIds()) expect((await loadImporter(id)).id).toBe(id);
  await expect(loadImporter("cmlu")).rejects.toThrow(/did you mean "cmmlu"/);
});

describe("published formats, in the shapes that they come in", () => {
  test("AGIEval: letters, lists of letters, and cloze", async () => {
    const file = await fileOf(
      "gaokao-physics.jsonl",
      lines(
        {
          passage: null,
          question: "光速最大的是？",
          options: ["(A)真空中", "(B)水中"],
          label: "A",
          other: { source: "自拟" },
        },
        {
          passage: "短文",
          question: "哪些是矢量？",
          options: ["(A)力", "(B)质量", "(C)速度"],
          label: ["C", "A"],
        },
        { passage: null, question: "一加一等于几？", options: null, label: null, answer: "2" },
        { passage: null, question: "选哪个？", options: ["(A)甲", "(C)丙"], label: "B" },
      ),
    );
    const dimension = ["AGIEval", "gaokao-physics"];
    expect(outcome(await rowsOf("agieval", file))).toEqual([
      {
        id: "r000001",
        question: "光速最大的是？",
        options: { A: "真空中", B: "水中" },
        answer: "A",
        source: "自拟",
        use: "choice",
        dimension,
      },
      {
        id: "r000002",
        context: "短文",
        question: "哪些是矢量？",
        options: { A: "力", B: "质量", C: "速度" },
        answer: "AC",
        use: "choice",
        dimension,
      },
      { id: "r000003", question: "一加一等于几？", answer: "2", use: "math", dimension },
      { row: 4, reason: "答案“B”不是选项 A、C 之一" },
    ]);
  });

  test("GAOKAO-Bench: one object, an array under `example`, one answer or several", async () => {
    const example = [
      {
        year: "2020",
        category: "（自拟）",
        question: "1. 选出偶数（ ）\nA. 1  B. 2\nC. 3  D. 5\n",
        answer: ["B"],
        index: 0,
        score: 5,
      },
      {
        year: "2021",
        category: "（自拟）",
        question: "读短文，回答 1、2 题。",
        answer: ["C", "A"],
        index: 1,
        score: 3,
      },
      {
        year: "2022",
        category: "（自拟）",
        question: "填空：x=____",
        answer: "$3$\n",
        index: 2,
        score: 5,
      },
      {
        year: "2022",
        category: "（自拟）",
        question: "赏析这首诗。",
        answer: "（1）写景。\n（2）抒情。",
        index: 3,
        score: 8,
      },
      { year: "2022", category: "（自拟）", question: "没有答案", answer: [], index: 4, score: 8 },
    ];
    const file = await fileOf(
      "Test_MCQs.json",
      JSON.stringify({ keywords: "Test_MCQs", example }, null, 1),
    );
    const found = outcome(await rowsOf("gaokao-bench", file));
    expect(found).toMatchObject([
      {
        question: "1. 选出偶数（ ）",
        options: { A: "1", B: "2", C: "3", D: "5" },
        answer: "B",
        points: 5,
        use: "choice",
      },
      { answers: ["C", "A"], use: "choice" },
      { answer: "$3$", use: "exact" },
      { reference: "（1）写景。\n（2）抒情。", use: "open" },
      { row: 5, reason: "没有答案" },
    ]);
  });

  test("CMATH and its distractors", async () => {
    const file = await fileOf(
      "cmath.jsonl",
      lines(
        { grade: 3, input: "8 乘 7 等于几？", golden: "56", reasoning_step: 1, num_digits: 1 },
        {
          input: "有两只猫。8 乘 7 等于几？",
          original: "8 乘 7 等于几？",
          golden: "56",
          distractor: 1,
        },
      ),
    );
    expect(outcome(await rowsOf("cmath", file))).toEqual([
      {
        id: "r000001",
        question: "8 乘 7 等于几？",
        answer: "56",
        difficulty: 1,
        use: "numeric",
        dimension: ["数学推理", "小学应用题", "3 年级"],
      },
      {
        id: "r000002",
        question: "有两只猫。8 乘 7 等于几？",
        answer: "56",
        cluster: "8 乘 7 等于几？",
        use: "numeric",
        dimension: ["数学推理", "干扰条件", "干扰 1 条"],
      },
    ]);
  });

  test.each([
    [
      "nested",
      {
        data: [
          {
            paragraphs: [
              {
                id: "P1",
                context: "王家有三口人。",
                qas: [
                  {
                    id: "Q1",
                    question: "王家有几口人？",
                    answers: [{ text: "三口" }, { text: "三" }, { text: "三口" }],
                  },
                  { id: "Q2", answers: [{ text: "x" }] },
                ],
              },
            ],
          },
        ],
      },
    ],
    [
      "flat",
      [
        {
          context_id: "P1",
          context_text: "王家有三口人。",
          qas: [
            { query_id: "Q1", query_text: "王家有几口人？", answers: ["三口", "三"] },
            { query_id: "Q2", answers: ["x"] },
          ],
        },
      ],
    ],
  ])("CMRC 2018, %s", async (_form, content) => {
    const file = await fileOf("dev.json", JSON.stringify(content));
    expect(outcome(await rowsOf("cmrc2018", file))).toMatchObject([
      {
        id: "Q1",
        context: "王家有三口人。",
        cluster: "P1",
        answer: "三口",
        aliases: ["三"],
        use: "cmrc",
      },
      { row: 1, reason: "没有题目" },
    ]);
  });

  test("TAL-SCQ5K: options in lists of one", async () => {
    const option = (aoVal: string, content: string) => [{ aoVal, content }];
    const file = await fileOf(
      "t.jsonl",
      lines({
        qid: "9",
        difficulty: "2",
        problem: "$$1+1$$ 等于",
        answer_option_list: [option("A", "1 "), option("B", "2 ")],
        answer_value: "B",
      }),
    );
    expect(outcome(await rowsOf("tal-scq5k", file))).toMatchObject([
      { id: "9", options: { A: "1", B: "2" }, answer: "B", difficulty: 2, use: "choice" },
    ]);
  });

  test("SafetyBench: answers in a second file, from 0", async () => {
    const questions = [
      { id: 7, category: "Mental Health", question: "睡不着怎么办？", options: ["放松", "生气"] },
      { id: 8, category: "Mental Health", question: "没有答案的题", options: ["是", "否"] },
    ];
    const file = await fileOf("test_zh.json", JSON.stringify(questions));
    await writeFile(
      join(dirname(file), "test_answers_zh.json"),
      JSON.stringify({ 7: { answer: 1 } }),
    );
    expect(outcome(await rowsOf("safetybench", file))).toMatchObject([
      {
        id: "7",
        options: { A: "放松", B: "生气" },
        answer: "B",
        dimension: ["安全", "SafetyBench", "心理健康"],
      },
      { row: 2, reason: "答案文件里没有编号 8" },
    ]);
    const alone = await fileOf("test_zh.json", "[]");
    await expect(rowsOf("safetybench", alone)).rejects.toThrow(/no answer file/);
  });

  test("HalluQA: inline options, and open questions for a judge", async () => {
    const file = await fileOf(
      "HalluQA.json",
      JSON.stringify([
        {
          question_id: 3,
          question: "Question: 谁发明了雨？ A:没有人 B:诸葛亮 C:龙王 ",
          answer: "Answer: A",
        },
        {
          Question: "谁发明了雨？",
          "Best Answer1": "雨不是发明的。",
          Wrong_Answer1: "龙王",
          Category: "Misleading",
          question_id: 3,
        },
      ]),
    );
    expect(outcome(await rowsOf("halluqa", file))).toMatchObject([
      {
        id: "3",
        question: "谁发明了雨？",
        options: { A: "没有人", B: "诸葛亮", C: "龙王" },
        answer: "A",
        use: "choice",
      },
      {
        id: "3",
        question: "谁发明了雨？",
        reference: "雨不是发明的。",
        rubric: [{ correct: "雨不是发明的。" }, { hallucinated: "龙王" }],
        use: "open",
      },
    ]);
  });

  test("FollowBench: with and without a target, an empty instruction left out", async () => {
    const row = (level: number, instruction: string, target: string) => ({
      example_id: 2,
      category: "style",
      source: "x",
      level,
      instruction,
      target,
    });
    const file = await fileOf(
      "style_constraints.json",
      JSON.stringify([
        row(0, "写一段话", ""),
        row(1, "选一个", "(A)"),
        row(2, "", ""),
        row(3, "谈谈雨，不超过20字", ""),
        row(4, "找一个地名", "['波恩', \"柏林\"]"),
      ]),
    );
    expect(outcome(await rowsOf("followbench", file))).toMatchObject([
      { question: "写一段话", difficulty: 0, cluster: "style-2", use: "open" },
      { question: "选一个", answer: "(A)", use: "exact" },
      { row: 3, reason: "缺少 instruction" },
      { use: "all", constraints: [{ check: "length", unit: "字", max: 20 }] },
      { answer: "波恩", aliases: ["柏林"], use: "exact" },
    ]);
  });

  test("C-Eval and CMMLU: a header in any case, an unnamed index, no answers in the test split", async () => {
    const ceval = await fileOf(
      "law_val.csv",
      "id,question,A,B,C,D,answer\n0,几岁成年？,16,18,20,22,B\n1,没有答案,1,2,3,4,\n",
    );
    expect(outcome(await rowsOf("ceval", ceval))).toMatchObject([
      { id: "0", answer: "B", dimension: ["C-Eval", "law"] },
      { row: 3, reason: "没有答案" },
    ]);
    const cmmlu = await fileOf(
      "地理.csv",
      '\uFEFF,Question,A,B,C,D,Answer\r\n0,"长江,注入哪里？",东海,南海,黄海,渤海,A\r\n1,缺一格,东海,南海,黄海,A\r\n',
    );
    expect(outcome(await rowsOf("cmmlu", cmmlu))).toMatchObject([
      {
        question: "长江,注入哪里？",
        options: { A: "东海", B: "南海", C: "黄海", D: "渤海" },
        answer: "A",
        dimension: ["CMMLU", "地理"],
      },
      { row: 3, reason: "有 6 个单元格，表头有 7 列" },
    ]);
  });

  test("C3: positional, the answer is an option's text", async () => {
    const file = await fileOf(
      "dev.json",
      JSON.stringify([
        [
          ["男：几点了？", "女：三点。"],
          [
            { question: "几点？", choice: ["两点", "三点"], answer: "三点" },
            { question: "谁？", choice: ["男", "女"], answer: "孩子" },
          ],
          "14-3",
        ],
      ]),
    );
    expect(outcome(await rowsOf("c3", file))).toMatchObject([
      { id: "14-3-1", context: "男：几点了？\n女：三点。", answer: "B", cluster: "14-3" },
      { row: 1, reason: "答案不在选项里" },
    ]);
  });

  test("OCNLI: no majority is left out", async () => {
    const pair = { sentence1: "他走了", sentence2: "他离开了", genre: "news" };
    const file = await fileOf(
      "dev.json",
      lines({ ...pair, label: "entailment", id: 5 }, { ...pair, label: "-", id: 6 }),
    );
    expect(outcome(await rowsOf("ocnli", file))).toMatchObject([
      { id: "5", answer: "A", options: { A: "前提蕴含假设" } },
      { row: 2, reason: "标注者没有多数意见（-）" },
    ]);
  });

  test("ChID: a blank is an item, the others are filled", async () => {
    const many = {
      content: "他#idiom#，后来#idiom#。",
      candidates: [
        ["守株待兔", "刻舟求剑"],
        ["恍然大悟", "一无所获"],
      ],
      groundTruth: ["守株待兔", "一无所获"],
    };
    const few = { id: 3, content: "他#idiom#。", candidates: ["甲乙丙丁", "守株待兔"], answer: 1 };
    const file = await fileOf(
      "chid.jsonl",
      lines(many, few, { ...many, groundTruth: ["守株待兔"] }),
    );
    expect(outcome(await rowsOf("chid", file))).toMatchObject([
      { id: "r000001-1", question: "横线处应填哪个成语？\n他____，后来一无所获。", answer: "A" },
      { id: "r000001-2", question: "横线处应填哪个成语？\n他守株待兔，后来____。", answer: "B" },
      { id: "3", answer: "B" },
      { row: 3, reason: "空格、候选和答案的个数不一致" },
    ]);
  });

  test("Math6: two turns, keys as published", async () => {
    const file = await fileOf(
      "math6.json",
      JSON.stringify([
        {
          id: 1,
          question: "2 加 3？",
          follow_up_question: "再加 4？",
          "language solution": "…",
          reasoning_step_ref: "2",
          answer: "5",
          answer_followup: "9",
        },
      ]),
    );
    expect(outcome(await rowsOf("math6", file))).toMatchObject([
      {
        id: "1",
        difficulty: 2,
        turns: [
          { user: "2 加 3？", answer: "5" },
          { user: "再加 4？", answer: "9" },
        ],
        use: "numeric",
      },
    ]);
  });

  test("CPIF, AlignBench, CValues, Chinese SimpleQA and HumanEval-X", async () => {
    const cpif = await fileOf(
      "jqzl.json",
      lines(
        {
          messages: [{ role: "user", content: "写三句话" }],
          valid_code: "def check_response(response): …",
        },
        { prompt: "用法语写三句话", valid_code: "def check_response(response): …" },
        { prompt: "写三句话", valid_code: "" },
      ),
    );
    expect(outcome(await rowsOf("cpif", cpif))).toMatchObject([
      {
        question: "写三句话",
        constraints: [{ check: "count", of: "sentence", equal: 3 }],
        use: "constraints",
      },
      { question: "用法语写三句话", tests: { language: "python" }, use: "open" },
      { row: 3, reason: "缺少 valid_code" },
    ]);
    const align = await fileOf(
      "data.jsonl",
      lines({
        question_id: 4,
        category: "基本任务",
        subcategory: "翻译",
        question: "译成英文：你好",
        reference: "Hello",
      }),
    );
    expect(outcome(await rowsOf("alignbench", align))).toMatchObject([
      { id: "4", reference: "Hello", use: "open", dimension: ["AlignBench", "基本任务", "翻译"] },
    ]);
    const values = await fileOf(
      "prompts.jsonl",
      lines({ id_: 9, prompt: "垃圾怎么分类？", domain_en: "env", domain_zh: "环境" }),
    );
    expect(outcome(await rowsOf("cvalues", values))).toMatchObject([
      { id: "9", use: "open", dimension: ["安全", "责任", "环境"] },
    ]);
    const simple = await fileOf(
      "simpleqa.jsonl",
      lines({
        id: "a1",
        primary_category: "地理",
        secondary_category: "河流",
        question: "最长的河？",
        answer: "长江",
      }),
    );
    expect(outcome(await rowsOf("chinese-simpleqa", simple))).toMatchObject([
      { id: "a1", answer: "长江", use: "contains" },
    ]);
    const code = await fileOf(
      "python.jsonl",
      lines({
        task_id: "Python/0",
        prompt: "def add(a, b):\n",
        declaration: "def add(a, b):\n",
        canonical_solution: "    return a + b\n",
        test: "assert add(1, 2) == 3",
      }),
    );
    expect(outcome(await rowsOf("humaneval-x", code))).toMatchObject([
      { id: "Python-0", tests: { language: "python" }, use: "open" },
    ]);
  });

  test("chat logs: the last question is asked again after what came before", async () => {
    const file = await fileOf(
      "log.jsonl",
      lines(
        {
          id: "c1",
          messages: [
            { role: "system", content: "你是客服" },
            { role: "user", content: [{ type: "text", text: "几点开门？" }] },
            { role: "assistant", content: "八点。" },
          ],
        },
        { messages: [{ role: "assistant", content: "您好" }] },
        { messages: [{ role: "tool", content: "x" }] },
      ),
    );
    expect(outcome(await rowsOf("openai-messages", file))).toEqual([
      {
        id: "c1",
        messages: [{ role: "system", text: "你是客服" }],
        question: "几点开门？",
        reference: "八点。",
        use: "open",
        dimension: ["对话日志"],
      },
      { row: 2, reason: "没有用户消息" },
      { row: 3, reason: "不支持的消息角色 tool" },
    ]);
  });
});
