import { type Asked, groups } from "./asked.ts";

type Rule = {
  readonly words: readonly string[];
  readonly holds: (at: (word: string) => number, last: number) => boolean;
  /** Of a rule about three rules: so many of them hold. */
  readonly three?: { readonly of: readonly Rule[]; readonly hold: number };
};

/** Strikes out places word by word, guesses one where nothing more is struck out; reads a clue by its words and its turn of phrase. */
export function solveZebra({ question }: Asked): string {
  const lines = question.split("\n");
  const lists = lines.flatMap((line) => {
    const found = /^(\S+?)：(.+、.+)$/.exec(line);
    return found === null ? [] : [{ title: found[1] ?? "", words: (found[2] ?? "").split("、") }];
  });
  const all = lists.flatMap(({ words }) => words);
  const ownLists = lists.map(({ words }) => words);
  const rules = lines.flatMap((line) => {
    const found = /^\d+\. (.+)。$/.exec(line);
    return found === null ? [] : [ruleOf(found[1] ?? "", all, ownLists)];
  });
  const people = lists[0]?.words.length ?? 0;
  const places = Array.from({ length: people }, (_, at) => at);
  const start: Open = new Map(all.map((word) => [word, places]));
  const solutions = solutionsOf(start, rules, ownLists, people - 1);
  const [only] = solutions;
  if (only === undefined || solutions.length > 1) return `${solutions.length} grids fit`;
  const [asked = ""] = groups(/各人(?:的)?(.+?)(?:依次是什么|，用顿号隔开)/, lines.at(-1) ?? "");
  const list = lists.find(({ title }) => title === asked)?.words ?? [];
  return list.toSorted((a, b) => placeIn(only, a) - placeIn(only, b)).join("、");
}

/** The places that each word can still have. */
type Open = ReadonlyMap<string, readonly number[]>;

const placeIn = (open: Open, word: string): number => open.get(word)?.[0] ?? Number.NaN;

/** Up to two ways to give every word a place. */
function solutionsOf(
  from: Open,
  rules: readonly Rule[],
  lists: readonly (readonly string[])[],
  last: number,
): readonly Open[] {
  const open = struckOut(from, rules, lists, last);
  if (open === null) return [];
  const [word, places] =
    [...open]
      .filter(([, left]) => left.length > 1)
      .toSorted(([, a], [, b]) => a.length - b.length)[0] ?? [];
  if (word === undefined || places === undefined) return [open];
  const found: Open[] = [];
  for (const place of places)
    if (found.length < 2)
      found.push(...solutionsOf(new Map([...open, [word, [place]]]), rules, lists, last));
  return found;
}

/** More combinations than these of a rule's words are not looked at yet. */
const mostLookedAt = 600;

/** Null where a word is left without a place. */
function struckOut(
  from: Open,
  rules: readonly Rule[],
  lists: readonly (readonly string[])[],
  last: number,
): Open | null {
  const open = new Map(from);
  const narrow = (word: string, left: readonly number[]): boolean => {
    if (left.length === open.get(word)?.length) return false;
    open.set(word, left);
    return true;
  };
  for (let isNews = true; isNews;) {
    isNews = false;
    for (const list of lists)
      for (const word of list) {
        const own = open.get(word) ?? [];
        const others = list.filter((each) => each !== word).map((each) => open.get(each) ?? []);
        const taken = new Set(others.flatMap((places) => (places.length === 1 ? places : [])));
        const alone = own.filter((place) => others.every((places) => !places.includes(place)));
        if (
          narrow(
            word,
            (alone.length > 0 ? alone : own).filter((place) => !taken.has(place)),
          )
        )
          isNews = true;
      }
    for (const rule of rules.flatMap((each) => settled(each, open, last))) {
      const words = [...new Set(rule.words)];
      const many = words.reduce((product, word) => product * (open.get(word)?.length ?? 0), 1);
      if (many > mostLookedAt) continue;
      const kept = supported(rule, words, open, last);
      for (const [at, word] of words.entries())
        if (
          narrow(
            word,
            (open.get(word) ?? []).filter((place) => kept[at]?.has(place) === true),
          )
        )
          isNews = true;
    }
    if ([...open.values()].some((places) => places.length === 0)) return null;
  }
  return open;
}

/** What a rule about three rules comes to where enough of them are known to hold or to fail. */
function settled(rule: Rule, open: Open, last: number): readonly Rule[] {
  if (rule.three === undefined) return [rule];
  const { of, hold } = rule.three;
  const canHold = of.map((each) => isPossible(each, open, last));
  const canFail = of.map((each) =>
    isPossible({ ...each, holds: (at, end) => !each.holds(at, end) }, open, last),
  );
  const sure = of.filter((_, at) => canFail[at] !== true).length;
  const most = canHold.filter(Boolean).length;
  if (sure > hold || most < hold) return [{ words: of[0]?.words ?? [], holds: () => false }];
  if (sure < hold && most > hold) return [];
  return of.map((each, at) =>
    canFail[at] !== true || (most === hold && canHold[at] === true)
      ? each
      : { ...each, holds: (place, end) => !each.holds(place, end) },
  );
}

function isPossible(rule: Rule, open: Open, last: number): boolean {
  const words = [...new Set(rule.words)];
  return supported(rule, words, open, last).every((places) => places.size > 0);
}

/** For each word of a rule the places with which the rule can hold. */
function supported(
  rule: Rule,
  words: readonly string[],
  open: Open,
  last: number,
): readonly ReadonlySet<number>[] {
  const kept = words.map(() => new Set<number>());
  const at = new Map<string, number>();
  const extend = (next: number): void => {
    const word = words[next];
    if (word === undefined) {
      if (rule.holds((each) => at.get(each) ?? Number.NaN, last))
        for (const [index, each] of words.entries()) kept[index]?.add(at.get(each) ?? Number.NaN);
      return;
    }
    for (const place of open.get(word) ?? []) {
      at.set(word, place);
      extend(next + 1);
    }
  };
  extend(0);
  return kept;
}

function ruleOf(clue: string, all: readonly string[], lists: readonly (readonly string[])[]): Rule {
  const quoted = [...clue.matchAll(/“([^”]+)”/g)].map(([, part = ""]) => ruleOf(part, all, lists));
  const [p, q] = quoted;
  const wanted = /这三句话里恰有(.)句是真的/.exec(clue)?.[1];
  if (wanted !== undefined)
    return {
      words: [],
      holds: () => true,
      three: { of: quoted, hold: wanted === "两" ? 2 : 1 },
    };
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
