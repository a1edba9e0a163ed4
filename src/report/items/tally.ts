import type { ItemResponse, ItemResponses } from "./responses.ts";

import { spellingOf } from "./spelling.ts";

/** Different answers shown for one item. */
const mostShown = 8;
/** Answers that an open question may have at least, the gold among them. */
const openChoices = 10;

/** The number of the gold's answer. */
export const goldAnswer = 0;

/** The answers to one item by number. The first is the gold's, under whatever spelling it got credit. */
export type AnswerTally = {
  /** For people, as first spelt. */
  readonly names: readonly string[];
  /** How often each was given. */
  readonly counts: readonly number[];
  /** The answer's number by response; null where it is not known. */
  readonly answers: readonly (number | null)[];
};

/** Sorts the responses of an item by what they answer. Options that nobody chose are there as well. */
export function tallyOf(
  responses: readonly ItemResponse[],
  { gold, options }: Pick<ItemResponses, "gold" | "options">,
): AnswerTally {
  const names = [gold];
  const counts = [0];
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    const key = spellingOf(name);
    const number = numbers.get(key) ?? names.length;
    if (number === names.length) {
      numbers.set(key, number);
      names.push(name);
      counts.push(0);
    }
    return number;
  };
  for (let option = 0; option < options; option++) {
    const letter = String.fromCharCode(65 + option);
    if (letter !== gold) numberOf(letter);
  }
  const answers = responses.map(({ value, said, answered }) => {
    if (value === 1) return goldAnswer;
    if (said === null || !answered) return null;
    return numberOf(said);
  });
  for (const answer of answers) if (answer !== null) counts[answer] = (counts[answer] ?? 0) + 1;
  return { names, counts, answers };
}

export type ChosenAnswer = {
  readonly answer: string;
  readonly count: number;
  readonly gold: boolean;
};

/** The answers by letter where there are options, else by how often they were given. */
export function chosenAnswers({ names, counts, answers }: AnswerTally): {
  readonly chosen: readonly ChosenAnswer[];
  readonly others: number;
  readonly unknown: number;
} {
  const all = names.map((answer, number) => ({
    answer,
    count: counts[number] ?? 0,
    gold: number === goldAnswer,
  }));
  const isLettered = all.every(({ answer }) => /^[A-Z]$/.test(answer));
  const ordered = all.toSorted((a, b) =>
    isLettered
      ? a.answer < b.answer
        ? -1
        : 1
      : Number(b.gold) - Number(a.gold) || b.count - a.count,
  );
  const chosen = ordered.slice(0, isLettered ? all.length : mostShown);
  return {
    chosen,
    others: ordered.slice(chosen.length).reduce((sum, { count }) => sum + count, 0),
    unknown: answers.filter((answer) => answer === null).length,
  };
}

/**
 * How many answers each item may have: its options; else, in a task whose golds repeat (yes and no, a few classes), as
 * many as it has golds; else at least ten.
 */
export function choicesByItem(items: readonly ItemResponses[]): ReadonlyMap<ItemResponses, number> {
  const tasks = Map.groupBy(items, ({ suite, task }) => `${suite}/${task}`);
  const choices = new Map<ItemResponses, number>();
  for (const own of tasks.values()) {
    const golds = new Set(own.map(({ gold }) => spellingOf(gold)));
    const isClosed = own.length >= 4 && golds.size <= own.length / 2;
    const open = isClosed ? Math.min(openChoices, Math.max(2, golds.size)) : openChoices;
    for (const item of own) choices.set(item, item.options > 0 ? item.options : open);
  }
  return choices;
}
