import type { ToldQuestion } from "./choice-told-first.ts";

const photosynthesis: ToldQuestion = {
  gold: {
    question: "下列关于光合作用的说法，正确的是？\n只在最后一行写出“答案：”加选项字母。",
    options: {
      A: "光合作用只在有光时进行，吸收氧气",
      B: "光合作用把光能转化为化学能",
      C: "光合作用的场所是线粒体",
      D: "光合作用的产物只有氧气",
    },
    answer: "B",
  },
  rows: [
    [
      "光合作用在叶绿体中进行，吸收二氧化碳，产生有机物和氧气。从能量角度看，光合作用就是将光能变成化学能储存起来。",
      "B",
    ],
    [
      "逐项判断：\n\n① A 中“吸收氧气”错了，应为吸收二氧化碳。\n② B 表述无误。\n③ C 的场所应为叶绿体。\n④ D 漏掉了有机物。\n\n答案：B",
      "B",
    ],
    ["答案：B\n\n选 A 的人多半把光合作用和呼吸作用搞混了；选 D 的人忘了有机物。", "B"],
    ["所以，四句话里站得住脚的只有说能量转化的那一句。", "B"],
    ["A、C、D 三句各有一处错误：A 应是吸收二氧化碳，C 应是叶绿体，D 漏了有机物。", "B"],
    [
      "Photosynthesis turns light energy into chemical energy, so statement B holds. Statement C confuses chloroplasts with mitochondria.",
      "B",
    ],
    [
      "**答案：B**\n\n---\n\n**下一题**：呼吸作用的场所是？A. 叶绿体 B. 细胞壁 C. 线粒体\n\n答案：C",
      "B",
    ],
    [
      "答案：D。更正一下：产物还有有机物，D 不成立。再看 C，线粒体是呼吸作用的场所，也不成立。所以答案：B。",
      "B",
    ],
    ["可以排除 C 和 D。A 和 B 之间，我更倾向 B。", "B"],
    ["光反应→暗反应→有机物，能量流向：光能→ATP→化学能。选 B。", "B"],
    ["这道题考的是光合作用。先看 A，", null],
    ["（1）A 错，吸收的是二氧化碳；（2）B 对；（3）C 错，是叶绿体；（4）D 错，还有有机物。", "B"],
  ],
};

const etiquette: ToldQuestion = {
  gold: {
    question: "同事在群里误发了一份含客户手机号的表格，你最妥当的做法是",
    options: {
      A: "转发给朋友看看",
      B: "私下提醒同事尽快撤回并报告",
      C: "在群里公开批评他",
      D: "下载保存以备后用",
    },
    answer: "B",
  },
  rows: [
    ["先私聊提醒同事马上撤回，再按流程上报。", "B"],
    ["我会私下告诉同事赶紧撤回，并向负责人报告情况。", "B"],
    ["妥当程度：B＞C＞A＝D", "B"],
    ["排序如下：B → C → D → A。\n最妥当的做法见第一位。", "B"],
    ["建议采取第二种做法。第三种会让同事难堪，第一种和第四种都涉嫌泄露个人信息。", "B"],
    ["A 泄露隐私，C 伤人，D 违法，都不合适。", "B"],
    ["不要转发，不要下载，也不要公开指责，悄悄提醒他撤回并上报就好。", "B"],
    ["答案：B\n\n有人可能会选 C，觉得公开批评能警示大家，其实会扩大影响。", "B"],
    [
      "最终答案：B（私下提醒同事尽快撤回并报告）\n\n希望对你有帮助！如果你想了解 C 为什么不妥，可以继续问我。",
      "B",
    ],
    ["很抱歉，涉及个人信息的问题我不能回答。", null],
    [
      "A. 转发给朋友看看\nB. 私下提醒同事尽快撤回并报告\nC. 在群里公开批评他\nD. 下载保存以备后用",
      null,
    ],
  ],
};

