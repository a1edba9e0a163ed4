import type { Drawn } from "./drawn.ts";
import type { Asked } from "./solvers/asked.ts";

import { goods, names, towns } from "../words.ts";
import { familyStrategies } from "./trivial-families.ts";

/** What answers without solving: the reply to each item, or null where the strategy has none. */
export type Strategy = (asked: Asked) => string | null;

const numbersOf = ({ question }: Asked): readonly string[] => {
  const lines = question.split("\n");
  // The last line of a text or a table is what is asked of it.
  return (lines.at(-1) ?? "").match(/\d+/g) ?? [];
};
const bySize = (numbers: readonly string[]): readonly string[] =>
  numbers.toSorted((a, b) => Number(a) - Number(b));

/** Words of the kinds that can be an answer, in the order of the text. */
const words = new RegExp([...towns, ...goods, ...names, "[A-Z]-\\d{4}"].join("|"), "g");

/** What could be the answer's kind, judged by the question alone. */
function candidates({ question, context }: Asked): readonly { word: string; at: number }[] {
  const kind = question.includes("编号")
    ? null
    : question.includes("特产是什么")
      ? goods
      : question.includes("什么地方")
        ? towns
        : names;
  return [...context.matchAll(words)]
    .filter(([word]) => (kind === null ? /^[A-Z]-/.test(word) : kind.includes(word)))
    .map(({ 0: word, index }) => ({ word, at: index }));
}

/** The candidate nearest behind (or around) a mention of the n-th word that the question names. */
const nearest =
  (which: 0 | -1, mention: "first" | "last", side: "after" | "around"): Strategy =>
  (asked) => {
    if (asked.context === "") return null;
    const key = (asked.question.match(words) ?? []).at(which);
    if (key === undefined) return null;
    const at = mention === "first" ? asked.context.indexOf(key) : asked.context.lastIndexOf(key);
    const found = candidates(asked).filter(
      ({ word, at: place }) => word !== key && (side === "around" || place > at),
    );
    const [best] = found.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
    return best?.word ?? null;
  };

/** The letter of the option that the clues name as `choose` says; all those named as often, in the order of the options. */
const named =
  (choose: (places: readonly number[], length: number) => number): Strategy =>
  ({ question, options }) => {
    const clues = question.slice(question.indexOf("。"));
    const rated = Object.entries(options).map(([letter, name]) => ({
      letter,
      rate: choose(
        [...clues.matchAll(new RegExp(name, "g"))].map(({ index }) => index),
        clues.length,
      ),
    }));
    return rated.toSorted((a, b) => b.rate - a.rate)[0]?.letter ?? null;
  };

/** Who a clue names together with an end of the row, where that end is asked for. */
const namedAtEnd: Strategy = (asked) => {
  const people = Object.keys(asked.options).length;
  if (people === 0) return null;
  const place = Number(/第 (\d+) 位/.exec(asked.question)?.[1]);
  const clue = /(\S{2})不?在最前面/.exec(asked.question)?.[1];
  const other = /(\S{2})不?在最后/.exec(asked.question)?.[1];
  const name = place === 1 ? clue : place === people ? other : undefined;
  return Object.entries(asked.options).find(([, each]) => each === name)?.[0] ?? "A";
};

