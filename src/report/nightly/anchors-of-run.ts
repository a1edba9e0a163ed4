import type { TargetView, View } from "../view/model.ts";
import type { Anchors } from "./record.ts";

import { fingerprint32, fingerprintOf } from "../view/columns.ts";
import { anchorName } from "./record.ts";

/** What a view does not keep: names of items by their number, and `id version` of graders by their digest. */
export type AnchorFacts = {
  readonly items: ReadonlyMap<number, string>;
  readonly graders: ReadonlyMap<string, string>;
};

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

type Asked = { readonly item: number; readonly ask: number; grader: number };

/** The anchors that were asked, sorted by name, and the position of an item as it was asked. */
export function anchorsOf(
  view: View,
  targets: readonly TargetView[],
  isAnchor: Uint8Array,
  known: AnchorFacts,
): { readonly anchors: Anchors; readonly position: (item: number, ask: number) => number } {
  const asked = askedIn(targets, isAnchor);
  const nameOf = (item: number): string =>
    known.items.get(item) ?? fingerprintOf(view.itemKeys, item);
  const all = [...asked.values()]
    .map((each) => ({ ...each, name: nameOf(each.item), gold: view.items.at.gold[each.item] ?? 0 }))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.ask - b.ask));
  const places = new Map(all.map(({ item, ask }, place) => [`${item} ${ask}`, place]));
  const used = new Set(all.map(({ grader }) => grader));
  const graders = [...known.graders].map(
    ([digest, said]) => [fingerprint32(digest), said] as const,
  );
  return {
    anchors: {
      names: all.map(({ name, ask, gold, grader }) => anchorName(name, ask, gold, grader)),
      items: all.map(({ name }) => name),
      dimensions: all.map(
        ({ item }) => view.tasks[view.items.at.task[item] ?? -1]?.dimension ?? [],
      ),
      ask: all.map(({ ask }) => ask),
      gold: all.map(({ gold }) => gold),
      grader: all.map(({ grader }) => grader),
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
      const one = asked.get(key) ?? { item, ask: at.ask[row] ?? 0, grader: 0 };
      if (one.grader === 0) one.grader = at.grader[row] ?? 0;
      asked.set(key, one);
    }
  }
  return asked;
}
