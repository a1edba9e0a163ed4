import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { readConstraints } from "../../grading/constraints/read.ts";
import { translateDemands } from "./translate.ts";

/** Demands in the words of different people, and what a program checks of them. */
const translated: readonly (readonly [prompt: string, constraints: readonly object[]])[] = [
  ["写一篇短文介绍家乡，全文不少于300字。", [{ check: "length", unit: "字", min: 300 }]],
  ["写一则通知，不得超过一百二十个汉字。", [{ check: "length", unit: "汉字", max: 120 }]],
  ["写一段自我介绍，字数在80到100字之间。", [{ check: "length", unit: "字", min: 80, max: 100 }]],
  ["请写一首小诗，控制在五十字以内。", [{ check: "length", unit: "字", max: 50 }]],
  ["写一条广告语，恰好12个字。", [{ check: "length", unit: "汉字", equal: 12 }]],
  ["介绍长城，最多120个英文单词。", [{ check: "length", unit: "单词", max: 120 }]],
  ["写一篇日记，多于200字。", [{ check: "length", unit: "字", min: 201 }]],
  ["写一篇日记，少于二百字。", [{ check: "length", unit: "字", max: 199 }]],
  ["写一篇日记，字数不应包含超过200字。", [{ check: "length", unit: "字", max: 200 }]],
  ["写一篇300字以上、500字以下的书评。", []],
  [
    "写一篇书评。每句话不超过二十个字。",
    [{ check: "length", unit: "字", max: 20, scope: "sentence each" }],
  ],
  [
    "写一篇书评。第二段不少于80个汉字，最后一段不超过40个汉字。",
    [
      { check: "length", unit: "汉字", min: 80, scope: "paragraph 2" },
      { check: "length", unit: "汉字", max: 40, scope: "paragraph last" },
    ],
  ],
  [
    "写一篇书评。每个句子至少10个字，最多25个字。",
    [
      { check: "length", unit: "字", min: 10, scope: "sentence each" },
      { check: "length", unit: "字", max: 25, scope: "sentence each" },
    ],
  ],
  ["怎样保养自行车？请用三段话回答。", [{ check: "count", of: "paragraph", equal: 3 }]],
  ["谈谈早睡，文章分为四个自然段。", [{ check: "count", of: "paragraph", equal: 4 }]],
  ["谈谈早睡，恰好由六句话组成。", [{ check: "count", of: "sentence", equal: 6 }]],
  [
    "谈谈早睡，至少5句、至多8句。",
    [
      { check: "count", of: "sentence", min: 5 },
      { check: "count", of: "sentence", max: 8 },
    ],
  ],
  ["写一首诗，共八行。", [{ check: "count", of: "line", equal: 8 }]],
  ["写一段文字，至少包含两个问句。", [{ check: "count", of: "问句", min: 2 }]],
  ["写一条朋友圈，用3个表情符号。", [{ check: "count", of: "表情", equal: 3 }]],
  [
    "写一篇游记，分三段，每段之间用“###”隔开。",
    [{ check: "count", of: "part", by: "###", strict: true, equal: 3 }],
  ],
  [
    "写一篇游记，由两个段落组成，每个段落用两个换行符“\n\n”分隔开来。第一个段落中，“海”字至少出现两次。",
    [
      { check: "count", of: "part", by: "\n\n", equal: 2 },
      { check: "times", text: ["海"], min: 2, scope: 'part 1 by "\\n\\n"' },
    ],
  ],
  [
    "写一篇游记，恰好5个句子（每个句子之间用|作为分隔符号）。",
    [{ check: "count", of: "part", by: ["|"], strict: true, equal: 5 }],
  ],
  [
    "写一篇游记，第3个句子（用中文句号或问号或感叹号分隔）以“谁知道呢”开头。",
    [{ check: "starts", text: "谁知道呢", scope: 'part 3 at "。？！"' }],
  ],
  [
    "写一篇游记，以“清晨”开头，以“再见。”这句话结尾。",
    [
      { check: "starts", text: "清晨" },
      { check: "ends", text: "再见。" },
    ],
  ],
  ["写一篇游记，最后写上“旅程结束”。", [{ check: "ends", text: "旅程结束" }]],
  [
    "写一段话，必须出现“湖水”、“小船”和“灯”这三个词。",
    [{ check: "contains", text: ["湖水", "小船", "灯"] }],
  ],
  ["写一段话，依次出现“春”“夏”“秋”“冬”。", [{ check: "order", text: ["春", "夏", "秋", "冬"] }]],
  ["写一段话，不要使用“的”“了”这两个字。", [{ check: "excludes", text: ["的", "了"] }]],
  ["写一段话，避免出现「非常」一词。", [{ check: "excludes", text: ["非常"] }]],
  ["写一段话，“雨”恰好出现三次。", [{ check: "times", text: ["雨"], equal: 3 }]],
  ["写一段话，至多使用“我们”一词两次。", [{ check: "times", text: ["我们"], max: 2 }]],
  [
    "写一段话，必须出现“茶”和“水”，每个词语至少出现两次。",
    [
      { check: "contains", text: ["茶", "水"] },
      { check: "times", text: ["茶", "水"], min: 2 },
    ],
  ],
  ["写一段话，第5个汉字必须是“云”字。", [{ check: "char", at: 5, text: "云" }]],
  ["列出作息安排，以JSON格式输出。", [{ check: "json", schema: true, fence: "allowed" }]],
  [
    "列出作息安排，以表格形式呈现，表格有三列。",
    [{ check: "table" }, { check: "table", columns: 3 }],
  ],
  ["列出作息安排，用编号列表给出5条。", [{ check: "list", style: "any", equal: 5 }]],
  [
    "以“春江花月”为藏头写一首诗。",
    [{ check: "acrostic", text: "春江花月", by: "verse", at: "first" }],
  ],
  ["写一首诗，第二、四句押平声韵。", [{ check: "rhyme", lines: [2, 4], tone: "平" }]],
  ["写一首七言绝句，平仄合乎格律。", []],
  ["写一首合乎平仄的七言绝句。", [{ check: "tones", pattern: "七绝" }]],
  ["写一副七字对联，带横批。", [{ check: "couplet", length: 7, horizontal: true }]],
  ["写一段话，不要使用任何标点符号。", [{ check: "punctuation", only: "" }]],
  ["写一段话，只使用逗号和句号。", [{ check: "punctuation", only: "，。" }]],
  ["写一段话，不能出现中文逗号。", [{ check: "excludes", text: ["，"] }]],
  ["写一段话，不得出现阿拉伯数字。", [{ check: "count", of: "数位", equal: 0 }]],
  ["几点开门？请把答案用【】括起来。", [{ check: "wrapped", open: "【", close: "】" }]],
  ["介绍元宵节，只用繁体中文书写。", [{ check: "script", use: "繁体" }]],
  ["写一则对子的评语，不能有重复的字。", [{ check: "no-repeat", of: "汉字" }]],
];

