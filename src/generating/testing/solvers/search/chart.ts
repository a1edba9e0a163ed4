import type { Kin } from "../kinship-facts.ts";

type Holds = (placeOf: (name: string) => string) => boolean;
type Saying = { readonly who: readonly string[]; readonly holds: Holds };
type TermsOf = (kin: Kin, ego: string, alter: string) => readonly string[];

/**
 * Takes as many of the sayings as must be false for false, one choice after another, and counts the ways to put the names
 * back under which these are false and the others are true.
 */
export function solveChart(question: string, termsOf: TermsOf): number {
  const rows = question.split("\n");
  const chart = readChart(rows[1] ?? "", termsOf);
  const names = (/(?:：|有：|写着：)([^。]+)。名字看不出男女/.exec(rows[2] ?? "")?.[1] ?? "").split(
    "、",
  );
  const sayings = rows.flatMap((row) => {
    const found = /^\d+\. (.+)。$/.exec(row);
    return found === null ? [] : [sayingOf(found[1] ?? "", chart)];
  });
  const wanted = /(\d+) [条句](?:是错的|记错了|不实|：)/.exec(rows[3] ?? "")?.[1];
  const found = new Set<string>();
  for (const wrong of choices(sayings.length, Number(wanted)))
    for (const each of ways(chart.places, names, signed(sayings, wrong))) found.add(each);
  return found.size;
}

const signed = (sayings: readonly Saying[], wrong: readonly number[]): readonly Saying[] =>
  sayings.map(({ who, holds }, at) =>
    wrong.includes(at) ? { who, holds: (placeOf) => !holds(placeOf) } : { who, holds },
  );

function choices(count: number, many: number, from = 0): readonly (readonly number[])[] {
  if (many === 0) return [[]];
  return Array.from({ length: Math.max(0, count - from) }, (_, at) => from + at).flatMap((first) =>
    choices(count, many - 1, first + 1).map((rest) => [first, ...rest]),
  );
}

type Places = {
  readonly places: readonly string[];
  readonly kin: Kin;
  readonly born: ReadonlyMap<string, number>;
  readonly depth: (place: string) => number;
  readonly childrenOf: (place: string) => number;
  readonly isTerm: (from: string, to: string, words: readonly string[]) => boolean;
};

function readChart(text: string, termsOf: TermsOf): Places {
  const kin: Kin = { sex: new Map(), spouse: new Map(), parents: new Map(), older: new Map() };
  const born = new Map<string, number>();
  for (const [, place = "", sex, year] of text.matchAll(/(.)（([男女])，(\d+) 年生）/g)) {
    kin.sex.set(place, sex === "男" ? "m" : "f");
    born.set(place, Number(year));
  }
  const places = [...born.keys()].toSorted();
  for (const one of places)
    kin.older.set(
      one,
      new Set(places.filter((each) => (born.get(each) ?? 0) > (born.get(one) ?? 0))),
    );
  for (const couple of text.replaceAll(/（[^）]+）/g, "").split(/[；。]/)) {
    const found = /^(.)和(.)是夫妻，(?:孩子是(.+)|没有孩子)$/.exec(couple);
    if (found === null) continue;
    const [, one = "", other = "", children] = found;
    kin.spouse.set(one, other).set(other, one);
    for (const child of children?.split("、") ?? []) kin.parents.set(child, new Set([one, other]));
  }
  const depth = (place: string): number => {
    const [parent] = kin.parents.get(place) ?? [];
    if (parent !== undefined) return depth(parent) + 1;
    const [other] = kin.parents.get(kin.spouse.get(place) ?? "") ?? [];
    return other === undefined ? 0 : depth(other) + 1;
  };
  const terms = new Map(
    places.flatMap((from) => places.map((to) => [from + to, termsOf(kin, from, to)] as const)),
  );
  return {
    places,
    kin,
    born,
    depth,
    childrenOf: (place) => [...kin.parents.values()].filter((each) => each.has(place)).length,
    isTerm: (from, to, words) => (terms.get(from + to) ?? []).some((term) => words.includes(term)),
  };
}

const groupTerms: Readonly<Record<string, readonly string[]>> = {
  亲兄弟姐妹: ["哥哥", "弟弟", "姐姐", "妹妹"],
  堂兄弟姐妹: ["堂哥", "堂弟", "堂姐", "堂妹"],
  表兄弟姐妹: ["表哥", "表弟", "表姐", "表妹"],
  夫妻: ["丈夫", "妻子"],
  父母和子女: ["父亲", "母亲", "儿子", "女儿"],
};