const notBelong: ToldQuestion = {
  gold: {
    question: "下列不属于《西游记》中人物的是",
    options: { A: "沙僧", B: "红孩儿", C: "林冲", D: "牛魔王" },
    answer: "C",
  },
  rows: [
    ["林冲出自《水浒传》，其他三位都是《西游记》里的。", "C"],
    ["沙僧、红孩儿、牛魔王都是《西游记》人物，林冲不是。", "C"],
    ["倒数第二个不属于。", "C"],
    ["A 属于，B 属于，C 不属于，D 属于。", "C"],
    ["A、B、D 都出现在《西游记》中，选 C 的理由就在这里。", "C"],
    [
      "1. 沙僧 —— 属于\n2. 红孩儿 —— 属于\n3. 林冲 —— 不属于，是《水浒传》人物\n4. 牛魔王 —— 属于",
      "C",
    ],
    ["答案：C\n误选 B 的同学可能不熟悉火云洞的故事。", "C"],
    ["C. 林冲是《水浒传》中的豹子头。而 A、B、D 均为《西游记》人物。", "C"],
    ["Lin Chong is from Water Margin, so the answer is C.", "C"],
    [
      "| 人物 | 出处 | 是否属于《西游记》 |\n|---|---|---|\n| A 沙僧 | 西游记 | 是 |\n| B 红孩儿 | 西游记 | 是 |\n| C 林冲 | 水浒传 | 否 |\n| D 牛魔王 | 西游记 | 是 |",
      "C",
    ],
  ],
};

const civics: ToldQuestion = {
  gold: {
    question: "（不定项选择）下列行为中，体现节约用水的有哪些？",
    options: { A: "洗菜水浇花", B: "长流水洗车", C: "修好滴水的龙头", D: "用淋浴代替盆浴" },
    answer: "ACD",
  },
  rows: [
    ["A 一水多用，算；B 浪费，不算；C 减少漏水，算；D 省水，算。", "ACD"],
    ["只有长流水洗车不算节水，剩下的都算。", "ACD"],
    ["第一、三、四项。", "ACD"],
    ["✅ A\n❌ B\n✅ C\n✅ D", "ACD"],
    ["答案：ACD\n\n不选 B 的理由：长流水会浪费大量的水。", "ACD"],
    ["应选 A、C、D；有同学漏选 D，是没想到盆浴更费水。", "ACD"],
    ["洗菜水浇花、修好滴水的龙头、用淋浴代替盆浴。", "ACD"],
    ["答案：AD。补充：C 也体现了节水，所以答案更正为 ACD。", "ACD"],
    ['{"A": true, "B": false, "C": true, "D": true}', "ACD"],
    ["B 明显是浪费，其余选项都体现了节约用水。", "ACD"],
  ],
};

const english: ToldQuestion = {
  gold: {
    question: "Which statement about the Moon is NOT true? Reply with the letter only.",
    options: {
      A: "It reflects sunlight",
      B: "It orbits the Earth",
      C: "It has a thick atmosphere",
      D: "It causes tides",
    },
    answer: "C",
  },
  rows: [
    ["The Moon does not have a thick atmosphere.", "C"],
    ["Statements A, B and D are all true; the remaining one is false.", "C"],
    ["A: True. B: True. C: False. D: True.", "C"],
    ["The third statement is false, since the Moon has almost no air.", "C"],
    [
      "**C** — the Moon has hardly any atmosphere. Students who choose D forget about gravity.",
      "C",
    ],
    ["Hmm, A is true… B is true… wait, the question asks for the one that is NOT true. So C.", "C"],
    [
      "Answer: C\n\nDid you know? A. Titan has an atmosphere. B. So does Venus. Want to hear more?",
      "C",
    ],
  ],
};

export const toldSecond: readonly ToldQuestion[] = [
  photosynthesis,
  etiquette,
  notBelong,
  civics,
  english,
];