describe("what is sure is translated", () => {
  test.each(translated)("%s", async (prompt, constraints) => {
    const read = translateDemands(prompt);
    expect(read.constraints).toEqual(constraints);
    expect((await readConstraints(read.constraints)).problems).toEqual([]);
  });
});

/** Demands that depend on something, leave room, or speak of parts that no scope names. */
const left: readonly string[] = [
  "介绍桂林。如果超过三段，每段不得超过50字。",
  "介绍桂林。若第一段用了比喻，则第二段不能出现“像”。",
  "介绍桂林，除非提到漓江，否则不要超过100字。",
  "介绍桂林，大约300字。",
  "介绍桂林，200字左右。",
  "介绍桂林，字数尽量不超过200字。",
  "用100个字介绍桂林。",
  "列出三座山，每座山的介绍不超过20字。",
  "列出三座山，对于每座山，写一句不超过20字的说明。",
  "为每个景点都写一段简介，不超过10个字。",
  "写一篇报道，标题不超过12个字。",
  "写一篇报道，引言部分不得少于两句话。",
  "写一段话，出现“山”“水”“云”中的任意两个。",
  "写一段话，必须包含“山”或“水”。",
  "写一段话，不要以“从前”开头。",
  "写一首俳句，遵循5-7-5的音节结构。",
  "写一段话，每句话都以动词开头。",
  "写一段话，避免使用带三点水旁的字。",
  "写一则故事，结尾不能是“从此幸福”。",
  "介绍茶叶，全文不许出现数字。",
  "写一首四句的诗。",
  "写一首诗，每句不超过七个字。",
  "用英文写一封信，最多120个单词。",
  "用德语回答这个问题。",
  "写一个故事，每两句话交替使用中文和英文。",
  "用表格列出行星，每行不超过15个字。",
  "把下面三句话概括一下，前两句不超过10个字。",
  "将下列文本中的标点符号全部删除：今天，天气很好。",
];

