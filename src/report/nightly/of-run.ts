import type { TasksLine, WindowsLine } from "../../domain/nights/lines.ts";
import type { Night } from "../../stats/drift/night.ts";
import type { TargetView, View } from "../view/model.ts";
import type { Anchors, NightRecord, TargetNight } from "./record.ts";

import { nightSums } from "../../stats/drift/night.ts";
import { asAskedOf } from "../asked/asked.ts";
import { doubtedUsage } from "../score/doubted-usage.ts";
import { itemValues, scoreOf } from "../score/score.ts";
import { answerPlanOf, shortfallOf } from "../score/shortfall.ts";
import { buildTree, type Node } from "../score/tree.ts";
import { zeroReasonCounts } from "../score/zero-reasons.ts";
import { windowCollector } from "../steadiness/collect.ts";
import { findNumber, fingerprint32 } from "../view/columns.ts";
import { plannedOf } from "../view/planned.ts";
import { readView } from "../view/read.ts";
import { flag } from "../view/shapes.ts";
import {
  type AnchorFacts,
  anchorsOf,
  type EarlierScore,
  isAnchorItem,
  type RowBefore,
  rowsBefore,
} from "./anchors-of-run.ts";
import { answeringOf, type Replies } from "./answering.ts";
import { beijingDay } from "./record.ts";
import { type ReplyFacts, replyOf } from "./replies.ts";
import { tasksOf, timesOf } from "./tasks.ts";

/** A measurement as it is kept: the record and, per target, what is read for drawing and for a month's availability alone. */
export type Measured = {
  readonly night: NightRecord;
  readonly tasks: readonly TasksLine[];
  readonly windows: readonly WindowsLine[];
};

export type RunPlace = {
  /** Bytes of the file, unpacked. */
  readonly bytes: number;
  readonly slot: string | null;
  readonly second_of: string | null;
  /** The record before it. */
  readonly previous: string | null;
};

/** A night from its run file; null where that has no header. Rejects with a UserError where it is no run file. */
export async function readNight(file: string, place: RunPlace): Promise<Measured | null> {
  const replies = new Map<string, ReplyFacts>();
  const items = new Set<string>();
  const graders = new Map<string, string>();
  const scores = new Map<string, EarlierScore>();
  const before = new Map<string, EarlierScore>();
  const collector = windowCollector();
  const view = await readView([file], (line) => {
    if (line.kind === "answer") {
      replies.set(line.key, replyOf(line));
      collector.add(line);
      // What was graded before was another answer.
      scores.delete(line.key);
      before.delete(line.key);
    }
    if (line.kind === "item") items.add(line.item);
    if (line.kind === "score" && line.pending !== true) {
      const { digest } = line.grader;
      const last = scores.get(line.key);
      if (last !== undefined && last.digest !== digest) before.set(line.key, last);
      scores.set(line.key, { digest, value: line.value });
      graders.set(line.grader.digest, `${line.grader.id} ${line.grader.version}`);
    }
  });
  const night = nightOf(view, replies, { items: namesIn(view, items), graders, before });
  if (night === null) return null;
  const windows = collector.lines().filter(({ ref }) => night.targets.has(ref));
  return { night: { ...night, ...place }, tasks: tasksOf(view), windows };
}

/** Names of items by their number in the view, which keeps none. */
const namesIn = (view: View, items: Iterable<string>): ReadonlyMap<number, string> =>
  new Map(Array.from(items, (item) => [findNumber(view.itemKeys, item), item] as const));

/**
 * A night from a run's view. Anchors are the items tagged 锚题; where none is, all items of suites without
 * a generator; `replies` tell what of them was answered. Baselines are left out.
 */
export function nightOf(
  view: View,
  replies: Replies,
  known: AnchorFacts = { items: new Map(), graders: new Map(), before: new Map() },
): NightRecord | null {
  if (view.run === null) return null;
  const isAnchor = isAnchorItem(view);
  const root = buildTree(view, null);
  const trees = {
    anchors: pruned(root, (item) => isAnchor[item] === 1),
    fresh: pruned(root, (item) => isAnchor[item] !== 1),
  };
  const targets = view.targets.filter(({ entry }) => entry?.baseline !== true);
  const { anchors, position } = anchorsOf(view, targets, isAnchor, known);
  const earlier = rowsBefore(view, known.before);
  const { run, end } = view;
  return {
    run: run.id,
    second_of: null,
    previous: null,
    started_at: run.started_at,
    date: beijingDay(run.started_at),
    complete: end?.status === "complete",
    seed: run.settings.reseed ?? null,
    slot: null,
    bytes: 0,
    tool: run.tool.version,
    suites: run.suites.map(({ id, digest }) => ({ id, digest })),
    trials: run.settings.trials,
    anchors,
    targets: new Map(
      targets.map((target) => [
        target.ref,
        targetNight(view, target, { isAnchor, anchors, position, trees, replies, earlier }),
      ]),
    ),
  };
}

