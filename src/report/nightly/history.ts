import type { Night, Repeats } from "../../stats/drift.ts";
import type { Remarked } from "../leaderboard/remarks.ts";
import type { TargetView, View } from "../view/model.ts";

import { beijingDate } from "../../domain/life/beijing-day.ts";
import { asAskedOf } from "../asked/asked.ts";
import { doubtedUsage } from "../score/doubted-usage.ts";
import { itemValues, scoreOf, type Score } from "../score/score.ts";
import { answerPlanOf, shortfallOf } from "../score/shortfall.ts";
import { buildTree, type Node } from "../score/tree.ts";
import { zeroReasonCounts } from "../score/zero-reasons.ts";
import { fingerprintOf } from "../view/columns.ts";
import { readView } from "../view/read.ts";
import { flag } from "../view/shapes.ts";
import { type Answering, answeringOf, type Replies } from "./answering.ts";
import { type ReplyFacts, replyOf } from "./replies.ts";

/** What the history keeps of one target in one night. */
export type TargetNight = {
  readonly anchors: Night;
  /** Score of the anchor items, and of the others, which are generated anew each night. */
  readonly anchor_score: Score;
  readonly fresh_score: Score | null;
  /** What is no answer of the model is left out of both. */
  readonly answering: Answering;
  readonly models: readonly string[];
  readonly fingerprints: readonly string[];
  readonly simulated: boolean;
  /** Of the anchors; model names of all answers. */
  readonly facts: NightFacts;
  /** Measured again in the same night, because it looked changed. */
  readonly second: TargetNight | null;
};

/** What a reader must know of a night beside its scores. */
export type NightFacts = Omit<Remarked, "name" | "cost" | "agents">;

/** One run of a board. */
export type NightRecord = {
  readonly run: string;
  readonly started_at: string;
  /** Day in Beijing, on which the run started. */
  readonly date: string;
  readonly complete: boolean;
  /** The seed of the fresh items; null where the suites' own seeds were used. */
  readonly seed: number | null;
  readonly targets: ReadonlyMap<string, TargetNight>;
};

/** A night from its run file; null where that has no header. Rejects with a UserError where it is no run file. */
export async function readNight(file: string): Promise<NightRecord | null> {
  const replies = new Map<string, ReplyFacts>();
  const view = await readView([file], (line) => {
    if (line.kind === "answer") replies.set(line.key, replyOf(line));
  });
  return nightOf(view, replies);
}

/**
 * A night from a run's view. Anchors are the items tagged 锚题; where none is, all items of suites without
 * a generator; `replies` tell what of them was answered. An item whose prompt or gold changed counts as a new anchor. Baselines are left out.
 */
export function nightOf(view: View, replies: Replies): NightRecord | null {
  if (view.run === null) return null;
  const isAnchor = anchorItems(view);
  const root = buildTree(view, null);
  const anchors = pruned(root, (item) => isAnchor[item] === 1);
  const fresh = pruned(root, (item) => isAnchor[item] !== 1);
  const targets = view.targets.filter(({ entry }) => entry?.baseline !== true);
  return {
    run: view.run.id,
    started_at: view.run.started_at,
    date: beijingDay(view.run.started_at),
    complete: view.end?.status === "complete",
    seed: view.run.settings.reseed ?? null,
    targets: new Map(
      targets.map((target) => [
        target.ref,
        targetNight(view, target, isAnchor, { anchors, fresh, replies }),
      ]),
    ),
  };
}

/** `2026-11-22` of an ISO time. */
export const beijingDay = (iso: string): string => beijingDate(new Date(iso));

function anchorItems(view: View): Uint8Array {
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

/** The tree with some of its items only, and without branches that hold none. */
function pruned(node: Node, keep: (item: number) => boolean): Node {
  const children = node.children
    .map((child) => pruned(child, keep))
    .filter((child) => child.items.length + child.children.length > 0);
  return { ...node, children, items: node.items.filter(keep) };
}

function targetNight(
  view: View,
  target: TargetView,
  isAnchor: Uint8Array,
  {
    replies,
    ...trees
  }: { readonly anchors: Node; readonly fresh: Node; readonly replies: Replies },
): TargetNight {
  const { answering, unanswered } = answeringOf(view, target, isAnchor, replies);
  const answered = without(target, unanswered);
  const values = itemValues(view, answered);
  return {
    anchors: repeatsOf(view, answered, isAnchor),
    anchor_score: scoreOf(trees.anchors, values, view.items, "macro"),
    fresh_score:
      trees.fresh.children.length === 0 ? null : scoreOf(trees.fresh, values, view.items, "macro"),
    answering,
    models: [...target.models.keys()].toSorted(),
    fingerprints: [...target.fingerprints.keys()].toSorted(),
    facts: factsOf(view, target, isAnchor, trees.anchors),
    simulated: target.rows.at.flags.some((flags) => (flags & flag.simulated) !== 0),
    second: null,
  };
}

function factsOf(view: View, target: TargetView, isAnchor: Uint8Array, anchors: Node): NightFacts {
  const { at, length } = target.rows;
  const inside = (row: number): boolean => isAnchor[at.item[row] ?? 0] === 1;
  const rows = Array.from({ length }, (_, row) => row);
  const hasValue = (row: number): boolean => !Number.isNaN(at.value[row] ?? Number.NaN);
  return {
    ...asAskedOf(target),
    counted: rows.filter((row) => inside(row) && hasValue(row)).length,
    zero_reasons: zeroReasonCounts(view, target, inside),
    usage_doubt: doubtedUsage(target, inside),
    shortfall: shortfallOf(view, target, anchors, {
      plan: answerPlanOf(view, target.ref),
      method: "macro",
    }),
  };
}

/** The target as if the marked rows had no value. */
function without(target: TargetView, marked: Uint8Array): TargetView {
  const { rows } = target;
  const value = rows.at.value.map((each, row) => (marked[row] === 1 ? Number.NaN : each));
  return { ...target, rows: { ...rows, at: { ...rows.at, value } } };
}

function repeatsOf(view: View, target: TargetView, isAnchor: Uint8Array): Night {
  const night = new Map<string, Repeats>();
  const { at, length } = target.rows;
  for (let row = 0; row < length; row++) {
    const item = at.item[row] ?? 0;
    const value = at.value[row] ?? Number.NaN;
    if (isAnchor[item] !== 1 || at.wording[row] !== 0 || Number.isNaN(value)) continue;
    const name = `${fingerprintOf(view.itemKeys, item)} ${at.ask[row]} ${view.items.at.gold[item]}`;
    const { n, sum, squares } = night.get(name) ?? { n: 0, sum: 0, squares: 0 };
    night.set(name, { n: n + 1, sum: sum + value, squares: squares + value * value });
  }
  return night;
}

/** A night completed with the second measurement of some of its targets. */
export function withSecond(first: NightRecord, second: NightRecord): NightRecord {
  const targets = new Map(first.targets);
  for (const [ref, again] of second.targets) {
    const known = targets.get(ref);
    targets.set(ref, known === undefined ? again : { ...known, second: again });
  }
  return { ...first, targets };
}
