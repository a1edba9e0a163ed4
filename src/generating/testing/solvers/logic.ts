import type { Asked } from "./asked.ts";

/** Whether a clue holds of a whole row. */
type Rule = (position: (name: string) => number) => boolean;

const nextTo = (a: number, b: number): boolean => a === b + 1 || b === a + 1;

const N = "(.{2})";
const patterns: readonly (readonly [RegExp, (found: readonly string[], last: number) => Rule])[] = [
  [
    new RegExp(`^如果${N}在${N}前面，那么${N}也在${N}前面$`),
    ([a = "", b = "", c = "", d = ""]) =>
      (at) =>
        !(at(a) < at(b)) || at(c) < at(d),
  ],
  [
    new RegExp(`^“${N}和${N}紧挨着”和“${N}和${N}紧挨着”这两句话恰有一句是真的$`),
    ([a = "", b = "", c = "", d = ""]) =>
      (at) =>
        Number(nextTo(at(a), at(b))) + Number(nextTo(at(c), at(d))) === 1,
  ],
  [
    new RegExp(`^${N}在${N}和${N}之间（不一定相邻）$`),
    ([a = "", b = "", c = ""]) =>
      (at) =>
        at(a) > Math.min(at(b), at(c)) && at(a) < Math.max(at(b), at(c)),
  ],
  [
    new RegExp(`^${N}和${N}不相邻$`),
    ([a = "", b = ""]) =>
      (at) =>
        !nextTo(at(a), at(b)),
  ],
  [
    new RegExp(`^${N}和${N}紧挨着$`),
    ([a = "", b = ""]) =>
      (at) =>
        nextTo(at(a), at(b)),
  ],
  [
    new RegExp(`^${N}和${N}中间隔着 (\\d+) 个人$`),
    ([a = "", b = "", gap = ""]) =>
      (at) =>
        Math.abs(at(a) - at(b)) === Number(gap) + 1,
  ],
  [
    new RegExp(`^${N}在${N}前面$`),
    ([a = "", b = ""]) =>
      (at) =>
        at(a) < at(b),
  ],
  [
    new RegExp(`^${N}在${N}后面$`),
    ([a = "", b = ""]) =>
      (at) =>
        at(b) < at(a),
  ],
  [
    new RegExp(`^${N}不在最前面$`),
    ([a = ""]) =>
      (at) =>
        at(a) > 0,
  ],
  [
    new RegExp(`^${N}不在最后$`),
    ([a = ""], last) =>
      (at) =>
        at(a) < last,
  ],
];

function ruleOf(clue: string, last: number): Rule {
  for (const [pattern, make] of patterns) {
    const found = pattern.exec(clue);
    if (found !== null) return make(found.slice(1), last);
  }
  throw new Error(`no such clue: ${clue}`);
}

/** Puts one after another in the row and looks at whole rows alone; says so unless one row is left. */
export function solveLogic({ question, options }: Asked): string {
  const [people = "", told = "", ask = ""] = question.split("。");
  const names = people.replace("从前到后排成一队", "").split("、");
  const rules = told.split("；").map((clue) => ruleOf(clue, names.length - 1));
  const place = Number(/第 (\d+) 位/.exec(ask)?.[1]) - 1;
  const fitting: (readonly string[])[] = [];
  const extend = (row: readonly string[], left: readonly string[]): void => {
    if (left.length === 0) {
      const at = new Map(row.map((name, index) => [name, index]));
      if (rules.every((rule) => rule((name) => at.get(name) ?? Number.NaN))) fitting.push(row);
      return;
    }
    for (const name of left) {
      extend(
        [...row, name],
        left.filter((each) => each !== name),
      );
    }
  };
  extend([], names);
  if (fitting.length !== 1) return `${fitting.length} rows fit`;
  const found = Object.entries(options).find(([, name]) => name === fitting[0]?.[place]);
  return found?.[0] ?? "not among the options";
}
