import type { TargetView, View } from "../view/model.ts";
import type { Anchors } from "./record.ts";

import { findNumber, fingerprint32, fingerprintOf } from "../view/columns.ts";
import { anchorName, anchorsBefore } from "./record.ts";

/** What a view does not keep: names of items by their number, and `id version` of graders by their digest. */
export type AnchorFacts = {
  readonly items: ReadonlyMap<number, string>;
  readonly graders: ReadonlyMap<string, string>;
  /** What another grader said of an answer before, by the answer's key. */
  readonly before: ReadonlyMap<string, EarlierScore>;
};

/** A score that another one has replaced; no value where it decided nothing. */
export type EarlierScore = { readonly digest: string; readonly value: number | null };

/** Marks the items tagged 锚题; where none is, all items of suites without a generator. */
export function isAnchorItem(view: View): Uint8Array {
  const { length, at } = view.items;
  const tagged = at.anchor.slice(0, length);
  if (tagged.includes(1)) return tagged;
  const generated = new Set(
    view.runs
      .flatMap(({ suites }) => suites)
      .filter(({ seeds }) => Object.keys(seeds).length > 0)
      .map(({ id }) => id),
  );
  return tagged.map((_, item) =>
    generated.has(view.tasks[at.task[item] ?? -1]?.suite ?? "") ? 0 : 1,
  );
}

type Asked = { readonly item: number; readonly ask: number; grader: number; before: number };

/** The anchors that were asked, sorted by name, and the position of an item as it was asked. */
export function anchorsOf(
  view: View,
  targets: readonly TargetView[],
  isAnchor: Uint8Array,
  known: AnchorFacts,
): { readonly anchors: Anchors; readonly position: (item: number, ask: number) => number } {
  const asked = askedIn(targets, isAnchor);
  for (const { item, ask, digest } of rowsBefore(view, known.before)) {
    const one = asked.get(`${item} ${ask}`);
    // The grader of now is not one of before, even where somebody went back and forth.
    const before = fingerprint32(digest);
    if (one !== undefined && one.grader !== before) one.before = before;
  }
  const nameOf = (item: number): string =>
    known.items.get(item) ?? fingerprintOf(view.itemKeys, item);
  const all = [...asked.values()]
    .map((each) => ({ ...each, name: nameOf(each.item), gold: view.items.at.gold[each.item] ?? 0 }))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.ask - b.ask));
  const places = new Map(all.map(({ item, ask }, place) => [`${item} ${ask}`, place]));
  const used = new Set(all.flatMap(({ grader, before }) => [grader, before]));
  const graders = [...known.graders].map(
    ([digest, said]) => [fingerprint32(digest), said] as const,
  );
  const asks = {
    items: all.map(({ name }) => name),
    ask: all.map(({ ask }) => ask),
    gold: all.map(({ gold }) => gold),
  };
  return {
    anchors: {
      ...asks,
      names: all.map(({ name, ask, gold, grader }) => anchorName(name, ask, gold, grader)),
      dimensions: all.map(
        ({ item }) => view.tasks[view.items.at.task[item] ?? -1]?.dimension ?? [],
      ),
      grader: all.map(({ grader }) => grader),
      before: anchorsBefore(
        asks,
        all.map(({ before }) => before),
      ),
      graders: Object.fromEntries(graders.filter(([grader]) => used.has(grader))),
    },
    position: (item, ask) => places.get(`${item} ${ask}`) ?? 0,
  };
}

/** An answer that no grader saw, such as a blocked one, tells nothing of the grader: another target's may. */
function askedIn(targets: readonly TargetView[], isAnchor: Uint8Array): ReadonlyMap<string, Asked> {
  const asked = new Map<string, Asked>();
  for (const { rows } of targets) {
    const { at, length } = rows;
    for (let row = 0; row < length; row++) {
      const item = at.item[row] ?? 0;
      if (isAnchor[item] !== 1 || at.wording[row] !== 0) continue;
      const key = `${item} ${at.ask[row]}`;
      const one = asked.get(key) ?? { item, ask: at.ask[row] ?? 0, grader: 0, before: 0 };
      if (one.grader === 0) one.grader = at.grader[row] ?? 0;
      asked.set(key, one);
    }
  }
  return asked;
}

/** A score by another grader before, with the answer that it is of. */
export type RowBefore = EarlierScore & {
  readonly target: number;
  readonly row: number;
  readonly item: number;
  readonly ask: number;
};

/** Where the answers that were graded before by another grader stand in a view. */
export const rowsBefore = (
  { answerKeys, answerRows, targets }: View,
  before: AnchorFacts["before"],
): readonly RowBefore[] =>
  [...before].flatMap(([key, score]) => {
    const number = findNumber(answerKeys, key);
    const target = answerRows.at.target[number] ?? -1;
    const row = answerRows.at.row[number] ?? -1;
    const at = targets.find(({ index }) => index === target)?.rows.at;
    if (at === undefined || row < 0 || at.wording[row] !== 0) return [];
    return [{ ...score, target, row, item: at.item[row] ?? 0, ask: at.ask[row] ?? 0 }];
  });