/** Every strategy but the constant, which is chosen from other draws. */
const strategies: Readonly<Record<string, Strategy>> = {
  "first number": (asked) => numbersOf(asked)[0] ?? null,
  "last number": (asked) => numbersOf(asked).at(-1) ?? null,
  "largest number": (asked) => bySize(numbersOf(asked)).at(-1) ?? null,
  "smallest number": (asked) => bySize(numbersOf(asked))[0] ?? null,
  "first option": ({ options }) => Object.keys(options)[0] ?? null,
  "last option": ({ options }) => Object.keys(options).at(-1) ?? null,
  "option named first": named(([first], length) => length - (first ?? length)),
  "option named last": named((places) => places.at(-1) ?? 0),
  "option named most": named((places) => places.length),
  "option named least": named((places) => -places.length),
  "named beside the end": namedAtEnd,
  "copy of the question": ({ question }) =>
    /星期.|\d{4}年\d+月\d+日/.exec(question.replace(/写成.*$/, ""))?.[0] ?? null,
  "weekday of the question": ({ question }) => /星期[一二三四五六日]/.exec(question)?.[0] ?? null,
  "first candidate": (asked) =>
    asked.context === "" ? null : (candidates(asked)[0]?.word ?? null),
  "last candidate": (asked) =>
    asked.context === "" ? null : (candidates(asked).at(-1)?.word ?? null),
  "nearest after first word": nearest(0, "first", "after"),
  "nearest after last word": nearest(-1, "first", "after"),
  "nearest around first word": nearest(0, "first", "around"),
  "nearest around last word": nearest(-1, "first", "around"),
  "nearest after last mention": nearest(0, "last", "after"),
  ...familyStrategies,
};

export type TrivialRate = {
  readonly strategy: string;
  readonly rate: number;
  readonly floor: number;
  /** Of a strategy that is right as often as the floor says. */
  readonly standardError: number;
  readonly n: number;
};

/** The most frequent gold of each level. */
export async function frequentGolds(
  items: AsyncIterable<Drawn>,
): Promise<ReadonlyMap<number, string>> {
  const counts = new Map<number, Map<string, number>>();
  for await (const { level, gold } of items) {
    const own = counts.get(level) ?? new Map<string, number>();
    counts.set(level, own.set(String(gold), (own.get(String(gold)) ?? 0) + 1));
  }
  return new Map(
    [...counts].map(([level, own]) => [
      level,
      [...own].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? "",
    ]),
  );
}

/**
 * How often each strategy is right at each level, strategies that never reply left out. `frequent` is the constant of each
 * level, known from other seeds.
 */
export async function trivialRates(
  items: AsyncIterable<Drawn>,
  frequent: ReadonlyMap<number, string>,
): Promise<ReadonlyMap<number, readonly TrivialRate[]>> {
  const all: Readonly<Record<string, (item: Drawn) => string | null>> = {
    "most frequent gold": ({ level }) => frequent.get(level) ?? null,
    ...strategies,
  };
  const levels = new Map<number, { floor: number; n: number; right: Map<string, number> }>();
  for await (const item of items) {
    const own = levels.get(item.level) ?? {
      floor: item.floor,
      n: 0,
      right: new Map<string, number>(),
    };
    levels.set(item.level, own);
    own.n += 1;
    for (const [strategy, reply] of Object.entries(all)) {
      const said = reply(item);
      if (said === null) continue;
      own.right.set(strategy, (own.right.get(strategy) ?? 0) + Number(String(item.gold) === said));
    }
  }
  return new Map(
    [...levels].map(([level, { floor, n, right }]) => [
      level,
      [...right].map(([strategy, count]) => ({
        strategy,
        rate: count / n,
        floor,
        standardError: Math.sqrt((floor * (1 - floor)) / n),
        n,
      })),
    ]),
  );
}

/** Over all levels: what a strategy's items were right in, beside the mean of their floors. */
export function overLevels(
  levels: ReadonlyMap<number, readonly TrivialRate[]>,
): readonly TrivialRate[] {
  const groups = Map.groupBy([...levels.values()].flat(), ({ strategy }) => strategy);
  return [...groups].map(([strategy, rates]) => {
    const n = rates.reduce((sum, rate) => sum + rate.n, 0);
    const mean = (of: (rate: TrivialRate) => number): number =>
      rates.reduce((sum, rate) => sum + of(rate) * rate.n, 0) / n;
    const variance = mean(({ floor }) => floor * (1 - floor));
    return {
      strategy,
      rate: mean(({ rate }) => rate),
      floor: mean(({ floor }) => floor),
      standardError: Math.sqrt(variance / n),
      n,
    };
  });
}
