import type { Draw } from "../draw.ts";
import type { ChainRules } from "./chains.ts";
import type { CountAsked } from "./counts.ts";

/** The question in words: the list, the rules of the game, what is asked, and how to reply. */
export function chainQuestion(
  draw: Draw,
  words: readonly string[],
  rules: ChainRules,
  aim: "longest" | "shortest",
): string {
  const list = words.join(draw.pick(["、", "　", "\n"]));
  const demands = draw.shuffle(
    (["last", "via", "without"] as const).flatMap((name) => {
      const value = rules[name];
      return value === null ? [] : [draw.pick(demandForms[name]).replace("{}", value)];
    }),
  );
  const begin = rules.first === null ? "" : draw.pick(demandForms.first).replace("{}", rules.first);
  const limits = [begin, ...demands].filter((each) => each !== "");
  return [
    `${draw.pick(heads).replace("{n}", String(words.length))}\n${list}`,
    draw.pick(games),
    `${limits.length === 0 ? "" : `${limits.join("，")}。`}${draw.pick(aims[aim])}`,
    draw.pick(replies),
  ].join("\n");
}

/** The same with points for each idiom, where the most points that a chain can make are asked for. */
export function pointsQuestion(
  draw: Draw,
  words: readonly string[],
  points: readonly number[],
  without: string | null,
): string {
  const list = words
    .map((word, at) => `${word} ${points[at] ?? 0}`)
    .join(draw.pick(["、", "；", "\n"]));
  const limit =
    without === null ? "" : `${draw.pick(demandForms.without).replace("{}", without)}。`;
  return [
    `${draw.pick(heads).replace("{n}", String(words.length)).replace("：", "，后面的数是它的分值：")}\n${list}`,
    draw.pick(games),
    `${limit}${draw.pick(pointAims)}`,
    "请在最后一行用“答案：数字”作答。",
  ].join("\n");
}

/** How many chains of one length there are that keep rules on their points. */
export function countQuestion(
  draw: Draw,
  { words, points, length, least, apart }: Omit<CountAsked, "answer">,
): string {
  const list = words
    .map((word, at) => `${word} ${points[at] ?? 0}`)
    .join(draw.pick(["、", "；", "\n"]));
  const told = (forms: readonly string[], value: number): string =>
    draw.pick(forms).replace("{}", String(value));
  const rules = [told(countForms.least, least)];
  if (apart > 0) rules.push(told(countForms.apart, apart));
  return [
    `${draw.pick(heads).replace("{n}", String(words.length)).replace("：", "，后面的数是它的分值：")}\n${list}`,
    draw.pick(games),
    `${told(countForms.length, length)}，${draw.shuffle(rules).join("，")}。${draw.pick(countForms.aim)}`,
    "请在最后一行用“答案：数字”作答。",
  ].join("\n");
}

const countForms = {
  length: ["每串恰好接 {} 条", "一串正好由 {} 条成语接成", "只看不多不少 {} 条的接龙"],
  least: ["一串的分值之和不得低于 {}", "各条分值相加至少要有 {} 分", "总分要达到 {} 分（含）以上"],
  apart: [
    "相邻两条的分值至少相差 {}",
    "前后相接的两条，分值之差（大减小）不得小于 {}",
    "挨着的两条分值相差须在 {} 分（含）以上",
  ],
  aim: [
    "合乎这些要求的接法一共有多少种？只要有一条不同或次序不同，就算不同的接法。",
    "这样的接龙总共有多少串？用的成语或排列的先后有一处不同，就算不同的一串。",
    "问有几种不同的接法。成语或次序有任何不同都另算一种。",
  ],
} as const;

const pointAims = [
  "接成一串，得分是各条分值之和。最高能得多少分？",
  "把用到的成语的分值加起来，最多是多少？",
  "怎样接得分最高？写出这个最高分。",
  "一串接龙的总分是其中各条的分值之和，总分最高可达多少？",
  "不求条数多，只求分值之和最大。最大的和是多少？",
];

const heads = [
  "下面是 {n} 条成语：",
  "给你一张成语表，共 {n} 条：",
  "成语接龙只许用下列 {n} 条成语：",
  "桌上摆着 {n} 张成语卡片：",
  "语文课上玩成语接龙，老师在黑板上写了 {n} 条成语：",
  "现有成语 {n} 条如下：",
  "这一局成语接龙的词库里只有 {n} 条成语：",
  "请看这 {n} 条成语：",
];

const games = [
  "用其中的成语接龙：后一条的第一个字要和前一条的最后一个字相同，每条至多用一次，表外的成语不能用。",
  "接龙时，前一条成语的末字必须就是后一条成语的首字（同一个字，同音不算），每条最多用一次，只能用上面给出的成语。",
  "从中挑选成语，一条接一条地排下去，每一条的首字都是上一条的末字，谐音不算，同一条不能用两次，也不能用没有列出的成语。",
  "规则：首尾相接的两个字必须是同一个字；每条成语至多出现一次；不得使用没有列出的成语。",
];

const demandForms = {
  first: ["第一条必须是“{}”", "从“{}”开始接", "以“{}”打头", "由“{}”起头"],
  last: ["最后一条必须是“{}”", "接到“{}”为止", "以“{}”收尾"],
  via: ["必须用到“{}”", "“{}”这一条不能漏掉", "接龙里要有“{}”"],
  without: ["凡是带“{}”字的成语都不能用", "不许用含有“{}”字的成语", "带有“{}”字的成语一律不用"],
} as const;

const aims = {
  longest: [
    "怎样接最长？",
    "最多能接多少条？请给出这样一条最长的接龙。",
    "请接出条数最多的一串。",
    "请找出最长的一条接龙。",
    "要求用到的成语尽可能多，请写出最优的接法。",
  ],
  shortest: [
    "怎样接用的成语最少？",
    "请用最少的成语接成。",
    "请找出条数最少的接法。",
    "最少要用多少条？请给出这样一条最短的接龙。",
    "要求一共用到的成语（头尾都算）尽可能少，请写出最优的接法。",
  ],
} as const;

const replies = [
  "可以先写思考过程；最后一行只写接龙的成语，用顿号隔开，不要写别的字。",
  "先想清楚再作答。请把接龙单独写在最后一行，成语之间用顿号隔开，这一行不要有别的字。",
  "回答的最后一行只能有接好的成语，以顿号分隔。",
];
