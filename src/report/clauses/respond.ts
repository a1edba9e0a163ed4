import type { Text } from "../../domain/text.ts";
import type { TargetView, View } from "../view/model.ts";
import type { TenderClause, ClauseList } from "./clause.ts";
import type { ClauseEvidence } from "./evidence.ts";
import type { Facts, MeasuredFigure, ClauseMeasure, Scoped } from "./measures/measure.ts";
import type {
  ResponseState,
  EvidenceLink,
  ResponseRow,
  ResponseTable,
  StarResult,
  StateCounts,
} from "./response.ts";

import { UserError } from "../../domain/text.ts";
import { unknownName } from "../../validation/suggest.ts";
import { summaryOf } from "../score/summary.ts";
import { buildTree, itemsOf } from "../score/tree.ts";
import { decide } from "./decide.ts";
import { noEvidence } from "./evidence.ts";
import { figureText, intervalText } from "./figure-text.ts";
import { clauseStates } from "./response.ts";
import { scopeNode } from "./scope.ts";

/**
 * Answers every clause for one target of a view: the one that is named, else the only one that is no baseline. `evidence` is what
 * the view does not hold (see `readEvidence`); without it, clauses about tags, availability, loads and months stay untested.
 * Throws a `UserError` where it is not clear which target is meant.
 */
export function responseTable(
  view: View,
  list: ClauseList,
  target: string | null = null,
  evidence: ClauseEvidence = noEvidence,
): ResponseTable {
  const found = targetOf(view, target);
  const facts = factsOf(view, found, evidence);
  const rows = list.clauses.map((clause) => rowOf(facts, clause, evidence));
  const counts = {
    star: countsOf(rows.filter(({ mark }) => mark === "★")),
    triangle: countsOf(rows.filter(({ mark }) => mark === "▲")),
    plain: countsOf(rows.filter(({ mark }) => mark === null)),
  };
  const whole = facts.scope(null);
  return {
    title: list.title,
    target: found.ref,
    simulated: "summary" in whole && whole.summary.simulated,
    rows,
    counts,
    star_result: starResult(counts.star),
    notes: list.notes,
  };
}

function targetOf(view: View, named: string | null): TargetView {
  const asked = view.targets.filter(({ entry }) => entry?.baseline !== true);
  const refs = asked.map(({ ref }) => ref);
  if (named !== null) {
    const found = view.byRef.get(named);
    if (found !== undefined) return found;
    throw new UserError(unknownName({ zh: "目标", en: "target" }, named, refs));
  }
  const [only, ...others] = asked;
  if (only !== undefined && others.length === 0) return only;
  throw new UserError({
    zh: `运行里有 ${refs.length} 个目标，请用 --target 写明答复哪一个：${refs.join("、")}`,
    en: `the runs hold ${refs.length} targets; say with --target which one answers: ${refs.join(", ")}`,
  });
}

function factsOf(view: View, target: TargetView, evidence: ClauseEvidence): Facts {
  const { board, sorted } = evidence;
  const root = buildTree(view, board);
  const known = new Map<string, Scoped>();
  const scopeOf = (of: string | null): Scoped => {
    const place = of === null ? { node: root } : scopeNode(view, root, sorted, of);
    if ("why" in place) return place;
    return {
      summary: summaryOf(view, target, { root: place.node, board }),
      inside: itemsOf(place.node, view.items.length),
    };
  };
  return {
    view,
    target,
    board,
    sorted,
    windows: evidence.windows.get(target.ref) ?? null,
    loads: evidence.loads.filter(({ figures }) => figures.target === target.ref),
    bill: evidence.bills.find(({ targets }) => targets.includes(target.ref)) ?? null,
    scope: (of) => {
      const scoped = known.get(of ?? "") ?? scopeOf(of);
      known.set(of ?? "", scoped);
      return scoped;
    },
  };
}

