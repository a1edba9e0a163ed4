import type { TargetView, View } from "../view/model.ts";

import { replyKinds } from "../view/reply-kind.ts";
import { expectCode, verdictCode } from "../view/shapes.ts";

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

/**
 * The reason why a row counts 0; null where it counts more or not at all, and where the answer was read and is wrong.
 * A reply that was cut counts as cut even where a grader read something in it. Of a dialogue the last turn decides.
 */
function zeroReasonOf(view: View, { rows }: TargetView, row: number): ZeroReason | null {
  const { at } = rows;
  if (at.value[row] !== 0) return null;
  const verdict = at.verdict[row] ?? 0;
  if (verdict === verdictCode.filtered) return "filtered";
  if (verdict === verdictCode.overflow) return "overflow";
  const kind = replyKinds[at.reply[row] ?? 0] ?? "text";
  const unread = verdict === verdictCode.unresolved ? "no_answer" : null;
  switch (kind) {
    case "cut_thinking":
    case "cut_answer":
    case "empty":
    case "reasoning_only":
      return kind;
    case "refused":
      if (view.items.at.expect[at.item[row] ?? 0] === expectCode.refuse) return unread;
      return unread !== null || at.read[row] === 0 ? "refused" : null;
    case "unrecognised":
      return null;
    case "text":
    case "none":
      return unread;
  }
}
