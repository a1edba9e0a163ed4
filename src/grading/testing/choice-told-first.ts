import type { Gold } from "../../domain/grader.ts";

/** A question and replies to it, each with the letters that a careful reader takes; null: none. */
export interface ToldQuestion {
  readonly gold: Partial<Gold>;
  readonly rows: readonly (readonly [reply: string, letters: string | null])[];
}

const buoyancy: ToldQuestion = {
  gold: {
    question: "把同一个铁块先后完全浸没在酒精和水中，下列说法正确的是",
    options: {
      A: "在酒精中受到的浮力大",
      B: "在水中受到的浮力大",
      C: "在两种液体中受到的浮力一样大",
      D: "条件不足，无法比较",
    },
    answer: "B",
  },
  rows: [
    ["浸没时排开液体的体积相同，水的密度比酒精大，因此这个铁块在水里受到的浮力更大。", "B"],
    ["由 F=ρgV 可知，V 相同，ρ水＞ρ酒精。\n\n所以铁块在水里的浮力要大一些。", "B"],
    ["答案：B\n\n选 C 的同学要注意审题，液体换了，密度就变了。还有别的题吗？", "B"],
    ["**答案：B**\n\n误选 C 往往是因为只看到了体积相同。", "B"],
    ["答案：B。\n有人选 A，是把密度大小记反了。", "B"],
    ["答案：B\n\n为什么不选 D：体积相同，密度已知，条件是够的。", "B"],
    ["本题易错选 C。正确答案：B", "B"],
    [
      "### 分析\n\n| 液体 | 密度 | 排开体积 | 浮力 |\n|---|---|---|---|\n| 酒精 | 0.8 | V | 小 |\n| 水 | 1.0 | V | 大 |\n\n### 结论\n\n铁块浸没在水中时浮力更大。\n\n（再检查一遍：A 说的是酒精，显然不对；单位也没有问题。）",
      "B",
    ],
    ["故选 B。（等等，我再核对一下公式……F=ρ液gV排，没错。）", "B"],
    ["答案：C？不，体积相同但密度不同，应该是 A。再想想，水密度大，所以最终答案是 B。", "B"],
    ["我一开始想选 C，后来改成 A，最后确定为 B。", "B"],
    ["第二种说法是对的，其余的要么颠倒了密度，要么忽略了密度。", "B"],
    ["前三个里只有中间那个是对的，第四个也不成立。", "B"],
    [
      "The iron block displaces the same volume in both liquids, but water is denser. Therefore **B** is correct. People who pick C forget about density.",
      "B",
    ],
    ['{"analysis": "V 相同，比较密度；有同学会选 C", "answer": "B", "confidence": 0.97}', "B"],
    ["浮力与液体密度和排开体积有关，水的密度更大，而铁块", null],
    ["抱歉，我无法回答这个问题。", null],
    ["答案：B\n\n要不要我再出一道？A. 换成盐水 B. 换成煤油 C. 换成水银，你想练哪个？", "B"],
  ],
};

const density: ToldQuestion = {
  gold: {
    question:
      "将下列事件按发生时间先后排序，正确的是：①商鞅变法 ②长平之战 ③秦统一六国 ④陈胜吴广起义",
    options: { A: "①③②④", B: "②①③④", C: "①②③④", D: "①②④③" },
    answer: "C",
  },
  rows: [
    ["答案：C\n排序：① → ② → ③ → ④", "C"],
    [
      "答案：C\n\n时间线：商鞅变法（前356）→ 长平之战（前260）→ 秦统一（前221）→ 陈胜吴广起义（前209）",
      "C",
    ],
    ["先是商鞅变法，再是长平之战，然后秦统一六国，最后陈胜吴广起义，即①②③④。", "C"],
    ["①→②→③→④，所以选 C。", "C"],
    ["顺序应为①②③④", "C"],
    ["选 C。容易错选 D 的同学，是把起义当成了灭秦之前统一之前的事。", "C"],
  ],
};

const happiness: ToldQuestion = {
  gold: {
    question:
      "朋友说“我面试又没过，感觉自己很没用”，以下回应中最能体现共情的是哪一个？请在最后一行写“答案：X”。",
    options: {
      A: "没事，再投几家就好了。",
      B: "听起来你现在很失落，愿意跟我说说吗？",
      C: "你平时就是准备得不够充分。",
      D: "我当年面试失败了十几次呢。",
    },
    answer: "B",
  },
  rows: [
    ["答案：B\n排序：B → D → A → C", "B"],
    ["共情程度从高到低：B > D > A > C。\n\n答案：B", "B"],
    ["我会选第二种回应，它先承认了对方的失落，再邀请对方倾诉。", "B"],
    ["能让人感到被理解的，是“听起来你现在很失落”那一句。", "B"],
    ["A 是轻描淡写，C 是指责，D 把话题转到自己身上，只有剩下的那句真正接住了对方的情绪。", "B"],
    [
      "**逐项分析**\n\n- **A**：急着给建议，淡化感受。\n- **B**：点出情绪并邀请倾诉。\n- **C**：批评，会加重自责。\n- **D**：讲自己的事，转移焦点。\n\n**答案：B**\n\n---\n\n💡 小贴士：选 A 的人往往出于好意，选 D 的人想表达“我懂”，但都不如先倾听。你平时会怎么安慰朋友呢？",
      "B",
    ],
    ["答案：B\n\n（注：D 也有一定的共情意味，但重心在自己。）", "B"],
    ["倒数第三句最能体现共情。", "B"],
    ["第二句。", "B"],
    ["最能体现共情的是直接点明对方“很失落”并愿意倾听的那句回应。", "B"],
    ["这类问题没有标准答案，要看你们的关系。", null],
    ["作为 AI，我不便评价哪种回应更好。", null],
    ["我选择先听对方说话。\n\n答案：B", "B"],
    ["排名：\n1. B\n2. D\n3. A\n4. C\n\n答案：B", "B"],
    [
      "If I had to choose, I'd go with B, since it names the feeling. A and D mean well, but C is plain criticism.",
      "B",
    ],
  ],
};

