import type { Cue, Solution } from "./cue.ts";

import { derive } from "./derive.ts";

/** Calculates the gold's number from the numbers of the question, or a wrong one with a slip in its steps. */
export function solveNumber(cue: Cue): Solution {
  const written = goldText(cue);
  const gold = numberOf(written);
  if (gold === null) return { steps: [], value: written, meaning: null, rivals: [] };
  if (cue.intent === "right") {
    return { steps: working(cue, gold, written), value: written, meaning: null, rivals: [] };
  }
  const slip = format(slipOf(cue, gold));
  return { steps: working(cue, gold, slip), value: slip, meaning: null, rivals: [] };
}

const goldText = ({ gold }: Cue): string =>
  String([gold.answer ?? gold.aliases[0] ?? ""].flat()[0]);

/** An integer, a decimal, a fraction a/b or a percentage; null for anything else. */
function numberOf(text: string): number | null {
  const clean = text.replaceAll(/[,，\s]/g, "");
  const match = /^(-?\d+(?:\.\d+)?)(?:\/(\d+)|(%))?/.exec(clean);
  if (match === null) return null;
  const [, top = "", bottom, percent] = match;
  const value = Number(top) / Number(bottom ?? 1);
  return percent === undefined ? value : value / 100;
}

const format = (value: number): string => String(Number(value.toFixed(6)));

/** A typical slip: off by one or ten, swapped digits, a lost zero. */
function slipOf({ gold, random }: Cue, right: number): number {
  const relative = Number(gold.grader?.with?.["relative"] ?? 0);
  const slack = Math.max(gold.tolerance ?? 0, Math.abs(right) * relative);
  const whole = Number.isInteger(right);
  const step = whole ? 1 : 10 ** -decimals(right);
  const candidates = [
    right + step,
    right - step,
    right + 10 * step,
    right - 10 * step,
    right + 2 * step,
    swapDigits(right),
    right * 2,
    right / 10,
  ].filter((each) => !whole || Number.isInteger(each));
  const start = random.int(0, candidates.length - 1);
  const turned = [...candidates.slice(start), ...candidates.slice(0, start)];
  const plausible = turned.find(
    (each) => Math.abs(each - right) > slack + 1e-6 && each > 0 === right > 0,
  );
  return plausible ?? right + slack * 2 + 1;
}

const decimals = (value: number): number => format(value).split(".")[1]?.length ?? 0;

function swapDigits(value: number): number {
  return Number(format(value).replace(/(\d)(\d)(?!.*\d\d)/, "$2$1"));
}

/** Sentences that lead from the question's numbers to `reached`, in the place of `right`. */
function working(cue: Cue, right: number, reached: string): readonly string[] {
  const { random, gold, previous } = cue;
  const start = previous === null ? [] : [`前面已经得到 ${lastNumber(previous)}，接着往下算。`];
  const lines = derive(numbersIn(gold.question), right);
  if (lines === null) return [...start, unshown(cue, reached)];
  const [first, second] = lines;
  if (second === undefined) {
    const sentence = random.pick([
      `根据题意列式：${first.text} = ${reached}。`,
      `题目给出的条件可以直接列式，${first.text} = ${reached}。`,
      `把已知数代进去：${first.text} = ${reached}。`,
    ]);
    return [...start, sentence];
  }
  return random.chance(0.5)
    ? [
        ...start,
        `先算第一步：${first.text} = ${format(first.result)}。`,
        `再算第二步：${second.text} = ${reached}。`,
      ]
    : [
        ...start,
        `由题意，${first.text} = ${format(first.result)}。`,
        `在此基础上，${second.text} = ${reached}。`,
      ];
}

/** A vague summary, for where the question's numbers do not lead there in two steps. */
function unshown({ random }: Cue, reached: string): string {
  return random.pick([
    `设所求的数为 x，按题中的数量关系列出方程，整理后解得 x = ${reached}。`,
    `把条件逐条列出来，一步一步推算，最后得到 ${reached}。`,
    `按照定义代入计算，化简之后的结果是 ${reached}。`,
    `先分情况讨论，再把各部分合起来，一共是 ${reached}。`,
  ]);
}

const numbersIn = (text: string): readonly number[] =>
  [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits)).slice(0, 5);

const lastNumber = (text: string): string => text.match(/\d+(?:\.\d+)?/g)?.at(-1) ?? "上一步的结果";
