import type { ToldQuestion } from "./choice-told-first.ts";

const idiom: ToldQuestion = {
  gold: {
    question: "下列句子中，加点成语使用恰当的一项是",
    options: {
      A: "他画的虾栩栩如生，仿佛要跳出纸面。",
      B: "小区里的花开得差强人意，大家都很失望。",
      C: "两位老友萍水相逢，回忆起三十年的交情。",
      D: "他的演讲首当其冲，第一个上台。",
    },
    answer: "A",
  },
  rows: [
    [
      "“差强人意”是大体上还能使人满意，“萍水相逢”指陌生人偶然相遇，“首当其冲”指最先受到攻击，这三处都用错了；“栩栩如生”用得恰当。",
      "A",
    ],
    ["用得对的是“栩栩如生”那句。", "A"],
    [
      "【解析】\nB项，“差强人意”与“失望”矛盾；\nC项，“萍水相逢”不能用于老友；\nD项，望文生义。\n【答案】A",
      "A",
    ],
    ["答案：A\n\n很多同学会在 B 上栽跟头，选 D 的同学则是望文生义。", "A"],
    ["第一句。其余三句的成语都用错了。", "A"],
    ["后三句都有问题，第一句没有问题。", "A"],
    ["B 褒贬不当，C 对象不当，D 望文生义。", "A"],
    ["本题选 A。注意：如果题目换成“不恰当的一项”，那就要选 B、C、D 了。", "A"],
    ["成语使用恰当的是写虾的那一句。", "A"],
    ["经过分析，只有描写画虾的句子用得恰当。", "A"],
    ["我认为 A、C 都说得通，很难取舍。", null],
    ["**A** ✔\n**B** ✘ 与语境矛盾\n**C** ✘ 对象错误\n**D** ✘ 望文生义", "A"],
  ],
};

const speed: ToldQuestion = {
  gold: {
    question:
      "一列火车长 200 米，以 20 米/秒的速度通过一座 1000 米的桥，从车头上桥到车尾离桥需要多长时间？",
    options: { A: "50 秒", B: "60 秒", C: "40 秒", D: "70 秒" },
    answer: "B",
  },
  rows: [
    ["路程 = 200 + 1000 = 1200 米，时间 = 1200 ÷ 20 = 60 秒。", "B"],
    ["容易错算成 1000÷20=50 秒，忘了车身。正确应为 (1000+200)÷20=60 秒。", "B"],
    ["1200/20=60，对应 B。选 A 的同学漏掉了车长，选 C 的同学则是减了车长。", "B"],
    ["The train must cover 1200 m, so it takes 60 s.", "B"],
    ["答案：A。稍等，还要加上车长，1200÷20=60，所以答案应该是 B。", "B"],
    ["$$t=\\frac{1200}{20}=60\\text{ s}$$\n\n$\\boxed{B}$", "B"],
    ["解：车头上桥 → 车尾离桥，共走 1200 米 → 60 秒 → 选 B。", "B"],
    ["不是 50 秒，而是 60 秒。", "B"],
  ],
};

const ethics: ToldQuestion = {
  gold: {
    question: "老人在电话里被告知“中奖了，需先交税”，下列做法中错误的是",
    options: {
      A: "挂断电话并告诉家人",
      B: "拨打 96110 咨询",
      C: "按要求先转一部分钱试试",
      D: "核实对方身份",
    },
    answer: "C",
  },
  rows: [
    ["先转一部分钱试试是错误的，这正中骗子下怀。", "C"],
    ["不能按要求转钱。", "C"],
    ["A、B、D 都是正确的防骗做法，C 会造成损失。", "C"],
    ["答案：C\n\n提醒：A、B、D 是正确的做法，遇到类似情况请选 A 或 B。", "C"],
    ["错误做法：先转一部分钱试试。", "C"],
    ["第三种做法不可取，其他做法都可取。", "C"],
    ["A ✅ B ✅ C ❌ D ✅", "C"],
    ["正确做法有 A、B、D。", "C"],
    ["哪怕只转一点点，也等于上了钩，所以先转钱试试的做法是错的。", "C"],
    ["本题无法作答，因为题目没有给出", null],
  ],
};

const planets: ToldQuestion = {
  gold: {
    question: "Select all that apply: which of the following are gas giants or ice giants?",
    options: { A: "Mars", B: "Jupiter", C: "Saturn", D: "Venus", E: "Neptune" },
    answer: "BCE",
  },
  rows: [
    ["Jupiter, Saturn, and Neptune.", "BCE"],
    ["**B, C, E**\n\nMars and Venus are rocky. People who pick D confuse size with type.", "BCE"],
    ["A – no\nB – yes\nC – yes\nD – no\nE – yes", "BCE"],
    ["All except A and D.", "BCE"],
    ["The correct options are B, C and E. A is rocky. D is rocky.", "BCE"],
    ["Answer: B, C. Wait, Neptune is an ice giant, so the answer is B, C, E.", "BCE"],
    ["The second, third and fifth options.", "BCE"],
    ['```json\n{"selected": ["B", "C", "E"]}\n```', "BCE"],
    ["Mars and Venus are terrestrial; the others are giants.", "BCE"],
    ["I'm not able to answer that.", null],
  ],
};

