import type { RenderedPrompt, GoldTurn, ItemLine } from "./run-file/lines.ts";
import type { Item, Suite, Task } from "./suite.ts";

import { letteredOptions } from "./options.ts";
import { membersOf, whyNotRotated } from "./rotatable.ts";

/** No id holds a colon, so that no wording of a suite can be taken for a rotation. */
const rotationNames = /^rotate:([1-9]\d?)$/;

/** How many places a wording of this name moves the options on; 0 where it is a wording of another kind. */
export const rotationOf = (wording: string | null): number =>
  Number(rotationNames.exec(wording ?? "")?.[1] ?? 0);

/** What a suite and a task say of circular evaluation; false where they say nothing. */
export const circularOf = (suite: Pick<Suite, "defaults">, task: Task): boolean | number =>
  task.circular ?? suite.defaults?.circular ?? false;

/** Names of the rotations in which an item is asked beside its written order. */
export function rotationsOf(
  suite: Pick<Suite, "defaults">,
  task: Task,
  item: Item,
): readonly string[] {
  const circular = circularOf(suite, task);
  if (circular === false || whyNotRotated(task, item) !== null) return [];
  const size = Object.keys(letteredOptions(item.options ?? task.options) ?? {}).length;
  const orders = circular === true ? size : Math.min(size, circular);
  return Array.from({ length: orders - 1 }, (_, index) => `rotate:${index + 1}`);
}

/**
 * Moves the texts of the options on by `by` places under their labels, and the labels of the gold with them.
 * A gold that is an option's own words stays.
 */
export function rotatedTurn(turn: GoldTurn, by: number): GoldTurn {
  if (by === 0 || turn.options === null) return turn;
  const labels = Object.keys(turn.options);
  const texts = Object.values(turn.options);
  const at = (index: number): number => (index + labels.length) % labels.length;
  const options = Object.fromEntries(
    labels.map((label, index) => [label, texts[at(index + by)] ?? ""]),
  );
  const moved = (label: string): string => labels[at(labels.indexOf(label) - by)] ?? label;
  return { ...turn, options, answer: movedAnswer(turn.answer, turn.options, moved) };
}

/** The golds of the turns as they were asked: options and labels stand as the prompt showed them. */
export const turnsAsked = (
  item: Pick<ItemLine, "turns">,
  wording: RenderedPrompt["wording"],
): readonly GoldTurn[] => {
  const by = rotationOf(wording);
  return by === 0 ? item.turns : item.turns.map((turn) => rotatedTurn(turn, by));
};

function movedAnswer(
  answer: GoldTurn["answer"],
  options: Readonly<Record<string, string>>,
  moved: (label: string) => string,
): GoldTurn["answer"] {
  const parts = membersOf(answer, options);
  if (parts === null) return answer;
  const labels = Object.keys(options);
  const next = parts
    .map((part) => (Object.hasOwn(options, part) ? moved(part) : part))
    .toSorted((a, b) => labels.indexOf(a) - labels.indexOf(b));
  return Array.isArray(answer) ? next : next.length === 1 ? (next[0] ?? answer) : next.join("");
}
