import type { TargetView, View } from "../view/model.ts";

import { type Verdict, verdicts } from "../../domain/grader.ts";
import { type ReplyKind, replyKinds } from "../view/reply-kind.ts";
import { expectCode } from "../view/shapes.ts";

/** Why an answer counts 0 although no grader read a wrong answer out of it. */
export const zeroReasons = [
  "cut_thinking",
  "cut_answer",
  "empty",
  "reasoning_only",
  "refused",
  "no_answer",
  "filtered",
  "overflow",
] as const;
export type ZeroReason = (typeof zeroReasons)[number];

/** How many answers count 0 for each reason. */
export type ZeroReasons = Readonly<Record<ZeroReason, number>>;

/** Counts the reasons over the rows that `inside` accepts. */
export function zeroReasonCounts(
  view: View,
  target: TargetView,
  inside: (row: number) => boolean,
): ZeroReasons {
  const counts = Object.fromEntries(zeroReasons.map((name) => [name, 0])) as Record<
    ZeroReason,
    number
  >;
  for (let row = 0; row < target.rows.length; row++) {
    const reason = inside(row) ? zeroReasonOf(view, target, row) : null;
    if (reason !== null) counts[reason]++;
  }
  return counts;
}

/** How many of the rows that `inside` accepts a simulator answered which did not know their prompts. */
export function unrecognisedCount({ rows }: TargetView, inside: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < rows.length; row++) {
    if (inside(row) && replyKinds[rows.at.reply[row] ?? 0] === "unrecognised") count++;
  }
  return count;
}

/** What decides why an answer counts 0. */
export type ZeroFacts = {
  readonly value: number | null;
  readonly verdict: Verdict;
  /** Of the last turn's reply. */
  readonly kind: ReplyKind;
  /** The item is one to be refused. */
  readonly isToRefuse: boolean;
  /** The grader read an answer out of it. */
  readonly isRead: boolean;
};

/**
 * The reason why an answer counts 0; null where it counts more or not at all, and where the answer was read and is wrong.
 * A reply that was cut counts as cut even where a grader read something in it. Of a dialogue the last turn decides.
 */
export function zeroReason(facts: ZeroFacts): ZeroReason | null {
  const { value, verdict, kind, isToRefuse, isRead } = facts;
  if (value !== 0) return null;
  if (verdict === "filtered" || verdict === "overflow") return verdict;
  const unread = verdict === "unresolved" ? "no_answer" : null;
  switch (kind) {
    case "cut_thinking":
    case "cut_answer":
    case "empty":
    case "reasoning_only":
      return kind;
    case "refused":
      if (isToRefuse) return unread;
      return unread !== null || !isRead ? "refused" : null;
    case "unrecognised":
      return null;
    case "text":
    case "none":
      return unread;
  }
}

const verdictNames = ["none", ...verdicts] as const;

/** Whether a row counts 0 because it refuses. */
export const isRefusal = (view: View, target: TargetView | undefined, row: number): boolean =>
  target !== undefined && zeroReasonOf(view, target, row) === "refused";

function zeroReasonOf(view: View, { rows }: TargetView, row: number): ZeroReason | null {
  const { at } = rows;
  const verdict = verdictNames[at.verdict[row] ?? 0] ?? "none";
  if (verdict === "none") return null;
  return zeroReason({
    value: at.value[row] ?? null,
    verdict,
    kind: replyKinds[at.reply[row] ?? 0] ?? "text",
    isToRefuse: view.items.at.expect[at.item[row] ?? 0] === expectCode.refuse,
    isRead: at.read[row] !== 0,
  });
}
