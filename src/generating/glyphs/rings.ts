import type { Draw } from "../draw.ts";
import type { Made } from "../generator.ts";

import { leftHalves, sureStrokesOf } from "./glyphs.ts";

/** Left halves that many characters have. */
const turningHalves = Array.from("扌氵木口讠纟亻女火土钅月虫");

/** So many of them turn the piece: about every third character has one. */
const turningCount = 4;

const ringHeads = [
  "下面 {n} 个字从左到右排成一圈，最后一个字后面又是第一个字：",
  "{n} 个字首尾相接围成一圈，从第一个字写起是：",
  "一圈转盘上依次刻着 {n} 个字，末一个字之后回到头一个字：",
];

const ringRules = [
  "棋子起初停在第一个字上，方向为从左往右。每一步依次做三件事：一，从圈上拿走所停的字；二，这个字的左半边是{旁}之一的，棋子掉头；三，棋子朝当时的方向往前数，只数还在圈上的字，所拿走的字有几画就数几个，停在数到的那个字上（拿走之后紧挨着的那个字是第一个）。",
  "指针先指着第一个字，方向为从左往右。每一步先把所指的字划去；划去的字左半边是{旁}之一的，方向反过来；然后沿着这时的方向移动，移过的字数等于划去之字的笔画数，已经划去的字不算在内（移动时碰到的第一个未划去的字算第 1 个），指着最后数到的字。",
  "一个人站在第一个字上，面朝右（顺着写的方向）。每一步：捡起脚下的字，这个位置从此不算；捡起的字若以{旁}之一为左半边，人就转身；接着朝面对的方向走，每遇到一个还没捡起的字算一格，走的格数等于刚捡起的字的笔画数。",
];

const ringAsks = [
  "做满 {步} 步。第几步去掉的字，就用几乘它的笔画数，这些积的和是多少？",
  "一共走 {步} 步。把每一步的步数乘以那一步去掉的字的笔画数，总和是多少？",
  "照此进行 {步} 步，求各步“步数×去掉的字的笔画数”之和。",
];

/** A ring of characters: each is taken away, turns the piece round by its left half, and sends it on by its strokes. */
export function taken(draw: Draw, count: number, steps: number): Made {
  const strokes = sureStrokesOf("common");
  const halved = [...leftHalves].filter(([each]) => strokes.has(each));
  const ring = draw.sample(halved, count).map(([each, left]) => ({ each, left }));
  const turning = draw.sample(turningHalves, turningCount);
  const left = [...ring];
  let [at, way, sum] = [0, 1, 0];
  for (let step = 1; step <= steps; step += 1) {
    const [gone] = left.splice(at, 1);
    const own = strokes.get(gone?.each ?? "") ?? 0;
    sum += step * own;
    if (turning.includes(gone?.left ?? "")) way = -way;
    const moved = way > 0 ? at + own - 1 : at - own;
    at = ((moved % left.length) + left.length) % left.length;
  }
  const rule = draw.pick(ringRules).replace("{旁}", turning.map((each) => `“${each}”`).join(""));
  return {
    question: `${draw.pick(ringHeads).replace("{n}", String(count))}\n${ring.map(({ each }) => each).join("")}\n${rule}${draw
      .pick(ringAsks)
      .replace("{步}", String(steps))}`,
    answer: sum,
    grader: { use: "numeric" },
  };
}

const rowHeads = [
  "下面一行共有 {n} 个字：",
  "给出一行 {n} 个字：",
  "黑板上从左到右写着 {n} 个字：",
];

type Goes = (own: number, before: number, after: number) => boolean;

/** None of these comes to rest soon. */
const rounds: readonly { readonly text: string; readonly goes: Goes }[] = [
  {
    text: "笔画数比左右两个邻字都多的字",
    goes: (own, before, after) => own > before && own > after,
  },
  {
    text: "笔画数比左右两个邻字都少的字",
    goes: (own, before, after) => own < before && own < after,
  },
  {
    text: "笔画数比左边邻字多的字",
    goes: (own, before) => own > before,
  },
  {
    text: "笔画数比右边邻字多的字",
    goes: (own, _before, after) => own > after,
  },
];

const roundRules = [
  "一轮一轮地擦：每一轮里，把这时{字}同时擦去（这一行最左和最右的字不擦），剩下的字靠拢成一行，再做下一轮，直到没有字可擦为止。",
  "反复做同一件事：找出此刻{字}（一头一尾的不算），一起去掉，余下的按原来的次序并成一行；做到再也没有这样的字为止，每做一次算一轮。",
];

const roundAsks = [
  "第几轮去掉的字，就用几乘它的笔画数，这些积的总和是多少？",
  "把每个去掉的字的笔画数乘以它是第几轮去掉的，再全部相加，得多少？",
  "求所有去掉的字的“轮次×笔画数”之和。",
];

/** Where it comes to rest sooner, another row and rule are drawn. */
const leastRounds = 4;

/** A row of characters from which all that stand out among their neighbours go at once, round after round. */
export function eroded(draw: Draw, count: number): Made {
  const strokes = sureStrokesOf("common");
  const row = draw.sample([...strokes.keys()], count);
  const { text, goes } = draw.pick(rounds);
  let [left, round, sum] = [row.map((each) => strokes.get(each) ?? 0), 1, 0];
  for (;;) {
    const isGone = left.map((own, at) => {
      const [before, after] = [left[at - 1], left[at + 1]];
      return before !== undefined && after !== undefined && goes(own, before, after);
    });
    const gone = left.filter((_, at) => isGone[at]);
    if (gone.length === 0) break;
    sum += round * gone.reduce((total, each) => total + each, 0);
    left = left.filter((_, at) => !isGone[at]);
    round += 1;
  }
  if (round < leastRounds) return eroded(draw, count);
  return {
    question: `${draw.pick(rowHeads).replace("{n}", String(count))}\n${row.join("")}\n${draw.pick(roundRules).replace("{字}", text)}${draw.pick(roundAsks)}`,
    answer: sum,
    grader: { use: "numeric" },
  };
}
