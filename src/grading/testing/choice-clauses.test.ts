import { describe, expect, test } from "vitest";

import type { Gold } from "../../domain/grader.ts";

import { grader } from "../../graders/choice.ts";
import { gradeSample } from "../grade.ts";
import { parseGraderOptions } from "../graders.ts";
import { sampleOf } from "./sample.ts";

/** Replies that say clause by clause what they think of the options, with the letters that a careful reader takes. */
type Row = readonly [reply: string, letters: string | null];

const options = parseGraderOptions(grader, {});

function reads(name: string, gold: Partial<Gold>, rows: readonly Row[]): void {
  describe(`a question: ${name}`, () => {
    test.each(rows)("%j", async (reply, letters) => {
      const grade = await gradeSample(grader, options, sampleOf(reply, gold));
      expect([grade.extracted, grade.why]).toEqual([letters, grade.why]);
    });
  });
}

reads(
  "one is right",
  {
    question: "下列动物中，属于两栖动物的是",
    options: { A: "蜥蜴", B: "娃娃鱼", C: "海龟", D: "鲫鱼" },
    answer: "B",
  },
  [
    ["A 出局，C 出局，D 也出局。还剩一个，就是它了。", "B"],
    ["先把 A 和 C 划掉，它们是爬行动物；D 是鱼，同样划掉。剩下那一个自然就是答案。", "B"],
    ["不能说 B 有误：娃娃鱼幼体用鳃、成体用肺。A、C、D 都不符合题意。", "B"],
    ["蜥蜴和海龟是爬行动物，鲫鱼是鱼，娃娃鱼才属于两栖动物。", "B"],
    ["蜥蜴不是，海龟不是，鲫鱼也不是，只有娃娃鱼算。", "B"],
    ["属于两栖动物的只有娃娃鱼。", "B"],
    [
      "A 看起来像，可它是爬行动物，不选。C、D 不沾边。那 B 呢？幼体用鳃呼吸，成体用肺，符合定义。",
      "B",
    ],
    ["要找的是两栖动物，娃娃鱼（大鲵）正是。海龟虽然水陆都去，却是爬行动物。", "B"],
    ["很多人以为海龟是两栖动物，其实它是爬行动物。真正的两栖动物是娃娃鱼。", "B"],
    ["选 C 的同学最多，但海龟是爬行动物。", null],
    ["网上有资料说是 C，这种说法有误。属于两栖动物的是 B。", "B"],
    ["第二个。蜥蜴、海龟是爬行类，鲫鱼是鱼类。", "B"],
    ["末项是鱼，首项和第三项是爬行类，都可以排除。", null],
    ["答案在 B 和 C 之间，我拿不准，您来决定吧。", null],
    ["可能是娃娃鱼，也可能是海龟。", null],
    ["选 C。不好意思，我需要修正：海龟是爬行动物，符合条件的只有娃娃鱼。", "B"],
    ["A：3 分；B：9 分；C：5 分；D：1 分。\n得分最高的就是答案。", "B"],
    ["可能性：A 5%，B 80%，C 10%，D 5%。", "B"],
    ["符合程度：B > C > A > D", "B"],
    [
      "| 选项 | 类别 | 是否符合 |\n|---|---|---|\n| 蜥蜴 | 爬行 | 不符合 |\n| 娃娃鱼 | 两栖 | 符合 |\n| 海龟 | 爬行 | 不符合 |\n| 鲫鱼 | 鱼 | 不符合 |",
      "B",
    ],
    ["<draft>乍看选 C，再想想不对。</draft>\n<final><option>B</option></final>", "B"],
    ["B。理由如下：A、C 是爬行动物，D 是鱼。", "B"],
    ["如果问的是爬行动物，应选 A；这里问两栖动物，蜥蜴、海龟、鲫鱼都不是。", "B"],
    ["Lizards and turtles are reptiles, so A and C are out; D is a fish. That leaves B.", "B"],
    ["The one that qualifies is B, not C.", "B"],
    [
      "逐项分析：\n首先看 A，蜥蜴终生用肺呼吸，A 错误。\n其次看 B，娃娃鱼幼体生活在水中，用鳃呼吸，其成体的呼吸方式",
      null,
    ],
    ["娃娃鱼。\n\n3. 下列属于鱼类的是（ ）\nA. 鲸 B. 海马 C. 海豚 D. 海豹\n答案：B", "B"],
    ["A 项不是，B 项是，C 项不是，D 项不是。\n【变式】若改为爬行动物，答案：AC。", "B"],
  ],
);

