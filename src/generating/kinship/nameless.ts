import type { Draw } from "../draw.ts";
import type { Made } from "../generator.ts";

import { moreNames, names } from "../words.ts";
import { type ChartClue, drawChartClue } from "./chart-clues.ts";
import { fittingPlaces } from "./chart-search.ts";
import { chartText, drawChart } from "./chart.ts";

/** Names that have come off the chart of a family: in how many ways can they be put back, where so many of the sayings are false? */
export function nameless(
  draw: Draw,
  sizes: { people: number; falsehoods: number; double: number; ways: number },
): Made {
  for (;;) {
    const made = tryNameless(draw, sizes);
    if (made !== null) return made;
  }
}

/** Where so many sayings in a row hold of a way as they do of the truth, none tells the two apart: brothers without children. */
const mostDrafts = 2_000;

/** Null where a saying more leaves fewer than a quarter of the ways that there may be, and where none leaves fewer. */
function tryNameless(
  draw: Draw,
  {
    people: count,
    falsehoods,
    double,
    ways: mostWays,
  }: { people: number; falsehoods: number; double: number; ways: number },
): Made | null {
  const chart = drawChart(draw, count);
  const called = draw.sample([...names, ...moreNames], count);
  const truth = draw.shuffle([...called.keys()]);
  const wording = { chart, called };
  const draft = (isTrue: boolean): ChartClue =>
    drawChartClue(draw, wording, truth, { isTrue, double });
  const clues = new Map<string, ChartClue>();
  const add = (clue: ChartClue): unknown => clues.set(clue.text, clue);
  while (clues.size < falsehoods) add(draft(false));
  while (clues.size < count) add(draft(true));
  const fitting = (): readonly (readonly number[])[] =>
    fittingPlaces(count, [...clues.values()], falsehoods, mostWays + 1);
  let found = fitting();
  while (found.length > mostWays) {
    const other = draw.pick(found);
    let clue = draft(true);
    let drafts = 1;
    while (clue.holds(clue.who.map((each) => other[each] ?? 0)) && other !== found[0]) {
      if (drafts === mostDrafts) return null;
      clue = draft(true);
      drafts += 1;
    }
    add(clue);
    found = fitting();
  }
  if (found.length < mostWays / 4) return null;
  const shown = draw.shuffle([...clues.values()]);
  return {
    question: [
      draw.pick(heads).replace("{n}", String(count)),
      chartText(chart),
      `${draw.pick(nameHeads)}${draw.shuffle(called).join("、")}。名字看不出男女。`,
      draw.pick(sayings).replace("{m}", String(shown.length)).replace("{k}", String(falsehoods)),
      ...shown.map(({ text }, at) => `${at + 1}. ${text}。`),
      "称谓从严：堂、表、外孙、外祖父母都要分清，嫂子、弟媳、姐夫、妹夫只指自己亲兄弟姐妹的妻子、丈夫，不随丈夫或妻子叫；夫妻算同辈。",
      `${draw.pick(asks)}请在最后一行用“答案：数字”作答。`,
    ].join("\n"),
    answer: found.length,
    grader: { use: "numeric" },
  };
}

const heads = [
  "一张家谱图上有 {n} 个人，位置还在，名字却脱落了：",
  "整理老相册时发现一张 {n} 个人的家谱图，只剩位置，没有名字：",
  "下面是一家 {n} 口人的家谱图，名字都还没有填上：",
  "村里修谱，有一支 {n} 个人只知道位置，不知道哪个位置是谁：",
  "展板上的家谱图有 {n} 个位置，名牌全掉了下来：",
];

const nameHeads = ["这些人的名字是：", "要填回去的名字有：", "掉下来的名牌上写着："];

const sayings = [
  "关于他们有 {m} 条说法，其中恰好有 {k} 条是错的，其余都对：",
  "几位老人一共说了 {m} 句话，恰有 {k} 句记错了，别的都是真的：",
  "调查记下 {m} 条，事后知道里面不多不少有 {k} 条不实：",
  "已知的 {m} 条线索里，错的正好是 {k} 条：",
];

const asks = [
  "凭这些还不能确定谁在哪里。把名字填回各个位置，符合的填法一共有多少种？",
  "线索不够，填法不止一种。符合全部情况的填法共有几种？",
  "照此把每个位置填上一个名字，有多少种填法？",
  "名字和位置的对应，可能的一共有多少种？",
];
