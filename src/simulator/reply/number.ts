import type { Cue, Solution } from "./cue.ts";

type Equation = { readonly text: string; readonly result: number };

/** Works towards the gold's number with the numbers of the question, or slips on the way and shows it. */
export function solveNumber(cue: Cue): Solution {
  const written = goldText(cue);
  const gold = numberOf(written);
  if (gold === null) return { steps: [], value: written, meaning: null, rivals: [] };
  if (cue.intent === "right") {
    return { steps: working(cue, gold, gold), value: written, meaning: null, rivals: [] };
  }
  const slip = slipOf(cue, gold);
  return { steps: working(cue, gold, slip), value: show(slip), meaning: null, rivals: [] };
}

const goldText = ({ gold }: Cue): string =>
  String([gold.answer ?? gold.aliases[0] ?? ""].flat()[0]);

/** A whole or decimal number, a fraction a/b or a percentage; null for anything else. */
function numberOf(text: string): number | null {
  const clean = text.replaceAll(/[,，\s]/g, "");
  const match = /^(-?\d+(?:\.\d+)?)(?:\/(\d+)|(%))?/.exec(clean);
  if (match === null) return null;
  const [, top = "", bottom, percent] = match;
  const value = Number(top) / Number(bottom ?? 1);
  return percent === undefined ? value : value / 100;
}

const show = (value: number): string => String(Number(value.toFixed(6)));

/** A number that a tired calculator would write: off by one or ten, swapped digits, a lost zero. */
function slipOf({ gold, random }: Cue, right: number): number {
  const relative = Number(gold.grader?.with?.["relative"] ?? 0);
  const slack = Math.max(gold.tolerance ?? 0, Math.abs(right) * relative);
  const step = Number.isInteger(right) ? 1 : 10 ** -decimals(right);
  const candidates = [
    right + step,
    right - step,
    right + 10 * step,
    right - 10 * step,
    right * 2,
    right / 10,
    right * 10,
    swapDigits(right),
  ];
  const start = random.int(0, candidates.length - 1);
  const turned = [...candidates.slice(start), ...candidates.slice(0, start)];
  const plausible = turned.find(
    (each) => Math.abs(each - right) > slack + 1e-6 && each > 0 === right > 0,
  );
  return plausible ?? right + slack * 2 + 1;
}

const decimals = (value: number): number => show(value).split(".")[1]?.length ?? 0;

function swapDigits(value: number): number {
  const digits = show(value);
  return Number(digits.replace(/(\d)(\d)(?!.*\d\d)/, "$2$1"));
}

/** Sentences from the question's numbers to `reached`, which stands where `right` should. */
function working(cue: Cue, right: number, reached: number): readonly string[] {
  const { random } = cue;
  const known = numbersIn(cue.gold.question);
  const start =
    cue.previous === null ? [] : [`前面已经得到 ${lastNumber(cue.previous)}，接着往下算。`];
  const direct = equations(known).find(({ result }) => Math.abs(result - right) < 1e-9);
  if (direct !== undefined) {
    return [
      ...start,
      random.pick([
        `根据题意列式：${direct.text} = ${show(reached)}。`,
        `题目给出的条件可以直接列式，${direct.text} = ${show(reached)}。`,
        `把已知数代进去：${direct.text} = ${show(reached)}。`,
      ]),
    ];
  }
  const first = equations(known).find(({ result }) => Number.isInteger(result) && result > 0);
  if (first === undefined) {
    return [...start, random.pick(["按题目的要求一步一步数下来。", "先把条件理清，再逐个核对。"])];
  }
  const rest = right - first.result;
  const sign = rest < 0 ? "-" : "+";
  return [
    ...start,
    random.pick([
      `先算第一步：${first.text} = ${show(first.result)}。`,
      `第一步，${first.text} = ${show(first.result)}。`,
    ]),
    `再算第二步：${show(first.result)} ${sign} ${show(Math.abs(rest))} = ${show(reached)}。`,
  ];
}

const numbersIn = (text: string): readonly number[] =>
  [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits)).slice(0, 6);

const lastNumber = (text: string): string => text.match(/\d+(?:\.\d+)?/g)?.at(-1) ?? "上一步的结果";

function equations(known: readonly number[]): readonly Equation[] {
  return known.flatMap((a, index) => known.slice(index + 1).flatMap((b) => equationsOf(a, b)));
}

function equationsOf(a: number, b: number): readonly Equation[] {
  const all = [
    { text: `${a} × ${b}`, result: a * b },
    { text: `${a} + ${b}`, result: a + b },
    { text: `${Math.max(a, b)} - ${Math.min(a, b)}`, result: Math.abs(a - b) },
    { text: `${a} ÷ ${b}`, result: a / b },
  ];
  return all.filter(({ result }) => Number.isFinite(result));
}