reads(
  "the wrong one",
  {
    question: "下列关于月球的说法，错误的一项是（　）。请逐项说明。",
    options: {
      A: "月球是地球的天然卫星",
      B: "月球自己会发光",
      C: "月球表面有环形山",
      D: "月球上没有大气层",
    },
    answer: "B",
  },
  [
    [
      "天然卫星这一条没有问题。月球靠反射太阳光才发亮，说它自己会发光不对。环形山确实遍布表面，正确。几乎没有大气层，也正确。",
      "B",
    ],
    ["正确的有：A、C、D。", "B"],
    ["A 没错，C 没错，D 也没错。", "B"],
    ["不能说 A 错，C、D 也都成立；B 说反了。", "B"],
    ["B 把反射说成了发光。其余三项都没有问题。", "B"],
    ["A、C 说得对，其余的我不确定。", null],
  ],
);

reads(
  "what does not belong",
  {
    question: "下列不溶于水的是",
    options: { A: "食盐", B: "蔗糖", C: "沙子", D: "小苏打" },
    answer: "C",
  },
  [
    ["食盐溶于水，蔗糖溶于水，小苏打也溶于水。", "C"],
    ["A、B、D 都溶于水，C 不溶。", "C"],
    ["能溶于水的有食盐、蔗糖和小苏打，剩下的沙子不溶。", "C"],
    ["溶于水的名单里没有沙子。", "C"],
  ],
);

reads(
  "several",
  {
    question: "（多选）下列属于哺乳动物的有",
    options: { A: "蝙蝠", B: "鸽子", C: "海豚", D: "鲸" },
    answer: ["A", "C", "D"],
  },
  [
    ["除了鸽子（鸟类）以外，其余都是。", "ACD"],
    ["除 B 之外都对。", "ACD"],
    ["鸽子是鸟，把它去掉，余下三个就是答案。", "ACD"],
    ["蝙蝠、海豚、鲸都在其列，鸽子不在其列。", "ACD"],
    ["属于哺乳动物的是第一项、第三项和第四项。", "ACD"],
    ["四项都是哺乳动物，全选。", "ABCD"],
    ["没有一个可以排除，应当全选。", "ABCD"],
    ["初步结果：AC。\n更正：漏了鲸，应补上 D。\n最终结果：ACD", "ACD"],
    ["我选 A、B、C。检查：鸽子是鸟，删掉，漏了 D，补进来。\n最终：ACD", "ACD"],
    ["只有蝙蝠符合，其他的都不是。", "A"],
    ["哺乳动物：a c d", "ACD"],
    ["- 蝙蝠：是\n- 鸽子：不是\n- 海豚：是\n- 鲸：是\n（注：若题目问鸟类，则应选 B。）", "ACD"],
    ["鸽子不符合题意，这一项不选，另外三项都应入选。", "ACD"],
  ],
);

reads(
  "amounts",
  {
    question: "一列火车 3 小时行驶 360 千米，它的平均速度是",
    options: { A: "90千米/时", B: "100千米/时", C: "120千米/时", D: "150千米/时" },
    answer: "C",
  },
  [
    ["360÷3=120，所以平均速度是 120 千米/时。\n\n如果只用 2.4 小时，就是 150 千米/时了。", "C"],
    ["它的平均速度是 120 km/h。", "C"],
    [
      "先看成 3.6 小时，得 100 千米/时，选 B。\nWait，题目说的是 3 小时，平均速度是 120 千米/时。",
      "C",
    ],
    ["120 千米/时。", "C"],
  ],
);

reads(
  "numbered statements",
  {
    question: "下列说法正确的有几个：①水在 0℃ 结冰 ②冰比水重 ③水蒸气看得见 ④水能溶解食盐",
    options: { A: "1个", B: "2个", C: "3个", D: "4个" },
    answer: "B",
  },
  [
    ["①正确；②错误，冰的密度小；③错误，看得见的是小水珠；④正确。", "B"],
    ["①成立，②说反了，③不对，④成立。", "B"],
  ],
);