const wrong: ToldQuestion = {
  gold: {
    question: "下列关于我国地理的叙述，不正确的一项是（请直接给出选项字母）",
    options: {
      A: "长江是我国最长的河流",
      B: "青海湖是我国最大的咸水湖",
      C: "塔里木盆地是我国最大的盆地",
      D: "黄土高原是我国海拔最高的高原",
    },
    answer: "D",
  },
  rows: [
    ["D。\n\nA、B、C 都是正确的。", "D"],
    ["海拔最高的高原是青藏高原，不是黄土高原。", "D"],
    ["最后一项说错了：海拔最高的是青藏高原。", "D"],
    ["前三项都对，最后一项不对。", "D"],
    ["关于黄土高原的那个说法不对，应该是青藏高原。", "D"],
    ["- A ✔ 长江全长 6300 多千米\n- B ✔ 青海湖\n- C ✔ 塔里木盆地\n- D ✘ 应为青藏高原", "D"],
    [
      "1. 长江最长——正确\n2. 青海湖最大咸水湖——正确\n3. 塔里木盆地最大——正确\n4. 黄土高原海拔最高——错误，青藏高原才是",
      "D",
    ],
    ["答案：D\n\n选 C 的同学可能想到了准噶尔盆地。不选 B 的理由：它确实是最大的咸水湖。", "D"],
    ["错误的是 D。正确的说法应为“青藏高原是我国海拔最高的高原”。", "D"],
    ["A is true, B is true, C is true, D is false (it should be the Qinghai-Tibet Plateau).", "D"],
    ["答案：D →（改正：青藏高原）", "D"],
    ["把 D 里的黄土高原换成青藏高原就对了，其余无误。", "D"],
    ["倒数第一项有误。", "D"],
    ['```json\n{"A": "正确", "B": "正确", "C": "正确", "D": "错误"}\n```', "D"],
    ["题目问的是不正确的，所以 A 正确不选，B 正确不选，C 正确不选，D 错误，应选。", "D"],
    ["答案：A。等等，题目问的是不正确的，A 是正确的说法。更正：答案：D。", "D"],
  ],
};

const several: ToldQuestion = {
  gold: {
    question: "（多选题）下列属于可再生能源的有",
    options: { A: "太阳能", B: "煤炭", C: "风能", D: "水能", E: "天然气" },
    answer: "ACD",
  },
  rows: [
    [
      "**A. 太阳能** ✅ 可再生\n**B. 煤炭** ❌ 化石燃料\n**C. 风能** ✅ 可再生\n**D. 水能** ✅ 可再生\n**E. 天然气** ❌ 化石燃料",
      "ACD",
    ],
    [
      "答案：A、C、D\n\n漏选 D 的同学要记住水能靠水循环补充；误选 E 的同学要注意清洁不等于可再生。",
      "ACD",
    ],
    ["可再生的是太阳能、风能和水能；煤炭和天然气用一点少一点。", "ACD"],
    ["太阳能、风能、水能都能在短时间内得到补充，属于可再生能源。", "ACD"],
    ["煤炭与天然气是化石燃料，不可再生，其余三项都是。", "ACD"],
    ["答案：AC。等一下，漏了水能。答案：ACD。", "ACD"],
    ["答案：ACDE。不对，天然气是化石燃料，去掉 E，应为 ACD。", "ACD"],
    ['{"answer": ["A", "C", "D"], "excluded": ["B", "E"]}', "ACD"],
    ["The renewable ones are A, C and D. B and E are fossil fuels.", "ACD"],
    ["除 B、E 外，其余都应选。", "ACD"],
    ["A（√）B（×）C（√）D（√）E（×）", "ACD"],
    ["我选 A、C、D。很多人还会选 E，但天然气不可再生。", "ACD"],
    ["本题应选三项：第一项、第三项和第四项。", "ACD"],
    ["A 可再生，选；B 不可再生，不选；C 可再生，选；D 可再生，选；E 不可再生，不选。", "ACD"],
  ],
};

const biology: ToldQuestion = {
  gold: {
    question: "Which organelle is the main site of aerobic respiration in animal cells?",
    options: { A: "Ribosome", B: "Golgi apparatus", C: "Mitochondrion", D: "Lysosome" },
    answer: "C",
  },
  rows: [
    [
      "**Answer: C**\n\nIf you chose A, remember that ribosomes make proteins. Would you like another question?",
      "C",
    ],
    [
      "Let's go through them.\n\n- **Ribosome** makes proteins.\n- **Golgi apparatus** packages proteins.\n- **Mitochondrion** carries out aerobic respiration.\n- **Lysosome** digests waste.\n\nSo the mitochondrion is the one we want.",
      "C",
    ],
    ["It's the third option.", "C"],
    ["The second-to-last one.", "C"],
    ["Aerobic respiration takes place mainly in mitochondria.", "C"],
    ["Answer: C\n\n(Wait — double-checking: lysosomes digest, ribosomes translate. Yes.)", "C"],
    ["I first thought B, but actually it's C.", "C"],
    ["A common mistake is choosing D. Answer: C.", "C"],
    ["I'm sorry, but I can't help with that.", null],
    ["Cells get their energy from a process that", null],
    ["Answer: C → not B, which only packages proteins.", "C"],
  ],
};

export const toldFirst: readonly ToldQuestion[] = [
  buoyancy,
  density,
  happiness,
  wrong,
  several,
  biology,
];
