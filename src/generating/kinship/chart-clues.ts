import type { Draw } from "../draw.ts";
import type { Chart } from "./chart.ts";

/** A saying about some of the people: whether it holds where they stand at given places, in the order of `who`. */
export type ChartClue = {
  readonly text: string;
  readonly who: readonly number[];
  readonly holds: (places: readonly number[]) => boolean;
};

type Wording = { readonly chart: Chart; readonly called: readonly string[] };

/**
 * A saying that is true or not as `isTrue` has it, of people who stand at the places of the same number as `truth` says.
 * Of the plain ones few are certain alone; two of them make one of the others.
 */
export function drawChartClue(
  draw: Draw,
  wording: Wording,
  truth: readonly number[],
  { isTrue, double }: { readonly isTrue: boolean; readonly double: number },
): ChartClue {
  for (;;) {
    const [one = 0, other = 0, third = 0] = draw.sample([...wording.called.keys()], 3);
    const about = (kinds: readonly Kind[]): ChartClue =>
      plain(draw, wording, truth, { pair: [one, other], kind: draw.pick(kinds) });
    const [first, second] = draw.shuffle([loose, close]);
    const clue =
      draw.int(1, 100) <= double
        ? both(draw, about(first ?? loose), about(second ?? close))
        : draw.int(1, 12) === 1
          ? oneWoman(wording, [one, other, third])
          : about([...loose, ...close, ...close]);
    if (clue.holds(clue.who.map((each) => truth[each] ?? 0)) !== isTrue) continue;
    if (saysSomething(draw, wording.chart, clue)) return clue;
  }
}

/** Whether it is true of some places and false of others. */
function saysSomething(draw: Draw, { people }: Chart, { who, holds }: ChartClue): boolean {
  const named = [...new Set(who)];
  const tried = Array.from({ length: 60 }, () => {
    const places = draw.sample([...people.keys()], named.length);
    return holds(who.map((each) => places[named.indexOf(each)] ?? 0));
  });
  return new Set(tried).size === 2;
}

/** Two sayings in one: one of them holds at least, or exactly one. */
function both(draw: Draw, one: ChartClue, other: ChartClue): ChartClue {
  const who = [...one.who, ...other.who];
  const count = (places: readonly number[]): number =>
    Number(one.holds(places.slice(0, one.who.length))) +
    Number(other.holds(places.slice(one.who.length)));
  const isExact = draw.int(0, 1) === 0;
  const pair = `“${one.text}”和“${other.text}”`;
  return {
    who,
    text: isExact ? `${pair}两句里恰有一句对` : `${pair}两句里至少有一句对`,
    holds: (places) => (isExact ? count(places) === 1 : count(places) > 0),
  };
}

function oneWoman({ chart, called }: Wording, who: readonly number[]): ChartClue {
  return {
    text: `${who.map((each) => called[each] ?? "").join("、")}三人里恰有一个女的`,
    who,
    holds: (places) => places.filter((place) => chart.people[place]?.isMale === false).length === 1,
  };
}

function plain(
  draw: Draw,
  { chart, called }: Wording,
  truth: readonly number[],
  { pair, kind }: { readonly pair: readonly [number, number]; readonly kind: Kind },
): ChartClue {
  const [one = 0, other = 0] = draw.shuffle(pair);
  const [a = "", b = ""] = [one, other].map((each) => called[each]);
  const [at = 0, beside = 0] = [truth[one], truth[other]];
  const { terms, generations, people, children } = chart;
  const termOf = (from = 0, to = 0): string | null => terms[from]?.[to] ?? null;
  const own = termOf(at, beside);
  switch (kind) {
    case "either": {
      const words = draw.shuffle([own ?? otherTerm(draw, chart, ""), otherTerm(draw, chart, own)]);
      return {
        text: `${b}是${a}的${words.join("或")}`,
        who: [one, other],
        holds: ([from, to]) => words.includes(termOf(from, to) ?? ""),
      };
    }
    case "group": {
      const [name, members] = draw.pick(
        groups.filter(([, words]) => words.some((word) => terms.flat().includes(word))),
      );
      return {
        text: `${a}和${b}是${name}`,
        who: [one, other],
        holds: ([from, to]) => members.includes(termOf(from, to) ?? ""),
      };
    }
    case "generation": {
      const gap = (generations[beside] ?? 0) - (generations[at] ?? 0);
      const wanted = draw.int(0, 3) === 0 ? draw.int(0, 1) : Math.abs(gap);
      const [up, down] = gap < 0 ? [other, one] : [one, other];
      return {
        text:
          wanted === 0
            ? `${a}和${b}同辈`
            : `${called[up] ?? ""}比${called[down] ?? ""}高${"零一两三四"[wanted] ?? ""}辈`,
        who: [up, down],
        holds: ([from = 0, to = 0]) => (generations[to] ?? 0) - (generations[from] ?? 0) === wanted,
      };
    }
    case "children": {
      const wanted = draw.int(0, 2) === 0 ? draw.int(0, 3) : (children[at] ?? 0);
      return {
        text: wanted === 0 ? `${a}没有孩子` : `${a}有 ${wanted} 个孩子`,
        who: [one],
        holds: ([place = 0]) => children[place] === wanted,
      };
    }
    case "stranger": {
      const isWed = draw.int(0, 1) === 0;
      return {
        text: isWed ? `${a}没有结婚` : `图上没有${a}的父母`,
        who: [one],
        holds: ([place = 0]) =>
          isWed ? people[place]?.spouse === null : people[place]?.father === null,
      };
    }
    case "sexes":
      return {
        text: `${a}和${b}一男一女`,
        who: [one, other],
        holds: ([x = 0, y = 0]) => people[x]?.isMale !== people[y]?.isMale,
      };
    case "age":
      return {
        text: `${a}出生得比${b}早`,
        who: [one, other],
        holds: ([x = 0, y = 0]) => (people[x]?.born ?? 0) < (people[y]?.born ?? 0),
      };
    default:
      throw new Error(String(kind satisfies never));
  }
}

const loose = ["generation", "children", "stranger", "sexes", "age"] as const;
const close = ["either", "either", "group"] as const;
type Kind = (typeof loose)[number] | (typeof close)[number];

/** Another term that occurs in the chart, of the other sex or of another line. */
function otherTerm(draw: Draw, { terms }: Chart, own: string | null): string {
  const all = [...new Set(terms.flat())].flatMap((term) =>
    term === null || term === own ? [] : [term],
  );
  return draw.pick(all);
}

const groups: readonly (readonly [string, readonly string[]])[] = [
  ["亲兄弟姐妹", ["哥哥", "弟弟", "姐姐", "妹妹"]],
  ["堂兄弟姐妹", ["堂哥", "堂弟", "堂姐", "堂妹"]],
  ["表兄弟姐妹", ["表哥", "表弟", "表姐", "表妹"]],
  ["夫妻", ["丈夫", "妻子"]],
  ["祖孙（外祖孙也算）", ["祖父", "祖母", "外祖父", "外祖母", "孙子", "孙女", "外孙", "外孙女"]],
  ["父母和子女", ["父亲", "母亲", "儿子", "女儿"]],
];