/** The tree with some of its items only, and without branches that hold none. */
function pruned(node: Node, keep: (item: number) => boolean): Node {
  const children = node.children
    .map((child) => pruned(child, keep))
    .filter((child) => child.items.length + child.children.length > 0);
  return { ...node, children, items: node.items.filter(keep) };
}

type Parts = {
  readonly isAnchor: Uint8Array;
  readonly anchors: Anchors;
  readonly position: (item: number, ask: number) => number;
  readonly trees: { readonly anchors: Node; readonly fresh: Node };
  readonly replies: Replies;
  readonly earlier: readonly RowBefore[];
};

function targetNight(view: View, target: TargetView, parts: Parts): TargetNight {
  const { isAnchor, trees, replies } = parts;
  const { answering, unanswered } = answeringOf(view, target, isAnchor, replies);
  const answered = without(target, unanswered);
  const values = itemValues(view, answered);
  const { at, length } = target.rows;
  const costUnknown = at.flags
    .slice(0, length)
    .filter((flags) => (flags & flag.costUnknown) !== 0).length;
  const { cost, judgeCost, replacedCost, judgeCostUnknown } = target.totals;
  return {
    provider: target.entry?.provider ?? target.ref.split("/")[0] ?? "",
    anchors: repeatsOf(answered, parts),
    before: repeatsBefore(target.index, unanswered, parts),
    anchor_score: scoreOf(trees.anchors, values, view.items, "macro"),
    fresh_score:
      trees.fresh.children.length === 0 ? null : scoreOf(trees.fresh, values, view.items, "macro"),
    answering,
    fingerprints: [...target.fingerprints.keys()].toSorted(),
    facts: factsOf(view, target, isAnchor, trees.anchors),
    simulated: at.flags.some((flags) => (flags & flag.simulated) !== 0),
    times: timesOf(target),
    cost: {
      CNY: cost.CNY + judgeCost.CNY + replacedCost.CNY,
      USD: cost.USD + judgeCost.USD + replacedCost.USD,
      unknown: costUnknown + judgeCostUnknown,
    },
    price: target.entry?.price ?? null,
    plan: { answers: plannedOf(view, target.ref, null) ?? length, done: length },
    second: null,
  };
}

function factsOf(
  view: View,
  target: TargetView,
  isAnchor: Uint8Array,
  anchors: Node,
): TargetNight["facts"] {
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

function repeatsOf(target: TargetView, { isAnchor, anchors: { names }, position }: Parts): Night {
  const n = new Uint16Array(names.length);
  const sum = new Float64Array(names.length);
  const squares = new Float64Array(names.length);
  const { at, length } = target.rows;
  for (let row = 0; row < length; row++) {
    const item = at.item[row] ?? 0;
    const value = at.value[row] ?? Number.NaN;
    if (isAnchor[item] !== 1 || at.wording[row] !== 0 || Number.isNaN(value)) continue;
    const place = position(item, at.ask[row] ?? 0);
    n[place] = (n[place] ?? 0) + 1;
    sum[place] = (sum[place] ?? 0) + value;
    squares[place] = (squares[place] ?? 0) + value * value;
  }
  return { names, n, sum: nightSums(sum), squares: nightSums(squares) };
}

/** What the graders before said of the same answers; null where none was graded again. */
function repeatsBefore(
  target: number,
  unanswered: Uint8Array,
  { anchors: { before }, position, earlier }: Parts,
): Night | null {
  if (before === null) return null;
  const places = new Map(before.places.map((place, at) => [place, at]));
  const width = before.names.length;
  const n = new Uint16Array(width);
  const sum = new Float64Array(width);
  const squares = new Float64Array(width);
  for (const { row, item, ask, digest, value, ...each } of earlier) {
    if (each.target !== target || unanswered[row] === 1 || value === null) continue;
    const at = places.get(position(item, ask));
    if (at === undefined || before.graders[at] !== fingerprint32(digest)) continue;
    n[at] = (n[at] ?? 0) + 1;
    sum[at] = (sum[at] ?? 0) + value;
    squares[at] = (squares[at] ?? 0) + value * value;
  }
  return { names: before.names, n, sum: nightSums(sum), squares: nightSums(squares) };
}
