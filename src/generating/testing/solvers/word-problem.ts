import { type Asked, groups } from "./asked.ts";

type Solve = (numbers: readonly number[], question: string) => number;

/** Each kind by a sentence that only it has; its numbers in the order of the pattern. Solved step by step or by search. */
const kinds: readonly (readonly [RegExp, Solve])[] = [
  [
    /买了 (\d+) 个[^。]+?，每个 (\d+) 元。.*又买了 (\d+) 个[^。]+?，每个 (\d+) 元。.*付给店家 (\d+) 元，应找回/,
    ([n = 0, a = 0, m = 0, b = 0, paid = 0]) => {
      let left = paid;
      for (let at = 0; at < n; at += 1) left -= a;
      for (let at = 0; at < m; at += 1) left -= b;
      return left;
    },
  ],
  [
    /相距 (\d+) 千米的两地.*每小时行 (\d+) 千米，另一辆每小时行 (\d+) 千米。.*几小时后/,
    ([apart = 0, first = 0, second = 0]) =>
      until((hours) => apart - first * hours === second * hours),
  ],
  [
    /一本书有 (\d+) 页。.*前 (\d+) 天每天读 (\d+) 页，后 2 天每天比原来多读 (\d+) 页。/,
    ([pages = 0, days = 0, perDay = 0, more = 0]) => {
      let left = pages;
      for (let day = 0; day < days + 2; day += 1) left -= perDay + (day < days ? 0 : more);
      return left;
    },
  ],
  [
    /糖分给 (\d+) 个孩子，每人 (\d+) 颗，还剩 (\d+) 颗。.*如果每人分 (\d+) 颗/,
    ([children = 0, each = 0, left = 0, wanted = 0]) => (wanted - each) * children - left,
  ],
  [
    /标价 (\d+) 元，店庆时打(.)折。.*买 (\d+) 件/,
    ([price = 0, off = 0, n = 0]) => (price / 10) * off * n,
  ],
  [
    /要做 (\d+) 个零件。.*甲每天做 (\d+) 个，乙每天做 (\d+) 个。.*甲先单独做 (\d+) 天/,
    ([all = 0, first = 0, second = 0, alone = 0]) =>
      until((days) => first * (alone + days) + second * days === all),
  ],
  [
    /水箱里原有 (\d+) 升水，容量是 (\d+) 升。.*每分钟进水 (\d+) 升，同时出水管每分钟放水 (\d+) 升。/,
    ([before = 0, full = 0, inflow = 0, outflow = 0]) =>
      until((minutes) => before + inflow * minutes === full + outflow * minutes),
  ],
  [
    /剧场有 (\d+) 排座位，第一排有 (\d+) 个，以后每排都比前一排多 (\d+) 个。/,
    ([rows = 0, first = 0, step = 0]) => {
      let [total, row] = [0, first];
      for (let at = 0; at < rows; at += 1, row += step) total += row;
      return total;
    },
  ],
];

export function solveWordProblem({ question }: Asked): number {
  if (question.includes("这时仓库里有多少")) return solveStock(question);
  for (const [pattern, solve] of kinds) {
    const found = pattern.exec(question);
    if (found !== null) return solve(found.slice(1).map(numberOf), question);
  }
  throw new Error(`no such problem: ${question}`);
}

const numberOf = (text: string): number =>
  /^\d+$/.test(text) ? Number(text) : "零一二三四五六七八九".indexOf(text);

function until(isRight: (value: number) => boolean): number {
  for (let value = 0; value < 1_000; value += 1) if (isRight(value)) return value;
  throw new Error("nothing below 1000 fits");
}

/** Reads the days in order; sentences of nobody's day change nothing. */
function solveStock(question: string): number {
  const [before = ""] = groups(/的仓库里原有 (\d+) /, question);
  let [held, moved] = [Number(before), 0];
  for (const [, day = ""] of question.matchAll(/第 \d+ 天([^。]+)。/g)) {
    const number = Number(/\d+/.exec(day)?.[0]);
    if (day.includes("倍")) moved *= number;
    else if (day.includes("前一天")) moved += day.includes("少") ? -number : number;
    else if (day.includes("平均分成")) moved = held / number;
    else moved = number;
    held += day.includes("运走") ? -moved : moved;
  }
  return held;
}
