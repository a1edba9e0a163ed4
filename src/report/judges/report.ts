import type { BallotFault } from "../../domain/judging.ts";
import type { Money } from "../../domain/money.ts";
import type { BallotView, JudgedTurn, TargetView, View } from "../view/model.ts";
import type { JudgedPair, PairReport, Drawn, Share } from "./pairs.ts";

import { sameFamily } from "../../domain/family.ts";
import { amounts } from "../score/amounts.ts";
import { deciderCode, verdictCode } from "../view/shapes.ts";
import { faultOf } from "./missing.ts";
import { pairReport, shareOf } from "./pairs.ts";

export type JudgeLine = {
  readonly judge: string;
  readonly simulated: boolean;
  readonly votes: number;
  /** Votes without a valid verdict, and why. */
  readonly invalid: number;
  readonly faults: Readonly<Partial<Record<BallotFault, number>>>;
  /** Questions that were repeated because the first reply broke the form, and what that cost. */
  readonly reasks: { readonly calls: number; readonly cost: readonly Money[] };
  /** Votes that it cast because another judge refused. */
  readonly stood_in: number;
  /** Mean of its valid verdicts, in [0, 1]. */
  readonly mean: number | null;
  /** Targets of its own model family that it graded. */
  readonly kin: readonly string[];
};

export type CascadeLine = {
  readonly target: string;
  readonly n: number;
  /** Decided by the rule alone. */
  readonly by_rule: number;
  /** The score of the rule alone, where what it left unresolved counts 0, and of rule and judge together. */
  readonly rule: Share | null;
  readonly both: Share | null;
  /** Left without a verdict by rule and judge; in `rule`, not in `both`. */
  readonly ungraded: number;
};

/** Answers that a rule graded or a model read for it. */
export type ReadingLine = {
  readonly target: string;
  readonly by_rule: number;
  readonly by_reader: number;
  /** Of these, those that the model found to be the gold in other words. */
  readonly same: number;
  /** Left unresolved by both. */
  readonly unresolved: number;
  /** Of all that were shown to the model, those in which its reading did not count. */
  readonly unread: number;
};

/** What judges did in a run, and how far they can be trusted. */
export type JudgeReport = {
  readonly judges: readonly JudgeLine[];
  /** Replies that a judge graded, and those left without enough valid votes. */
  readonly graded: number;
  readonly ungraded: number;
  /** Votes on one reply: how many replies have several, the mean distance from lowest to highest, how many differ. */
  readonly panel: {
    readonly n: number;
    readonly spread: number;
    readonly split: number;
  } | null;
  readonly pairs: PairReport | null;
  readonly cascade: readonly CascadeLine[];
  /** Targets of whose replies some were read by a model. */
  readonly readings: readonly ReadingLine[];
  /** Items whose reference a judge doubts, with how many of its votes did: golds to look at. */
  readonly doubted: readonly {
    readonly item: string;
    readonly votes: number;
    readonly of: number;
  }[];
};

type Placed = JudgedTurn & { readonly target: string; readonly item: number };

/** Over the items that `counts` accepts; null where no judge graded or read and no rule preceded one. */
export function judgeReport(
  view: View,
  counts: (item: number) => boolean = () => true,
  withStrengths = false,
): JudgeReport | null {
  const placed = view.targets.flatMap(({ ref, rows, judged }) =>
    [...judged].flatMap(([row, turns]): readonly Placed[] => {
      const item = rows.at.item[row] ?? 0;
      return counts(item) ? turns.map((turn) => ({ ...turn, target: ref, item })) : [];
    }),
  );
  const readings = view.targets.flatMap((target) => readingOf(target, counts) ?? []);
  if (placed.length + readings.length === 0) return null;
  const asked = placed.filter(({ ballots }) => ballots.length > 0);
  return {
    judges: judgesOf(view, asked),
    graded: asked.filter(({ value }) => value !== null).length,
    ungraded: asked.filter(({ value }) => value === null).length,
    panel: panelOf(asked),
    pairs: pairReport(asked.flatMap(comparisonOf), withStrengths),
    doubted: doubtedOf(view, asked),
    cascade: cascadeOf(placed.filter(({ rule }) => rule !== null)),
    readings,
  };
}

/** Null where no model was asked to read. */
function readingOf(
  { ref, rows: { at, length } }: TargetView,
  counts: (item: number) => boolean,
): ReadingLine | null {
  const line = { by_rule: 0, by_reader: 0, same: 0, unresolved: 0, unread: 0 };
  let asked = false;
  for (let row = 0; row < length; row++) {
    const by = at.decider[row];
    if (!counts(at.item[row] ?? 0) || by === deciderCode.judge || by === deciderCode.wording)
      continue;
    const isByReader = by === deciderCode.reader || by === deciderCode.same;
    asked ||= isByReader || by === deciderCode.unread;
    if (by === deciderCode.unread) line.unread++;
    if (at.verdict[row] === verdictCode.unresolved) line.unresolved++;
    else if (isDecided(at.verdict[row])) {
      line[isByReader ? "by_reader" : "by_rule"]++;
      if (by === deciderCode.same) line.same++;
    }
  }
  return asked ? { target: ref, ...line } : null;
}

