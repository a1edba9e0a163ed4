import type { Outcome } from "../../domain/outcome.ts";
import type { TargetView, View } from "../view/model.ts";
import type { ReplyFacts } from "./replies.ts";

import { outcomes } from "../../domain/outcome.ts";
import { findNumber } from "../view/columns.ts";
import { verdictCode } from "../view/shapes.ts";

/** How a night's anchors were answered, in answers; what is not counted below came with words of the model's own. */
export type Answering = {
  readonly asked: number;
  /** Calls that failed for good, and how. */
  readonly failed: number;
  readonly failures: Readonly<Partial<Record<Outcome, number>>>;
  /** Said to be answered, but without words or broken off. */
  readonly empty: number;
  /** Notices of the service in place of answers, such as 服务繁忙. */
  readonly notices: number;
  /** One and the same reply to nearly every item. */
  readonly same: number;
  /** Blocked by the vendor's filter, where that is not what was wanted: answers that count 0. */
  readonly filtered: number;
};

/** Above this share of anchors without an answer, beyond the usual one, a night says nothing about the model. */
const tolerated = 0.2;
/** Above this share it does not matter what is usual. */
const most = 0.5;
/** Items on which notices stand before they count as such: one item may ask for such a sentence. */
const leastNotices = 3;
/** Items, and their share of the night, on which one reply stands before it is none: fewer where no grader found an answer in it. */
const leastSame = 5;
const sameShare = 0.8;
const voidShare = 0.2;

/** The newest reply of each answer, by its key: views hold no words. */
export type Replies = ReadonlyMap<string, ReplyFacts>;

type ByRow = ReadonlyMap<number, ReplyFacts>;

/** Counts the anchors' answers of a night, and marks the rows that hold no answer of the model. */
export function answeringOf(
  view: View,
  target: TargetView,
  isAnchor: Uint8Array,
  all: Replies,
): { readonly answering: Answering; readonly unanswered: Uint8Array } {
  const { at, length } = target.rows;
  const anchors = Array.from({ length }, (_, row) => row).filter(
    (row) => isAnchor[at.item[row] ?? 0] === 1 && at.wording[row] === 0,
  );
  const replies = repliesByRow(view, target, all);
  const is = (row: number, kind: ReplyFacts["kind"]): boolean => replies.get(row)?.kind === kind;
  const isFailed = (row: number): boolean => at.verdict[row] === verdictCode.failed;
  const failed = anchors.filter(isFailed);
  const empty = anchors.filter((row) => !isFailed(row) && is(row, "empty"));
  const notices = boilerplate(
    target,
    anchors.filter((row) => is(row, "notice")),
    leastNotices,
  );
  const known = new Set([...failed, ...empty, ...notices]);
  const same = sameReplies(
    target,
    replies,
    anchors.filter((row) => !known.has(row)),
    anchors,
  );
  const unanswered = new Uint8Array(length);
  for (const row of [...known, ...same]) unanswered[row] = 1;
  return {
    answering: {
      asked: anchors.length,
      failed: failed.length,
      failures: failuresOf(target, failed),
      empty: empty.length,
      notices: notices.length,
      same: same.length,
      filtered: anchors.filter((row) => at.verdict[row] === verdictCode.filtered).length,
    },
    unanswered,
  };
}

function repliesByRow(
  { answerKeys, answerRows }: View,
  { index }: TargetView,
  all: Replies,
): ByRow {
  const rows = new Map<number, ReplyFacts>();
  for (const [key, reply] of all) {
    const number = findNumber(answerKeys, key);
    if (answerRows.at.target[number] === index) rows.set(answerRows.at.row[number] ?? -1, reply);
  }
  return rows;
}

/** Answers that are none. */
export const missingOf = ({ failed, empty, notices, same }: Answering): number =>
  failed + empty + notices + same;

/**
 * True if so many anchors came back without an answer that the endpoint is to blame: more than half of them, or a fifth
 * more than in the median of the nights before.
 */
export function isBroken(tonight: Answering, earlier: readonly Answering[]): boolean {
  const share = missingShare(tonight);
  return share > most || share - median(earlier.map(missingShare)) > tolerated;
}

const missingShare = (night: Answering): number =>
  night.asked === 0 ? 0 : missingOf(night) / night.asked;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** The rows, where they stand on enough items and hardly any of them is right: a right one is an answer. */
function boilerplate(
  { rows: { at } }: TargetView,
  rows: readonly number[],
  least: number,
): readonly number[] {
  const items = new Set(rows.map((row) => at.item[row]));
  const right = rows.filter((row) => at.verdict[row] === verdictCode.right).length;
  return items.size < least || right * 2 >= rows.length ? [] : rows;
}

/** The rows of the commonest reply, where nearly all anchors have it, or a good part and it is neither an answer nor a refusal. */
function sameReplies(
  target: TargetView,
  replies: ByRow,
  rows: readonly number[],
  anchors: readonly number[],
): readonly number[] {
  const { at } = target.rows;
  const equal = Map.groupBy(rows, (row) => replies.get(row)?.print ?? null);
  equal.delete(null);
  const [commonest = []] = [...equal.values()].toSorted((a, b) => b.length - a.length);
  const isVoid = commonest.every(
    (row) => at.verdict[row] === verdictCode.unresolved && replies.get(row)?.kind !== "refusal",
  );
  return commonest.length < anchors.length * (isVoid ? voidShare : sameShare)
    ? []
    : boilerplate(target, commonest, leastSame);
}

function failuresOf({ rows: { at } }: TargetView, failed: readonly number[]) {
  const counts: Partial<Record<Outcome, number>> = {};
  for (const row of failed) {
    const outcome = outcomes[at.outcome[row] ?? 0] ?? "network";
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
