import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";
import type { Block, ProgramNames, ProgramState } from "../generating/program/block.ts";

import { defineGenerator } from "../generating/generator.ts";
import { listBlocks } from "../generating/program/list-blocks.ts";
import { machineBlocks, type MachineSize } from "../generating/program/machine-blocks.ts";
import { sumBlocks } from "../generating/program/sum-blocks.ts";

const Options = z.strictObject({
  language: z.enum(["python", "javascript"]).default("python"),
  blocks: z.int().min(1).max(80).default(4).describe("loops, one after another"),
  size: z.int().min(4).max(48).default(6).describe("numbers in the list"),
  machines: z
    .int()
    .min(0)
    .max(12)
    .default(0)
    .describe("blocks among them in which each step needs the one before"),
  steps: z.int().min(2).max(60).default(10).describe("of each machine"),
  modulus: z
    .int()
    .min(100)
    .max(20_000_000)
    .default(1_000)
    .describe("about the largest number of a machine"),
});

/** What does a program print? Loops that change a list and loops that add up what is in it take turns. */
export const generator = defineGenerator({
  id: "program",
  version: "4",
  title: { zh: "程序的输出", en: "output of a program" },
  grader: "numeric",
  options: Options,
  levels: [
    [1, 4],
    [2, 4],
    [2, 6],
    [9, 11, 3, 8, 8_000],
    [12, 13, 5, 11, 40_000],
    [12, 13, 5, 12, 60_000],
    [13, 14, 6, 12, 100_000],
    [14, 15, 6, 13, 200_000],
    [16, 16, 7, 15, 500_000],
    [18, 18, 8, 17, 1_000_000],
  ].map(([blocks = 1, size = 4, machines = 0, steps = 10, modulus = 1_000]) => ({
    options: { blocks, size, machines, steps, modulus },
    floor: blocks < 3 ? 0.045 : blocks < 4 ? 0.012 : 0.005,
  })),
  make: (draw, { language, blocks: count, size, machines, ...machine }): Made => {
    const names = drawNames(draw);
    const start: ProgramState = {
      list: Array.from({ length: size }, () => draw.int(2, 19)),
      total: 0,
    };
    const blocks = drawBlocks(draw, names, { count, machines, machine });
    const end = blocks.reduce((state, { run }) => run(state), start);
    const ask = draw.pick(asks).replaceAll("{语言}", languages[language].name);
    const text = languages[language].text(start, blocks, names);
    const fence = "```";
    return { question: `${ask}\n${fence}${language}\n${text}\n${fence}`, answer: end.total };
  },
});

function drawNames(draw: Draw): ProgramNames {
  return {
    list: draw.pick(["a", "nums", "data", "xs", "values"]),
    total: draw.pick(["s", "total", "result", "acc"]),
    index: draw.pick(["i", "j", "p"]),
    value: draw.pick(["v", "x", "num"]),
  };
}

type WantedBlocks = {
  readonly count: number;
  readonly machines: number;
  readonly machine: MachineSize;
};

/**
 * The last block reads the list; before it the two kinds take turns, and no kind comes again before its fellows. Machines
 * stand where they fall among the rest.
 */
function drawBlocks(
  draw: Draw,
  names: ProgramNames,
  { count, machines, machine }: WantedBlocks,
): readonly Block[] {
  const [changing, reading] = [draw.shuffle(listBlocks), draw.shuffle(sumBlocks)];
  const kinds = draw.shuffle(machineBlocks);
  const places = draw.sample(
    Array.from({ length: count - 1 }, (_, at) => at),
    machines,
  );
  return Array.from({ length: count }, (_, at) => {
    const turn = Math.floor(at / 2);
    const own = (count - at) % 2 === 1 ? reading : changing;
    const among = places.indexOf(at);
    const kind = among < 0 ? own[turn % own.length] : kinds[among % kinds.length]?.(machine);
    if (kind === undefined) throw new RangeError(`no block ${turn}`);
    return kind(draw, names);
  });
}

const languages = {
  python: {
    name: "Python 3",
    text: ({ list }: ProgramState, blocks: readonly Block[], names: ProgramNames) =>
      [
        `${names.list} = [${list.join(", ")}]`,
        `${names.total} = 0`,
        ...blocks.flatMap(({ python }) => python),
        `print(${names.total})`,
      ].join("\n"),
  },
  javascript: {
    name: "JavaScript",
    text: ({ list }: ProgramState, blocks: readonly Block[], names: ProgramNames) => {
      const body = blocks.flatMap(({ javascript }) => javascript);
      const helpers = "stack n left right pos count length state power raised".split(" ");
      const used = helpers.filter((name) =>
        body.some((line) => new RegExp(`^\\s*${name} = |; ${name} = `).test(line)),
      );
      return [
        `let ${names.list} = [${list.join(", ")}];`,
        `let ${names.total} = 0;`,
        ...(used.length === 0 ? [] : [`let ${used.join(", ")};`]),
        ...body,
        `console.log(${names.total});`,
      ].join("\n");
    },
  },
} as const;

/** Ways to ask it. */
const asks: readonly string[] = [
  "下面的 {语言} 程序会输出什么？",
  "读下面这段 {语言} 程序，写出它的输出。",
  "运行下面的 {语言} 程序，屏幕上显示的数是多少？",
  "不要运行，只靠推算：下面的 {语言} 程序打印出的数是多少？",
  "请逐步跟踪下面的 {语言} 程序，求出最后输出的数。",
  "有一段 {语言} 程序如下，它的输出结果是多少？",
  "这段 {语言} 代码执行完以后，打印的数是几？",
  "小组代码走查时要人工核对这段 {语言} 程序的输出，正确的结果是多少？",
  "下面这段 {语言} 程序没有错误，能正常运行。它输出的数是多少？",
  "请写出下面 {语言} 程序的运行结果。",
  "同事问你：下面这段 {语言} 程序跑完会打印哪个数？",
  "阅读程序写结果（{语言}）：",
  "下列 {语言} 程序的输出是多少？",
  "请心算：下面的 {语言} 程序最后一行会打印多少？",
  "给出一段 {语言} 程序，请算出它打印的整数。",
  "假设你是 {语言} 解释器，执行下面的程序，输出是什么？",
  "程序阅读题：下面这段 {语言} 代码输出的整数是多少？",
  "下面是一段用 {语言} 写的程序，请说出它的输出。",
  "把下面这段 {语言} 程序从头到尾走一遍，最后打印出来的是多少？",
  "测试人员要为下面的 {语言} 程序填写预期输出，应填多少？",
  "请判断下面的 {语言} 程序运行后显示的数值。",
  "执行以下 {语言} 代码，输出的整数是多少？",
];