function rowOf(facts: Facts, clause: TenderClause, evidence: ClauseEvidence): ResponseRow {
  const { no, mark, requirement, measure, bound, stated } = clause;
  const common = {
    no,
    mark,
    requirement,
    scope: scopeText(clause),
    bound_text: bound?.text ?? "",
    user_evidence: stated.evidence,
  };
  if (measure === null) return { ...common, ...userAnswer(clause) };
  const figure = measure.figureOf(facts, clause);
  const { state, value_meets } = decide(figure, bound);
  return {
    ...common,
    measure: { id: measure.id, name: measure.name },
    value: figure.value,
    value_text: figureText(measure, figure.value),
    interval: figure.interval,
    interval_text: intervalText(measure, figure.interval),
    n: figure.n,
    n_of: figure.n_of,
    formula: measure.formula,
    invalid: figure.invalid,
    invalid_rule: measure.invalid,
    evidence: linksOf(measure, figure, evidence),
    state,
    value_meets,
    remarks: [
      ...whyOpen(state, value_meets, bound !== null),
      ...figure.remarks,
      ...clause.remarks,
      ...(stated.state !== null && stated.state !== state ? [otherwiseStated(stated.state)] : []),
    ],
    source: "measured",
  };
}

/** What nobody can measure here is answered by the user, and says so. */
const userAnswer = ({ stated, remarks }: TenderClause) => ({
  measure: null,
  value: null,
  value_text: { zh: stated.value ?? "—", en: stated.value ?? "—" },
  interval: null,
  interval_text: "",
  n: null,
  n_of: null,
  formula: null,
  invalid: null,
  invalid_rule: null,
  evidence: [],
  state: stated.state ?? "untested",
  value_meets: null,
  remarks: [
    ...(stated.state === null
      ? [{ zh: "等用户填写", en: "waits for the user" }]
      : [{ zh: "用户填写，未核实", en: "stated by the user, not checked" }]),
    ...remarks,
  ],
  source: "user" as const,
});

function linksOf(
  measure: ClauseMeasure,
  figure: MeasuredFigure,
  { files }: ClauseEvidence,
): readonly EvidenceLink[] {
  if (figure.file !== undefined) return [{ file: figure.file, view: measure.view }];
  if (figure.value === null) return [];
  return files.map((file) => ({ file, view: measure.view }));
}

const scopeText = ({ of, label, at }: TenderClause): string | null => {
  const parts = [
    of,
    label,
    at === null ? null : at.loop === "closed" ? `${at.level} 并发` : `${at.level} QPS`,
  ].filter((each) => each !== null);
  return parts.length === 0 ? null : parts.join(" · ");
};

function whyOpen(state: ResponseState, meets: boolean | null, hasBound: boolean): readonly Text[] {
  if (state !== "open") return [];
  if (!hasBound) return [{ zh: "条款没有写界限", en: "the clause states no bound" }];
  return [
    meets === true
      ? {
          zh: "点估计满足，样本不足以断定",
          en: "the value keeps the bound, the sample is too small to be certain",
        }
      : {
          zh: "点估计不满足，样本不足以断定",
          en: "the value misses the bound, the sample is too small to be certain",
        },
  ];
}

const stateNames: Readonly<Record<ResponseState, Text>> = {
  met: { zh: "满足", en: "met" },
  missed: { zh: "不满足", en: "missed" },
  open: { zh: "未断定", en: "open" },
  untested: { zh: "未测", en: "untested" },
};

/** A state for people. */
export const stateName = (state: ResponseState): Text => stateNames[state];

const otherwiseStated = (state: ResponseState): Text => ({
  zh: `文件里写的是“${stateNames[state].zh}”，以实测为准`,
  en: `the file says "${stateNames[state].en}"; what was measured counts`,
});

const countsOf = (rows: readonly ResponseRow[]): StateCounts => {
  const of = (state: ResponseState): number => rows.filter((row) => row.state === state).length;
  const [met, missed, open, untested] = clauseStates.map(of);
  return {
    met: met ?? 0,
    missed: missed ?? 0,
    open: open ?? 0,
    untested: untested ?? 0,
    all: rows.length,
  };
};

function starResult({ all, met, missed }: StateCounts): StarResult {
  if (all === 0) return "none";
  if (missed > 0) return "rejected";
  return met === all ? "kept" : "open";
}
