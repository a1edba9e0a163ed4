import type { ScoreLine, TurnScore } from "../../domain/run-file/lines.ts";
import type { SubScoreMark, TargetView } from "./model.ts";

import { hash32 } from "./columns.ts";
import { deciderCode, stanceCode } from "./shapes.ts";

/** Records a row's sub-scores and labels; a later score by another grader removes them. */
export function takeDetail({ subScores, labels }: TargetView, row: number, line: ScoreLine): void {
  const marks = line.turns?.flatMap(marksOf) ?? marksOf(line);
  if (marks.length > 0) subScores.set(row, marks);
  else subScores.delete(row);
  if (line.labels === undefined) labels.delete(row);
  else labels.set(row, line.labels);
}

const marksOf = ({ sub_scores = [] }: TurnScore): readonly SubScoreMark[] =>
  sub_scores.map(({ name, value, verdict }) => ({ name, value, verdict }));

/** What a reply did, where `refusal` read it, and whether judges decided. Of a dialogue the last turn counts. */
export function takeStance({ rows: { at } }: TargetView, row: number, line: ScoreLine): void {
  const turns = line.turns ?? [line];
  const notes = turns.at(-1)?.notes ?? {};
  const stance = String(notes["stance"] ?? "none");
  at.stance[row] = Object.entries(stanceCode).find(([name]) => name === stance)?.[1] ?? 0;
  // What a model read of any turn was read by it.
  const read = new Set(turns.flatMap(readersOf));
  at.decider[row] =
    readerCodes.find((code) => read.has(code)) ?? deciderOf(notes["decided_by"], line.grader.id);
}

/** Of several turns the first of these counts. */
const readerCodes = [deciderCode.same, deciderCode.reader, deciderCode.unread] as const;

const readersOf = ({ notes = {} }: TurnScore): readonly ReturnType<typeof readerCodeOf>[] =>
  notes["reader"] === undefined ? [] : [readerCodeOf(notes)];

function readerCodeOf(notes: NonNullable<ScoreLine["notes"]>): (typeof readerCodes)[number] {
  if (notes["decided_by"] !== "reader") return deciderCode.unread;
  return notes["same"] === true ? deciderCode.same : deciderCode.reader;
}

function deciderOf(by: unknown, grader: string): number {
  if (by === "wording") return deciderCode.wording;
  const isJudged = by === "judge" || grader.split("+").includes("judge");
  return isJudged && by !== "rule" ? deciderCode.judge : deciderCode.rule;
}

/** Graders whose `extracted` is no answer that another reply could give as well: a program, marks, a count, the tools that were called. */
const withoutVote: ReadonlySet<string> = new Set(["code", "judge", "constraints", "open", "goal"]);

/** Whether replies that this grader read can be voted on. */
export const canVote = (grader: string): boolean =>
  !grader.split("+").some((id) => withoutVote.has(id));

/** The vote of a reply: a fingerprint of what was extracted, spelling aside; 0 where nothing was. */
export function voteOf({ extracted, grader }: Pick<ScoreLine, "extracted" | "grader">): number {
  if (extracted === null || !canVote(grader.id)) return 0;
  const key = voteKey(extracted);
  return key === "" ? 0 : hash32(key);
}

const letter = /^[A-Z]$/;
const number = /^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/;

/** 1,000 and 1000.0 vote together, and so do ABC and ａｂｃ。 */
function voteKey(text: string): string {
  if (letter.test(text)) return text;
  const bare = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/\s+/g, " ")
    .replace(/^[\s"'“”‘’]+/, "")
    .replace(/[\s。.!！,，;；"'“”‘’]+$/, "");
  if (!number.test(bare)) return letter.test(bare.toUpperCase()) ? bare.toUpperCase() : bare;
  const value = Number(bare.replaceAll(",", ""));
  return Number.isSafeInteger(value) || bare.includes(".") ? String(value) : bare;
}
