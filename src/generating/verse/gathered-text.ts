import type { Draw } from "../draw.ts";
import type { Gathering } from "./gathered.ts";

import { linePatterns } from "./verse.ts";

/** In how many ways can eight lines be chosen that make a poem of so many points? */
export function gatheredQuestion(
  draw: Draw,
  { lines, least }: Pick<Gathering, "lines" | "least">,
): string {
  const rules = [
    `句式只有四种（“中”处可平可仄）：${Object.values(linePatterns)
      .map((pattern, at) => `${"甲乙丙丁"[at] ?? ""} ${pattern}`)
      .join("，")}。不合任何一式的句子不能用`,
    "八句的句式依次只能是下列之一：甲乙丙丁甲乙丙丁，丁乙丙丁甲乙丙丁，丙丁甲乙丙丁甲乙，乙丁甲乙丙丁甲乙",
    "乙式、丁式的句子都入韵，全诗入韵的句子末字须在平水韵的同一个韵部",
    `平仄按平水韵，入声算仄，${draw.pick(["不论拗救", "严格按谱，不讲拗救"])}`,
    draw.pick(repeats),
    draw.pick(bounds).replace("{分}", String(least)),
  ];
  return [
    draw.pick(heads).replace("{n}", String(lines.length)),
    lines.map(({ text, points }, at) => `${at + 1}. ${text}（${points}）`).join("　"),
    `规则：${rules.join("；")}。对仗和文意不管。`,
    `${draw.pick(asks)}请在最后一行用“答案：数字”作答。`,
  ].join("\n");
}

const heads = [
  "诗社办集句比赛：从下面 {n} 个七言句里选八句，排成一首七律，括号里是评委给各句打的分：",
  "集句游戏，备选的七言句共 {n} 个，各带分值，要从中挑八句拼成一首七律：",
  "下面有 {n} 个七言句，后面注着得分，请从里面选出八句，凑成一首合律的七律：",
  "老师出了 {n} 个七言句，按好坏各给了分，让学生选其中八句集成一首七律：",
  "有 {n} 张句签，每张上是一句七言和它的分数，抽出八张排成七律：",
];

const repeats = [
  "全诗五十六个字不许有重复的字",
  "全诗不得有相同的字，一个字只能出现一次",
  "任何一个字在全诗里最多出现一次",
];

const bounds = [
  "八句的分数合计不得低于 {分}",
  "八句加起来至少要有 {分} 分",
  "总分须达到 {分} 分（含）",
];

const asks = [
  "选法一共有多少种（只看选了哪八句，不论排列的次序）？",
  "从中选八句集成一首七律，共有多少种不同的选法（句子相同、只是次序不同的算一种）？",
  "有多少种选八句的办法能排成合律的七律（不计次序，只计选了哪些）？",
  "符合规则的八句组合一共有几种（同样的八句只算一种）？",
];