describe("what is not sure stays as it is, in its own words", () => {
  test.each(left)("%s", (prompt) => {
    const { constraints, untranslated } = translateDemands(prompt);
    expect(constraints.filter(({ check }) => check !== "table")).toEqual([]);
    expect(untranslated.length).toBeGreaterThan(0);
    for (const clause of untranslated) expect(prompt).toContain(clause);
  });
});

test("what the reply is about is no demand on its form", () => {
  for (const prompt of [
    "请谈谈Python语言有哪些优点。",
    "描述一次难忘的旅行。",
    "为什么月亮会发光？请举出三个理由。",
  ])
    expect(translateDemands(prompt)).toEqual({ constraints: [], untranslated: [] });
});

test("marks around the reply, the prompt repeated and several answers hold for all other demands", async () => {
  const request = "请写一句话祝福老师，以“老师”开头。回复两个答案，答案之间用三个符号（###）分开。";
  const { constraints, untranslated } = translateDemands(
    `${request}首先一字不差地重复上面的要求，然后直接给出答案。\n\n在回答的开头用“<<”标记你的回答的开始，最后用“>>”标记你的回答的结束。`,
  );
  expect(untranslated).toEqual([]);
  const inside = 'inside "<<" ">>"';
  const after = `${inside} > part last by ${JSON.stringify(request)}`;
  expect(constraints).toEqual([
    { check: "wrapped", open: "<<", close: ">>" },
    { check: "starts", text: request, scope: inside },
    { check: "count", of: "part", by: "###", equal: 2, scope: after },
    { check: "starts", text: "老师", scope: `${after} > part each by "###"` },
  ]);
  expect((await readConstraints(constraints)).problems).toEqual([]);
});

test("the material before a request demands nothing", () => {
  const { constraints } = translateDemands(
    "有的作者规定每段不超过三句，全文禁止出现“我”。\n请写一篇书评，不少于200字。",
  );
  expect(constraints).toEqual([{ check: "length", unit: "字", min: 200 }]);
});

test("whatever is thrown together, what comes out can be read and nothing is lost in silence", async () => {
  const pieces = fc.constantFrom(
    "每段",
    "第2句",
    "“山”",
    "不超过",
    "至少",
    "3",
    "十",
    "个",
    "字",
    "段",
    "句",
    "次",
    "，",
    "。",
    "开头",
    "以",
    "出现",
    "不要",
    "到",
    "表格",
    "“",
    "”",
    "\n",
    "\u{E000}",
    "《",
    "$(",
    "每",
    "的",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 24 }), async (words) => {
      const { constraints } = translateDemands(words.join(""));
      const { problems } = await readConstraints(constraints);
      expect(problems).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