const isDecided = (verdict: number | undefined): boolean =>
  verdict === verdictCode.right || verdict === verdictCode.wrong || verdict === verdictCode.partial;

function judgesOf(view: View, asked: readonly Placed[]): readonly JudgeLine[] {
  const votes = asked.flatMap(({ target, ballots }) =>
    ballots.map((each) => ({ target, ...each })),
  );
  return [...Map.groupBy(votes, ({ judge }) => judge)].map(([judge, own]) => {
    const values = own.flatMap(({ value }) => (value === null ? [] : [value]));
    const entry = view.runs.flatMap(({ judges = [] }) => judges).find(({ ref }) => ref === judge);
    const graded = [
      ...new Set(own.flatMap(({ target, value }) => (value === null ? [] : [target]))),
    ];
    return {
      judge,
      simulated: view.simulatedJudges.has(judge),
      votes: own.length,
      invalid: own.length - values.length,
      faults: faultsOf(own),
      reasks: {
        calls: view.reasks.get(judge)?.calls ?? 0,
        cost: amounts(view, view.reasks.get(judge)?.cost ?? { CNY: 0, USD: 0 }),
      },
      stood_in: own.filter(({ stands_in_for }) => stands_in_for !== undefined).length,
      mean: meanOf(values),
      kin: graded.filter((ref) => {
        const candidate = view.byRef.get(ref)?.entry ?? null;
        return entry !== undefined && candidate !== null && sameFamily(entry, candidate);
      }),
    };
  });
}

function faultsOf(own: readonly BallotView[]): JudgeLine["faults"] {
  const counts = Map.groupBy(
    own.flatMap((each) => faultOf(each) ?? []),
    (fault) => fault,
  );
  return Object.fromEntries([...counts].map(([fault, all]) => [fault, all.length]));
}

/** The most doubted first. */
function doubtedOf(view: View, asked: readonly Placed[]): JudgeReport["doubted"] {
  return [...Map.groupBy(asked, ({ item }) => item)]
    .map(([item, own]) => {
      const ballots = own.flatMap((each) => each.ballots).filter(({ value }) => value !== null);
      const votes = ballots.filter(({ doubts_reference }) => doubts_reference === true).length;
      return { item: view.judgedItems.get(item) ?? "", votes, of: ballots.length };
    })
    .filter(({ votes }) => votes > 0)
    .toSorted((a, b) => b.votes / b.of - a.votes / a.of || b.votes - a.votes);
}

function panelOf(asked: readonly Placed[]): JudgeReport["panel"] {
  const spreads = asked.flatMap(({ ballots }) => {
    const values = ballots.flatMap(({ value }) => (value === null ? [] : [value]));
    return values.length < 2 ? [] : [Math.max(...values) - Math.min(...values)];
  });
  const spread = meanOf(spreads);
  if (spread === null) return null;
  return { n: spreads.length, spread, split: spreads.filter((each) => each > 0).length };
}

const comparisonOf = ({ target, item, value, pair, ballots }: Placed): readonly JudgedPair[] =>
  pair === null
    ? []
    : [
        {
          target,
          item,
          value,
          ...pair,
          orders: ballots.flatMap(({ orders }) => (orders ? [orders] : [])),
          both: bothOf(ballots),
        },
      ];

/** What all valid votes say of a tie; null where they differ. */
function bothOf(ballots: readonly BallotView[]): "good" | "bad" | null {
  const said = new Set(
    ballots.flatMap(({ value, both }) => (value === null ? [] : [both ?? null])),
  );
  const [only = null] = said;
  return said.size === 1 ? only : null;
}

function cascadeOf(ruled: readonly Placed[]): readonly CascadeLine[] {
  return [...Map.groupBy(ruled, ({ target }) => target)].map(([target, own]) => {
    const drawn = (value: number | null, item: number): readonly Drawn[] =>
      value === null ? [] : [{ value, item }];
    return {
      target,
      n: own.length,
      by_rule: own.filter(({ rule }) => rule?.decided === true).length,
      rule: shareOf(own.flatMap(({ rule, item }) => drawn(rule?.value ?? 0, item))),
      both: shareOf(own.flatMap(({ value, item }) => drawn(value, item))),
      ungraded: own.filter(({ value }) => value === null).length,
    };
  });
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, each) => sum + each, 0) / values.length;
