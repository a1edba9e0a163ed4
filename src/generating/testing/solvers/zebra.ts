import { type Asked, groups } from "./asked.ts";

type Places = ReadonlyMap<string, number>;
type Rule = {
  readonly words: readonly string[];
  readonly holds: (at: (word: string) => number, last: number) => boolean;
};

/** Word by word in the order in which clues can be tried, backtracking; reads a clue by its words and its turn of phrase. */
export function solveZebra({ question }: Asked): string {
  const lines = question.split("\n");
  const lists = lines.flatMap((line) => {
    const found = /^(\S+?)：(.+、.+)$/.exec(line);
    return found === null ? [] : [{ title: found[1] ?? "", words: (found[2] ?? "").split("、") }];
  });
  const all = lists.flatMap(({ words }) => words);
  const rules = lines.flatMap((line) => {
    const found = /^\d+\. (.+)。$/.exec(line);
    return found === null
      ? []
      : [
          ruleOf(
            found[1] ?? "",
            all,
            lists.map(({ words }) => words),
          ),
        ];
  });
  const people = lists[0]?.words.length ?? 0;
  const order = orderOf(all, rules);
  const solutions: Map<string, number>[] = [];
  const at = new Map<string, number>();
  const listOf = new Map(lists.flatMap(({ words }) => words.map((word) => [word, words] as const)));
  const extend = (next: number): void => {
    const word = order[next];
    if (word === undefined) {
      solutions.push(new Map(at));
      return;
    }
    const taken = new Set((listOf.get(word) ?? []).map((each) => at.get(each)));
    for (let place = 0; place < people && solutions.length < 2; place += 1) {
      if (taken.has(place)) continue;
      at.set(word, place);
      if (rules.every((rule) => !rule.words.includes(word) || fits(rule, at, people - 1)))
        extend(next + 1);
      at.delete(word);
    }
  };
  extend(0);
  const [only] = solutions;
  if (only === undefined || solutions.length > 1) return `${solutions.length} grids fit`;
  const [asked = ""] = groups(/各人(?:的)?(.+?)(?:依次是什么|，用顿号隔开)/, lines.at(-1) ?? "");
  const list = lists.find(({ title }) => title === asked)?.words ?? [];
  return list.toSorted((a, b) => (only.get(a) ?? 0) - (only.get(b) ?? 0)).join("、");
}

const fits = ({ words, holds }: Rule, at: Places, last: number): boolean =>
  words.some((word) => !at.has(word)) || holds((word) => at.get(word) ?? Number.NaN, last);

/** Next comes the word that completes the most clues. */
function orderOf(all: readonly string[], rules: readonly Rule[]): readonly string[] {
  const order: string[] = [];
  while (order.length < all.length) {
    const rate = (word: string): number =>
      rules.reduce((sum, { words }) => {
        if (!words.includes(word)) return sum;
        const open = words.filter((each) => each !== word && !order.includes(each)).length;
        return sum + 10 ** -open;
      }, 0);
    const left = all.filter((word) => !order.includes(word));
    order.push(left.toSorted((a, b) => rate(b) - rate(a))[0] ?? "");
  }
  return order;
}

function ruleOf(clue: string, all: readonly string[], lists: readonly (readonly string[])[]): Rule {
  const quoted = [...clue.matchAll(/“([^”]+)”/g)].map(([, part = ""]) => ruleOf(part, all, lists));
  const [p, q] = quoted;
  if (p !== undefined && q !== undefined) {
    const words = [...p.words, ...q.words];
    return {
      words,
      holds: (at, last) => {
        const count = Number(p.holds(at, last)) + Number(q.holds(at, last));
        return /恰有一句是真的|一真一假/.test(clue) ? count === 1 : count < 2;
      },
    };
  }
  const implied = /^如果(.+)，那么(.+)$/.exec(clue) ?? /^只要(.+)，就可以断定(.+)$/.exec(clue);
  if (implied !== null) {
    const [given, then] = [
      ruleOf(implied[1] ?? "", all, lists),
      ruleOf(implied[2] ?? "", all, lists),
    ];
    return {
      words: [...given.words, ...then.words],
      holds: (at, last) => !given.holds(at, last) || then.holds(at, last),
    };
  }
  const words = all
    .filter((word) => clue.includes(word))
    .toSorted((a, b) => clue.indexOf(a) - clue.indexOf(b));
  const [a = "", b = "", c = ""] = words;
  const of = (holds: (i: number, j: number, k: number) => boolean): Rule => ({
    words,
    holds: (at) => holds(at(a), at(b), at(c)),
  });
  const distance = (i: number, j: number): number => (i > j ? i - j : j - i);
  if (clue.includes("要么")) return of((i, j, k) => i === j || i === k);
  if (/和.+之间，/.test(clue)) return of((i, j, k) => (j < i && i < k) || (k < i && i < j));
  const gap = /之间隔着 (\d+) |，中间[有隔]了? ?(\d+) /.exec(clue);
  if (gap !== null) return of((i, j) => distance(i, j) - 1 === Number(gap[1] ?? gap[2]));
  if (/最边上|不是排头就是|不是住在一楼就是|不是第一天就是/.test(clue))
    return { words, holds: (at, last) => [0, last].includes(at(a)) };
  if (/左右两边都|既不是排头|楼上楼下都|既不在第一天/.test(clue))
    return { words, holds: (at, last) => ![0, last].includes(at(a)) };
  if (/不住隔壁|不是紧挨|并不相邻|没有紧挨|楼层不相邻|不是上下楼|不相连|不止差/.test(clue))
    return of((i, j) => distance(i, j) > 1 || i === j);
  if (/右隔壁|正上方一层|前一天是/.test(clue)) return of((i, j) => i === j + 1);
  if (/左隔壁|正下方一层|第二天轮到|紧跟在/.test(clue)) return of((i, j) => j === i + 1);
  if (/紧挨着排在/.test(clue)) return of((i, j) => i === j + 1);
  if (/住隔壁|隔壁住着|紧挨|前后相邻|上下相邻|上下楼邻居|前后相连|只差一天/.test(clue))
    return of((i, j) => distance(i, j) === 1);
  if (/的左边|前面|得比.+低|值班比.+早/.test(clue)) return of((i, j) => i < j);
  if (/的右边|后面|得比.+高|值班比.+晚/.test(clue)) return of((i, j) => i > j);
  if (lists.some((list) => list.includes(a) && list.includes(b)))
    throw new Error(`no such clue: ${clue}`);
  return /不是|没有|不爱|不玩|不属/.test(clue) ? of((i, j) => i !== j) : of((i, j) => i === j);
}
