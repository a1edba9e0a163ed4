import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";

import { aside } from "../generating/asides.ts";
import { defineGenerator } from "../generating/generator.ts";
import { stockProblem } from "../generating/stock-problem.ts";
import { goods, names } from "../generating/words.ts";

/** Problems over integers, each with an integer answer, among facts that nothing depends on. */
export const generator = defineGenerator({
  id: "word-problem",
  version: "2",
  title: { zh: "应用题", en: "word problems" },
  grader: "numeric",
  options: z.strictObject({
    steps: z
      .int()
      .min(2)
      .max(20)
      .default(3)
      .describe("what happens in the problems of a warehouse; from 4 on, no others are asked"),
    asides: z.int().min(0).max(8).default(1).describe("facts with numbers that do not matter"),
  }),
  levels: [2, 4, 5, 6, 8, 10, 12, 14, 17, 20].map((steps, at) => ({
    options: { steps, asides: Math.floor(at / 2) },
    floor: steps < 4 ? 0.03 : 0.005,
  })),
  make: (draw, { steps, asides }) => {
    const { question = "", ...gold } =
      steps > 3 || draw.int(0, kinds.length + 3) > kinds.length
        ? stockProblem(draw, steps)
        : draw.pick(kinds)(draw);
    return { question: withAsides(draw, question, asides), ...gold };
  },
});

/** Puts them between the sentences, never behind the question. */
function withAsides(draw: Draw, question: string, count: number): string {
  const sentences = question.split(/(?<=。)/);
  for (let left = count; left > 0; left -= 1) {
    sentences.splice(draw.int(0, sentences.length - 1), 0, aside(draw));
  }
  return sentences.join("");
}

const kinds: readonly ((draw: Draw) => Made)[] = [
  shopping,
  meeting,
  pages,
  sharing,
  discount,
  work,
  tank,
  seats,
];

function shopping(draw: Draw): Made {
  const [name, [first, second]] = [draw.pick(names), pair(draw, goods)];
  const [a, b, n, m] = [draw.int(6, 45), draw.int(6, 45), draw.int(2, 9), draw.int(2, 9)];
  const total = a * n + b * m;
  const paid = Math.ceil((total + draw.int(1, 60)) / 50) * 50;
  return problem(
    `${name}买了 ${n} 个${first}，每个 ${a} 元。又买了 ${m} 个${second}，每个 ${b} 元。付给店家 ${paid} 元，应找回多少元？`,
    paid - total,
    "元",
  );
}

function meeting(draw: Draw): Made {
  const [first, second, hours] = [draw.int(40, 75), draw.int(40, 75), draw.int(2, 8)];
  return problem(
    `两辆车从相距 ${(first + second) * hours} 千米的两地同时相向开出，一辆每小时行 ${first} 千米，另一辆每小时行 ${second} 千米。几小时后两车相遇？`,
    hours,
    "小时",
  );
}

function pages(draw: Draw): Made {
  const [name, perDay, days] = [draw.pick(names), draw.int(12, 36), draw.int(4, 12)];
  const [more, left] = [draw.int(3, 15), draw.int(5, 60)];
  const total = perDay * days + (perDay + more) * 2 + left;
  return problem(
    `一本书有 ${total} 页。${name}前 ${days} 天每天读 ${perDay} 页，后 2 天每天比原来多读 ${more} 页。还剩多少页没有读？`,
    left,
    "页",
  );
}

function sharing(draw: Draw): Made {
  const [children, each, left] = [draw.int(6, 24), draw.int(3, 12), draw.int(1, 5)];
  const more = draw.int(1, 3);
  const total = children * each + left;
  return problem(
    `老师把一些糖分给 ${children} 个孩子，每人 ${each} 颗，还剩 ${left} 颗。如果每人分 ${each + more} 颗，还差多少颗？`,
    children * (each + more) - total,
    "颗",
  );
}

function discount(draw: Draw): Made {
  const [thing, price, off, n] = [
    draw.pick(goods),
    draw.int(4, 30) * 10,
    draw.int(5, 9),
    draw.int(2, 8),
  ];
  return problem(
    `一件${thing}标价 ${price} 元，店庆时打${"零一二三四五六七八九"[off] ?? ""}折。买 ${n} 件一共要付多少元？`,
    (price * off * n) / 10,
    "元",
  );
}

function work(draw: Draw): Made {
  const [first, second, days] = [draw.int(15, 60), draw.int(15, 60), draw.int(3, 12)];
  const alone = draw.int(2, 6);
  const total = (first + second) * days + first * alone;
  return problem(
    `要做 ${total} 个零件。甲每天做 ${first} 个，乙每天做 ${second} 个。甲先单独做 ${alone} 天，然后两人合做，还要几天才能做完？`,
    days,
    "天",
  );
}

function tank(draw: Draw): Made {
  const [inflow, outflow, minutes] = [draw.int(20, 45), draw.int(5, 18), draw.int(6, 30)];
  const before = draw.int(2, 9) * 10;
  return problem(
    `水箱里原有 ${before} 升水，容量是 ${before + (inflow - outflow) * minutes} 升。进水管每分钟进水 ${inflow} 升，同时出水管每分钟放水 ${outflow} 升。多少分钟后水箱恰好装满？`,
    minutes,
    "分钟",
  );
}

function seats(draw: Draw): Made {
  const [rows, first, step] = [draw.int(8, 25), draw.int(12, 30), draw.int(1, 4)];
  return problem(
    `剧场有 ${rows} 排座位，第一排有 ${first} 个，以后每排都比前一排多 ${step} 个。一共有多少个座位？`,
    (rows * (2 * first + (rows - 1) * step)) / 2,
    "个",
  );
}

function pair(draw: Draw, from: readonly string[]): readonly [string, string] {
  const [first = "", second = ""] = draw.sample(from, 2);
  return [first, second];
}

const problem = (question: string, answer: number, unit: string): Made => ({
  question,
  answer,
  unit,
});