const cause: ToldQuestion = {
  gold: {
    question: "冬天从室外进入温暖的室内，眼镜片上会出现一层“白雾”，其原因是",
    options: {
      A: "镜片上的冰熔化成水",
      B: "室内的水蒸气遇冷液化成小水珠",
      C: "室外的水蒸气凝华成冰晶",
      D: "镜片上的水蒸发成水蒸气",
    },
    answer: "B",
  },
  rows: [
    ["室内暖湿空气中的水蒸气碰到冰凉的镜片，液化成了小水珠。", "B"],
    ["这是液化现象：屋里的水蒸气遇到冷镜片变成小水珠。", "B"],
    ["不是蒸发，也不是凝华，是室内水蒸气遇冷液化。", "B"],
    ["关键词：液化。四个选项里只有 B 提到了液化。", "B"],
    ["A 讲的是熔化，C 讲的是凝华，D 讲的是蒸发，都不符合。", "B"],
    [
      "A（熔化）→ 吸热；B（液化）→ 放热；C（凝华）→ 放热；D（汽化）→ 吸热。眼镜起雾属于液化，故选 B。",
      "B",
    ],
    ["可能是 B，也可能是 C。", null],
    ["答案：B（再次核对：A 是熔化，C 是凝华，D 是汽化，均排除。）", "B"],
    ["我最初的答案是 C，但凝华需要 0 ℃ 以下，因此改答案为 B。", "B"],
    ["B 选项正确。以后看到“白雾”“白气”，先想液化；选 C 的常见原因是把雾和霜混为一谈。", "B"],
  ],
};

const manners: ToldQuestion = {
  gold: {
    question: "填入横线处最恰当的一组词语是：山路____，风景却____。",
    options: { A: "平坦 单调", B: "崎岖 秀丽", C: "崎岖 单调", D: "平坦 秀丽" },
    answer: "B",
  },
  rows: [
    ["前一空有“却”字照应，应填“崎岖”；后一空是转折之后的褒义，应填“秀丽”。", "B"],
    ["第一空填平坦，第二空填秀丽。", "D"],
    ["情景一读不通，情景二最合适，情景三、四也不对。", "B"],
    ["中间两项里靠前的那个。", "B"],
    [
      "| 选项 | 通顺与否 | 评分 |\n|---|---|---|\n| A | 否 | 2 |\n| B | 是 | 9 |\n| C | 否 | 3 |\n| D | 否 | 4 |",
      "B",
    ],
    ["第1名——B；第2名——D；第3名——C；第4名——A。", "B"],
    ["| 题号 | 你的选择 | 依据 |\n|---|---|---|\n| 1 | B | A 与语境不合 |", "B"],
    ["Q：山路怎么样？\nA：崎岖。\nQ：风景怎么样？\nA：秀丽。", null],
    ["A👎 B👍 C👎 D👎", "B"],
    ["说实话我拿不准，一定要我猜，就猜 C 吧。", "C"],
    ["<think>先看第一空，“却”表示转折，所以 A 不行，B 倒是", null],
    ["<think>选 A 吧？不，风景应是秀丽。</think>\nB", "B"],
  ],
};

const parties: ToldQuestion = {
  gold: {
    question: "下列合同中可以撤销的是",
    options: {
      A: "甲赠给侄子一台钢琴",
      B: "乙把赝品当成真迹高价买下",
      C: "丙与同事约定合伙开店",
      D: "丁向邻居借了一袋米",
    },
    answer: "B",
  },
  rows: [
    ["重大误解的民事行为可以撤销。甲、丙、丁都是自愿的，只有乙符合。", "B"],
    ["甲和丙可以排除，丁也没有意思表示上的瑕疵，剩下的那个才能撤销。", "B"],
    ["A、C、D 都说完了，另外那一项则属于重大误解。", "B"],
  ],
};

const port: ToldQuestion = {
  gold: {
    question: "按规定，这种药每天最多服用几片",
    options: { A: "2片", B: "4片", C: "6片", D: "以上都不对" },
    answer: "B",
  },
  rows: [
    ["说明书写明，成人每天不得超过四片，过量会伤肝。", "B"],
    ["药盒上印着上限是 6 粒。", "C"],
  ],
};

const lights: ToldQuestion = {
  gold: {
    question: "（多选）下列属于光源的有",
    options: { A: "太阳", B: "月亮", C: "萤火虫", D: "镜子" },
    answer: "AC",
  },
  rows: [
    ["A Y\nB N\nC Y\nD N", "AC"],
    ["结果：第①③个。", "AC"],
    ["The light sources are A and C. B and D only reflect light.", "AC"],
  ],
};

export const toldThird: readonly ToldQuestion[] = [
  idiom,
  speed,
  ethics,
  planets,
  cause,
  manners,
  parties,
  port,
  lights,
];
