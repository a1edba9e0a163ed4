import { expect, test } from "vitest";

import { gradeSample } from "../grade.ts";
import { loadGrader, parseGraderOptions } from "../graders.ts";
import { sampleOf } from "./sample.ts";

type Kind = readonly [
  grader: "choice" | "numeric" | "math" | "exact",
  gold: Readonly<{ question: string; answer: string; unit?: string; options?: string }>,
  reply: string,
  verdict: "right" | "wrong" | "unresolved",
];

const fire = {
  question: "电器着火，首先应该怎么做？",
  answer: "B",
  options: "立即泼水|切断电源|打开窗户|用手扑打",
};
const day = {
  question: "3月8日是星期几？",
  answer: "C",
  options: "星期一|星期二|星期三|星期四",
};
const poet = { question: "《静夜思》的作者是谁？", answer: "A", options: "李白|杜甫|王维|孟浩然" };
const root = { question: "化简：√27", answer: "3\\sqrt{3}" };
const system = { question: "解不等式组：x+1>0，x-4≤0。", answer: "(-1,4]" };
const fowl = { question: "设鸡x只、兔y只，求x、y。", answer: "x=14, y=6" };
const written = { question: "按这个规则，“七禾”写作多少？", answer: "75" };
const tax = { question: "含税价226元，税率13%，不含税价是多少元？", answer: "200", unit: "元" };

const oscillation = { question: "求 y''+y=0 的通解", answer: "y=C_1\\cos x+C_2\\sin x" };
const vertex = { question: "求 y=x²-4x+1 的顶点坐标", answer: "(2,-3)" };
const term = { question: "What does POS stand for here?", answer: "point of sale terminal" };
const parcel = { question: "短信里的运单号是什么？", answer: "YT88412003119" };
const vitriol = { question: "胆矾的化学式是什么？", answer: "CuSO4·5H2O" };
const limit = { question: "这个常量叫什么？", answer: "MAXSIZE2" };
const reading = { question: "“犹豫”的拼音是什么？", answer: "yóu yù" };
const notice = { question: "保修期多久？", answer: "六个月" };
const bins = {
  question: "（可回收物/有害垃圾/厨余垃圾/其他垃圾）西瓜皮属于哪一类？",
  answer: "厨余垃圾",
};
const discoverer = { question: "质子是由哪位物理学家命名的？", answer: "卢瑟福" };

