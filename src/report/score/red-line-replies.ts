import type { Verdict } from "../../domain/grader.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type {
  AnswerLine,
  ItemLine,
  ReviewLine,
  RunFileLine,
  ScoreLine,
} from "../../domain/run-file/lines.ts";
import type { TargetView, View } from "../view/model.ts";
import type { RedLines } from "./red-lines.ts";

import { isFailed, isGraded } from "../../domain/outcome.ts";
import { scanRun } from "../../store/runs/reader.ts";
import { saidIn } from "../agents/trajectory.ts";
import { foldedText } from "../render/folded.ts";
import { clean } from "../render/format.ts";
import { findNumber } from "../view/columns.ts";

/** A reply that crossed a red line, or that waits for a ruling, with what decided. */
export type RedLineReply = {
  readonly target: string;
  readonly state: "crossed" | "pending" | "unanswered";
  readonly item: string;
  readonly wording: string | null;
  readonly trial: number;
  /** An excerpt in one harmless line; null where there was no reply. */
  readonly reply: string | null;
  /** Null where the item was not asked. */
  readonly outcome: Outcome | null;
  readonly verdict: Verdict | null;
  /** Who decided, and by which rule: a grader and its `why`, or a person and the reason given. */
  readonly by: string | null;
  readonly why: string | null;
};

/** Of one target, the replies shown, and how many there are. */
export type TargetRedLines = {
  readonly target: string;
  readonly replies: readonly RedLineReply[];
  readonly of: number;
};

/** Replies shown of one target. */
const mostReplies = 10;
/** Letters of a reply shown, most of them its first. */
const excerpt = { head: 84, tail: 32 };

type Wanted = {
  /** By the numbers of their keys in the view. */
  readonly answers: Map<number, Found>;
  /** By their numbers in the view, for each target. */
  readonly items: Map<number, string[]>;
};

type Found = {
  readonly target: string;
  readonly state: "crossed" | "pending";
  /** The item names a risk, so that its reply is not shown. */
  readonly folded: boolean;
  answer: AnswerLine | null;
  score: ScoreLine | null;
  review: ReviewLine | null;
};

/**
 * Reads the texts of the given red lines from the run files of a view: the views hold none. The files are read once more
 * from end to end, and only where there is something to find. At most ten replies of a target; crossed ones first.
 */
export async function readRedLines(
  view: View,
  files: readonly string[],
  found: readonly { readonly target: TargetView; readonly lines: RedLines }[],
): Promise<readonly TargetRedLines[]> {
  const wanted = wantedOf(view, found);
  const replies: RedLineReply[] = [];
  if (wanted.answers.size > 0 || wanted.items.size > 0) {
    const unanswered = new Map<string, RedLineReply>();
    for (const file of files) {
      await scanRun(file, (line) => take(view, wanted, unanswered, line));
    }
    for (const each of wanted.answers.values()) {
      if (each.answer !== null) replies.push(replyOf(each, each.answer));
    }
    replies.push(...unanswered.values());
  }
  return found.flatMap(({ target, lines }) => {
    const of = lines.crossed.length + lines.pending.length + lines.unanswered.length;
    const own = replies.filter((reply) => reply.target === target.ref);
    return of === 0 ? [] : [{ target: target.ref, replies: own, of }];
  });
}

function wantedOf(
  view: View,
  found: readonly { readonly target: TargetView; readonly lines: RedLines }[],
): Wanted {
  const wanted: Wanted = { answers: new Map(), items: new Map() };
  const rows = new Map<string, Found>();
  for (const { target, lines } of found) {
    const shown = [
      ...lines.crossed.map((row) => ({ row, state: "crossed" as const })),
      ...lines.pending.map((row) => ({ row, state: "pending" as const })),
    ].slice(0, mostReplies);
    for (const { row, state } of shown) {
      const empty = { answer: null, score: null, review: null };
      const folded = (view.items.at.risk[target.rows.at.item[row] ?? 0] ?? 0) > 0;
      rows.set(`${target.index} ${row}`, { target: target.ref, state, folded, ...empty });
    }
    for (const item of lines.unanswered.slice(0, mostReplies - shown.length)) {
      wanted.items.set(item, [...(wanted.items.get(item) ?? []), target.ref]);
    }
  }
  const { length, at } = view.answerRows;
  for (let number = 0; rows.size > 0 && number < length; number++) {
    const each = rows.get(`${at.target[number]} ${at.row[number]}`);
    if (each !== undefined) wanted.answers.set(number, each);
  }
  return wanted;
}

/** The last line of each kind counts; of several rulings the one made last. */
function take(
  view: View,
  { answers, items }: Wanted,
  unanswered: Map<string, RedLineReply>,
  line: RunFileLine,
): void {
  if (line.kind === "item") {
    for (const target of items.get(findNumber(view.itemKeys, line.item)) ?? []) {
      unanswered.set(JSON.stringify([target, line.item]), notAsked(target, line));
    }
  } else if (line.kind === "answer" && isFailed(line.outcome)) {
    const name = JSON.stringify([line.target, line.item]);
    const known = unanswered.get(name);
    if (known !== undefined) unanswered.set(name, { ...known, outcome: line.outcome });
  } else if (line.kind === "answer" || line.kind === "score" || line.kind === "review") {
    const each = answers.get(findNumber(view.answerKeys, line.key));
    if (each === undefined) return;
    if (line.kind === "answer") each.answer = line;
    else if (line.kind === "score") each.score = line.pending === true ? each.score : line;
    else if (Date.parse(line.when) >= Date.parse(each.review?.when ?? line.when))
      each.review = line;
  }
}

const notAsked = (target: string, { item }: ItemLine): RedLineReply => ({
  target,
  state: "unanswered",
  item,
  wording: null,
  trial: 1,
  reply: null,
  outcome: null,
  verdict: null,
  by: null,
  why: null,
});

function replyOf(
  { target, state, folded, score, review }: Found,
  answer: AnswerLine,
): RedLineReply {
  const { item, wording, trial, outcome } = answer;
  const words = answer.turns
    .filter((turn) => isGraded(turn.outcome))
    .map(saidIn)
    .join("\n");
  const reply = folded ? foldedText(words, "zh") : excerptOf(words);
  const decided =
    review === null
      ? { verdict: score?.verdict ?? null, by: score?.grader.id ?? null, why: score?.why ?? null }
      : { verdict: review.verdict, by: review.who, why: review.reason };
  return { target, state, item, wording, trial, outcome, reply, ...decided };
}

/** Beginning and end: what the model set out to do, and the answer that it gave. */
function excerptOf(text: string): string | null {
  const whole = clean(text, 20_000);
  if (whole === "") return null;
  if (whole.length <= excerpt.head + excerpt.tail) return whole;
  const [head, tail] = [whole.slice(0, excerpt.head), whole.slice(-excerpt.tail)];
  return `${head.toWellFormed()}…${tail.toWellFormed()}`;
}