function sayingOf(text: string, chart: Places): Saying {
  const { kin, born, depth, childrenOf, isTerm } = chart;
  const double = /^“(.+)”和“(.+)”两句里(恰有|至少有)一句对$/.exec(text);
  if (double !== null) {
    const [one, other] = [sayingOf(double[1] ?? "", chart), sayingOf(double[2] ?? "", chart)];
    const isExact = double[3] === "恰有";
    return {
      who: [...new Set([...one.who, ...other.who])],
      holds: (placeOf) => {
        const both = Number(one.holds(placeOf)) + Number(other.holds(placeOf));
        return isExact ? both === 1 : both > 0;
      },
    };
  }
  const three = /^(..)、(..)、(..)三人里恰有一个女的$/.exec(text)?.slice(1);
  if (three !== undefined)
    return {
      who: three,
      holds: (placeOf) => three.filter((each) => kin.sex.get(placeOf(each)) === "f").length === 1,
    };
  const alone = /^(?:图上没有)?(..)(?:的父母|没有结婚|没有孩子|有 (\d) 个孩子)$/.exec(text);
  if (alone !== null) {
    const [, name = "", number = "0"] = alone;
    return {
      who: [name],
      holds: (placeOf) =>
        text.endsWith("父母")
          ? !kin.parents.has(placeOf(name))
          : text.endsWith("结婚")
            ? !kin.spouse.has(placeOf(name))
            : childrenOf(placeOf(name)) === Number(number),
    };
  }
  const [, a = "", b = "", rest = ""] = /^(..)(?:是|和|比|出生得比)(..)(.+)$/.exec(text) ?? [];
  const of = (judge: (one: string, other: string) => boolean): Saying => ({
    who: [a, b],
    holds: (placeOf) => judge(placeOf(a), placeOf(b)),
  });
  if (rest === "早") return of((one, other) => (born.get(one) ?? 0) < (born.get(other) ?? 0));
  if (rest === "同辈") return of((one, other) => depth(one) === depth(other));
  if (rest === "一男一女") return of((one, other) => kin.sex.get(one) !== kin.sex.get(other));
  const gap = /^高(.)辈$/.exec(rest)?.[1];
  if (gap !== undefined)
    return of((one, other) => depth(other) - depth(one) === "零一两三四".indexOf(gap));
  if (rest.startsWith("的")) {
    const words = rest.slice(1).split("或");
    return of((one, other) => isTerm(other, one, words));
  }
  if (rest.includes("祖孙"))
    return of((one, other) => {
      const isGrand = (from: string, to: string): boolean =>
        [...(kin.parents.get(from) ?? [])].some((each) => kin.parents.get(each)?.has(to) === true);
      return isGrand(one, other) || isGrand(other, one);
    });
  const group = groupTerms[rest.slice(1)];
  if (group === undefined) throw new Error(`what does it say? ${text}`);
  return of((one, other) => isTerm(one, other, group));
}

/** Every way to put the names at the places; sets of places are bits. */
function ways(
  places: readonly string[],
  names: readonly string[],
  sayings: readonly Saying[],
): readonly string[] {
  const found: string[] = [];
  const pairs = sayings.filter(({ who }) => who.length === 2);
  const allowed = new Map(pairs.map((saying) => [saying, tableOf(places, saying)]));
  const start = new Map(
    names.map((name) => [
      name,
      places.reduce((set, place, at) => {
        const own = sayings.filter(({ who }) => who.length === 1 && who[0] === name);
        return own.every(({ holds }) => holds(() => place)) ? set | (1 << at) : set;
      }, 0),
    ]),
  );
  const search = (open: Map<string, number>): void => {
    if (!settle(open, pairs, allowed)) return;
    const next = [...open]
      .filter(([, set]) => (set & (set - 1)) !== 0)
      .toSorted(([, a], [, b]) => sizeOf(a) - sizeOf(b))[0];
    if (next === undefined) {
      const placeOf = (name: string): string => places[31 - Math.clz32(open.get(name) ?? 0)] ?? "";
      if (sayings.every(({ holds }) => holds(placeOf)))
        found.push(names.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)).join("、"));
      return;
    }
    for (let left = next[1]; left > 0; left &= left - 1)
      search(new Map(open).set(next[0], left & -left));
  };
  search(start);
  return found;
}

const sizeOf = (set: number): number => set.toString(2).replaceAll("0", "").length;

/** For each place of the one the places that the other may have, and the other way round. */
const tables = new WeakMap<Holds, readonly (readonly number[])[]>();
function tableOf(
  places: readonly string[],
  { who, holds }: Saying,
): readonly (readonly number[])[] {
  const known = tables.get(holds);
  if (known !== undefined) return known;
  const [one = ""] = who;
  const made = [true, false].map((isFirst) =>
    places.map((fixed) =>
      places.reduce(
        (set, free, at) =>
          free !== fixed && holds((name) => ((name === one) === isFirst ? fixed : free))
            ? set | (1 << at)
            : set,
        0,
      ),
    ),
  );
  tables.set(holds, made);
  return made;
}

/** Takes away what can no longer be; false where somebody has no place left. */
function settle(
  open: Map<string, number>,
  pairs: readonly Saying[],
  allowed: ReadonlyMap<Saying, readonly (readonly number[])[]>,
): boolean {
  for (let isNew = true; isNew;) {
    isNew = false;
    const keep = (name: string, set: number): boolean => {
      const before = open.get(name) ?? 0;
      if ((before & set) !== before) {
        open.set(name, before & set);
        isNew = true;
      }
      return (before & set) !== 0;
    };
    for (const [name, set] of open)
      if ((set & (set - 1)) === 0)
        for (const other of open.keys()) if (other !== name && !keep(other, ~set)) return false;
    for (const saying of pairs) {
      const [one = "", other = ""] = saying.who;
      const [forward = [], backward = []] = allowed.get(saying) ?? [];
      const union = (table: readonly number[], set: number): number =>
        table.reduce((all, own, at) => ((set & (1 << at)) === 0 ? all : all | own), 0);
      if (!keep(other, union(forward, open.get(one) ?? 0))) return false;
      if (!keep(one, union(backward, open.get(other) ?? 0))) return false;
    }
  }
  return true;
}