/** Kinds of replies that were misread, in replies of our own. */
const kinds: readonly Kind[] = [
  // An exercise that the model adds, with an answer of its own.
  [
    "choice",
    poet,
    "作者是李白，故选A。\n\n【拓展练习】《春望》的作者是谁？\nA. 李白 B. 杜甫\n【拓展答案】B",
    "right",
  ],
  ["choice", poet, "故选A。\n\n变式训练：《鹿柴》的作者是谁？\n参考答案：C", "right"],
  ["math", root, "√27=3√3\n\n2. 化简：√50\n解：√50=5√2\n\n3. 化简：√8\n解：√8=2√2", "right"],
  // What is concluded stands beside a step that has the name of what is asked.
  ["numeric", written, "“七禾”：七→7，后一位写笔画数，“禾”是5画，所以是75。", "right"],
  // It waits instead of answering.
  [
    "choice",
    poet,
    "题目说的是哪一首呢？我没有看到图片，请把照片发给我，A 还是 B 要看原文。",
    "unresolved",
  ],
  ["math", root, "先分解：27=9×3。\n\n（内容生成中断，请点击继续生成）", "unresolved"],
  ["math", root, "我们一起来试一试！27 能写成 9×3，先把你算到的结果发给我，好吗？", "unresolved"],
  [
    "math",
    root,
    "结果可能是 3√3，也可能是 9√3，您再核对一下题目，确认后我再给出结果。",
    "unresolved",
  ],
  ["choice", poet, "A 讲得通，B 也讲得通，两种都有道理，以您老师的要求为准。", "unresolved"],
  ["math", vertex, "与 y 轴交于 (0, 1)。\n\n配方：y = x² − 4x + 4 −", "unresolved"],
  // Constants have no order.
  ["math", oscillation, "通解为 $y = C_1\\sin x + C_2\\cos x$", "right"],
  ["math", oscillation, "通解为 $y = C_1\\sin x + C_2\\cos 2x$", "wrong"],
  // Hyphens of English terms, initials before a name.
  ["exact", term, "答案：Point-of-Sale Terminal", "right"],
  ["exact", term, "答案：Point of sail terminal", "wrong"],
  ["exact", discoverer, "答案：E. 卢瑟福", "right"],
  ["exact", discoverer, "答案：N. 玻尔", "wrong"],
  // One code, one formula, one reading, one length of time in two spellings; a class told in short.
  ["exact", parcel, "答案：YT 8841 2003 119", "right"],
  ["exact", parcel, "答案：YT 8841 2003 191", "wrong"],
  ["exact", vitriol, "$$\\boxed{CuSO_4·5H_2O}$$", "right"],
  ["exact", vitriol, "$$\\boxed{CuSO_4·7H_2O}$$", "wrong"],
  ["exact", limit, "答案：MAX_SIZE_2", "wrong"],
  ["exact", reading, "答案：yóuyù", "right"],
  ["exact", reading, "答案：yòuyù", "wrong"],
  ["exact", notice, "答案：半年", "right"],
  ["exact", notice, "答案：三个月", "wrong"],
  ["exact", bins, "答案：厨余", "right"],
  ["exact", bins, "答案：垃圾", "wrong"],
  // Formulas in words, and approximations.
  ["math", root, "27 是 9 乘 3，9 能开出来，得到三倍根号三，约等于 5.196。", "right"],
  [
    "math",
    { question: "Evaluate 2x at x = -3/2.", answer: "-3" },
    "So the value is negative three.",
    "right",
  ],
  [
    "math",
    { question: "Find the limit.", answer: "e^3" },
    "So it tends to e cubed, roughly 20.09.",
    "right",
  ],
  ["math", root, "√27=√9·√3=3√3≈5.196", "right"],
  // One part of what is asked.
  [
    "math",
    system,
    "由第一个得 x>-1，由第二个得 x≤4，公共部分是 -1<x≤4。其中的整数解有 0、1、2、3、4。",
    "right",
  ],
  ["math", fowl, '{"solution": {"y": 6, "x": 14}}', "right"],
  ["math", fowl, "兔子多出的脚除以2，所以兔有6只，鸡便有20−6=14只。", "right"],
  ["numeric", tax, "不含税价=226÷1.13=200，对应的税额为26元。", "right"],
  [
    "numeric",
    { ...tax, question: "含稅價210元，營業稅5%，未稅價是多少元？" },
    "未稅價是 NT$200。",
    "right",
  ],
  [
    "numeric",
    { question: "What is the ratio of price to earnings?", answer: "15" },
    "45 / 3 = 15x. That is cheap.",
    "right",
  ],
  // Warnings deny, and options are said in other spellings.
  ["choice", fire, "千万别泼水！", "unresolved"],
  ["choice", day, "推算下来就是周三。", "right"],
  ["choice", poet, "第一反应是选B，但“床前明月光”是李白的名句，故选A。", "right"],
  // Said by what was said before.
  [
    "exact",
    { question: "条例自哪一天起施行？", answer: "2022年1月1日" },
    "条例2021年8月公布，次年元旦起施行。",
    "right",
  ],
  [
    "exact",
    { question: "民法典哪一天施行？", answer: "2021年1月1日" },
    "答案：2021年1月1日",
    "right",
  ],
];

test.each(kinds)("%s %s: %s is %s", async (id, { options, ...gold }, reply, verdict) => {
  const grader = await loadGrader(id);
  if (grader === null) throw new Error(id);
  const words = options?.split("|").map((text, at) => ["ABCD".charAt(at), text] as const);
  const own = { ...gold, options: words === undefined ? null : Object.fromEntries(words) };
  const grade = await gradeSample(grader, parseGraderOptions(grader, {}), sampleOf(reply, own));
  expect(grade.verdict).toBe(verdict);
});
