import type { RenderedPrompt, GoldTurn, ItemLine } from "./run-file/lines.ts";
import type { Item, Suite, Task } from "./suite.ts";

import { letteredOptions } from "./options.ts";
import { membersOf, whyNotRotated } from "./rotatable.ts";

/** No id contains a colon, so no wording of a suite can be mistaken for a rotation. */
const rotationNames = /^rotate:([1-9]\d?)$/;

/** By how many positions a wording of this name rotates the options; 0 if it is another kind of wording. */
export const rotationOf = (wording: string | null): number =>
  Number(rotationNames.exec(wording ?? "")?.[1] ?? 0);

/** The circular-evaluation setting of a task or its suite; false if neither has one. */
export const circularOf = (suite: Pick<Suite, "defaults">, task: Task): boolean | number =>
  task.circular ?? suite.defaults?.circular ?? false;

/** Names of the rotations in which an item is sent besides its written order. */
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
 * Rotates the option texts by `by` positions under their labels, and the gold's labels with them.
 * A gold that is an option's own text stays.
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

/** The golds of the turns as sent: with options and labels as the prompt showed them. */
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
