import type { Draw } from "../draw.ts";

import { drawLeast, mostTimes, type Stride, sumsOfWalks } from "../walks.ts";
import { drawFamily, type Relative } from "./family.ts";
import { possibleTerms } from "./ways.ts";

/** A relay race of a family, each of whose runners is a relative of certain kinds of the one before. */
export type Relay = {
  readonly people: readonly Relative[];
  /** Of each of them, who may run or not. */
  readonly seconds: readonly number[];
  /** Whom one may hand on to, as one calls them. */
  readonly kinds: readonly string[];
  /** Runners. */
  readonly length: number;
  /** Seconds by which two runners that follow each other differ, at least. */
  readonly apart: number;
  /** Seconds of all runners together, at most. */
  readonly most: number;
  /** Line-ups that keep all of this. */
  readonly lineups: number;
};

const lengths = [5, 6, 7, 8] as const;

/** Kinds of relatives with the terms for them; none for which ages must be known. */
const relatives: readonly (readonly [name: string, terms: readonly string[]])[] = [
  ["舅舅", ["舅舅"]],
  ["姑姑", ["姑姑"]],
  ["姨妈", ["姨妈"]],
  ["伯父或叔叔", ["伯父", "叔叔"]],
  ["侄子", ["侄子"]],
  ["侄女", ["侄女"]],
  ["外甥", ["外甥"]],
  ["外甥女", ["外甥女"]],
  ["堂兄弟", ["堂哥", "堂弟"]],
  ["堂姐妹", ["堂姐", "堂妹"]],
  ["表兄弟", ["表哥", "表弟"]],
  ["表姐妹", ["表姐", "表妹"]],
  ["亲兄弟", ["哥哥", "弟弟"]],
  ["亲姐妹", ["姐姐", "妹妹"]],
  ["祖父", ["祖父"]],
  ["祖母", ["祖母"]],
  ["外祖父", ["外祖父"]],
  ["外祖母", ["外祖母"]],
  ["孙子", ["孙子"]],
  ["孙女", ["孙女"]],
  ["外孙", ["外孙"]],
  ["外孙女", ["外孙女"]],
  ["公公", ["公公"]],
  ["婆婆", ["婆婆"]],
  ["岳父", ["岳父"]],
  ["岳母", ["岳母"]],
  ["儿媳", ["儿媳"]],
  ["女婿", ["女婿"]],
  ["丈夫", ["丈夫"]],
  ["妻子", ["妻子"]],
  ["父亲", ["父亲"]],
  ["母亲", ["母亲"]],
  ["儿子", ["儿子"]],
  ["女儿", ["女儿"]],
];

/** Fewer kinds would let hardly anybody hand on to anybody. */
const fewestKinds = 4;

/**
 * A family and kinds of relatives such that there are `lineups` line-ups or up to twice as many, before their times are added
 * up.
 */
export function drawRelay(
  draw: Draw,
  { people: count, lineups }: { people: number; lineups: number },
): Relay {
  for (;;) {
    const people = drawFamily(draw, count);
    if (people.length !== count) continue;
    const seconds = people.map(() => draw.int(12, 40));
    const apart = draw.int(2, 4);
    const terms = termsOf(people);
    const occurring = relatives.filter(([, words]) =>
      terms.some((own) => own.some((term) => words.includes(term ?? ""))),
    );
    const order = draw.shuffle(occurring);
    let open: readonly number[] = draw.shuffle(lengths);
    for (let many = fewestKinds; many <= order.length && open.length > 0; many += 1) {
      const kinds = order.slice(0, many);
      const steps = stepsOf(
        terms,
        seconds,
        apart,
        kinds.flatMap(([, words]) => words),
      );
      const found = open.map((length) => ({
        length,
        sums: sumsOfWalks({ starts: seconds, steps, length }, lineups * mostTimes),
      }));
      // Line-ups only become more, so a length that has too many is done with.
      open = found.flatMap(({ length, sums }) => (sums === null ? [] : [length]));
      for (const { length, sums } of found) {
        if (sums === null || sums.length < lineups) continue;
        const { least, reaching } = drawLeast(
          draw,
          sums.map((sum) => -sum),
        );
        // The answer stands nowhere in the question.
        if (-least === reaching) continue;
        const names = kinds.map(([name]) => name);
        return { people, seconds, kinds: names, length, apart, most: -least, lineups: reaching };
      }
    }
  }
}

/** How everybody calls everybody; null where there is no name for it. */
function termsOf(people: readonly Relative[]): readonly (readonly (string | null)[])[] {
  const known = {
    hasSex: () => true,
    isOlder: (one: number, other: number) => (people[one]?.born ?? 0) < (people[other]?.born ?? 0),
  };
  return people.map((_one, from) =>
    people.map((_other, to) =>
      from === to ? null : (possibleTerms(people, known, from, to)[0]?.[0] ?? null),
    ),
  );
}

const stepsOf = (
  terms: readonly (readonly (string | null)[])[],
  seconds: readonly number[],
  apart: number,
  words: readonly string[],
): readonly (readonly Stride[])[] =>
  terms.map((own, from) =>
    own.flatMap((term, to) => {
      const adds = seconds[to] ?? 0;
      const isFarEnough = Math.abs((seconds[from] ?? 0) - adds) >= apart;
      return term !== null && words.includes(term) && isFarEnough ? [{ to, adds }] : [];
    }),
  );

/** The rules of the race, and in how many ways the runners can be lined up. */
export function relayQuestion(
  draw: Draw,
  called: readonly string[],
  { seconds, kinds, length, apart, most }: Relay,
): string {
  const order = draw.shuffle([...called.keys()]);
  const times = order.map((at) => `${called[at] ?? ""} ${seconds[at] ?? 0}`).join("、");
  const told = (forms: readonly string[], value: number): string =>
    draw.pick(forms).replace("{}", String(value));
  return [
    `${draw.pick(timeHeads)}${times}。`,
    `${told(races, length)}${draw
      .pick(handingOn)
      .replace("{}", kinds.join("、"))}${told(aparts, apart)}${told(bounds, most)}`,
    `伯父、叔叔、姑姑、舅舅、姨妈只指父母的亲兄弟姐妹；堂和表、孙和外孙、祖父母和外祖父母都要分清。${draw.pick(asks)}请在最后一行用“答案：数字”作答。`,
  ].join("");
}

const timeHeads = [
  "家族运动会跑接力，各人跑一棒要的秒数是：",
  "一家人要报名接力赛，每人跑一棒的秒数：",
  "全家试跑了一次，各人一棒用的秒数记着：",
  "村里办家庭接力赛，这一家各人跑一棒的成绩（秒）：",
];

const races = [
  "一队跑 {} 棒，每人最多跑一棒。",
  "接力共 {} 棒，一个人不能跑两棒。",
  "从中选人跑 {} 棒，同一个人至多上场一次。",
];

const handingOn = [
  "规定接棒的人必须是交棒人的下列亲属之一：{}。",
  "每一棒只许交给自己的这些亲属：{}。",
  "按规则，交棒人只能把棒交给自己的{}（是其中一种就行）。",
];

const aparts = [
  "前后两棒的秒数至少相差 {}。",
  "交棒人和接棒人的秒数之差（大减小）不得小于 {}。",
  "挨着的两棒用时须相差 {} 秒或更多。",
];

const bounds = [
  "全队的秒数合计不超过 {}。",
  "各棒秒数加起来最多 {} 秒。",
  "总用时须在 {} 秒以内（含）。",
];

const asks = [
  "人选或棒次有一处不同就算不同的排法，一共有多少种排法？",
  "这样的排兵布阵共有几种？上场的人或先后不同都另算一种。",
  "问有多少种不同的排法（用的人或次序不同，就是不同的排法）。",
];
