import type { Pairing, Side } from "../pairing.ts";
import type { ComparabilityFinding } from "./comparable.ts";

/** How many of the compared answers are one and the same recording on both sides. */
export type SameAnswers = {
  readonly answers: number;
  readonly of: number;
  /** All of them are, with the same values: a file is compared with itself or with a copy. */
  readonly self: boolean;
};

/**
 * Finds answers that both sides share. Times are recorded to the microsecond, so two calls are one where all their times,
 * tokens and lengths are equal; where every pair has the same figures as every other, nothing is concluded from that.
 * `oneFile`: both sides are known to be the same target of the same file.
 */
export function sameAnswers(
  base: Side,
  fresh: Side,
  pairing: Pairing,
  oneFile: boolean,
): SameAnswers {
  const of = pairing.base.length;
  if (oneFile) return { answers: of, of, self: of > 0 };
  const seen = new Set<number>();
  let answers = 0;
  let regraded = 0;
  for (let pair = 0; pair < of; pair++) {
    const [from, to] = [pairing.base[pair] ?? 0, pairing.new[pair] ?? 0];
    const time = sharedTime(base, from, fresh, to);
    if (time === null) continue;
    answers++;
    seen.add(time);
    if (base.target.rows.at.value[from] !== fresh.target.rows.at.value[to]) regraded++;
  }
  if (seen.size < 2) return { answers: 0, of, self: false };
  return { answers, of, self: answers === of && regraded === 0 };
}

const rowFigures = ["calls", "outcome", "input", "output", "points", "words", "cost"] as const;
const callFigures = ["first_token_ms", "first_answer_ms", "total_ms"] as const;

/** The time that two rows' calls took, where both hold the same recording; else null. */
function sharedTime(base: Side, from: number, fresh: Side, to: number): number | null {
  const [a, b] = [base.target.rows.at, fresh.target.rows.at];
  if (rowFigures.some((name) => a[name][from] !== b[name][to])) return null;
  let time = 0;
  for (let turn = 0; turn < (a.calls[from] ?? 0); turn++) {
    const [left, right] = [(a.calls_from[from] ?? 0) + turn, (b.calls_from[to] ?? 0) + turn];
    for (const name of callFigures) {
      if (!Object.is(base.target.calls.at[name][left], fresh.target.calls.at[name][right]))
        return null;
    }
    time += base.target.calls.at.total_ms[left] ?? Number.NaN;
  }
  return Number.isFinite(time) && time > 0 ? time : null;
}

/** What sharing answers means for the comparison; nothing where none is shared. */
export function sameAnswersFindings({
  answers,
  of,
  self,
}: SameAnswers): readonly ComparabilityFinding[] {
  if (answers === 0) return [];
  const message = self
    ? {
        zh: "两侧是同一份回答：这是文件和它自己（或它的副本）比较，什么也说明不了",
        en: "both sides are the same answers: a file compared with itself or a copy shows nothing",
      }
    : answers === of
      ? {
          zh: "两侧是同一批回答，只是评分不同：差别来自评分或改判，与模型无关",
          en: "both sides are the same answers with other scores: the difference is the grading's, not the model's",
        }
      : {
          zh: `可比的 ${of} 次作答中有 ${answers} 次两侧是同一份记录，这部分不可能有差别`,
          en: `${answers} of the ${of} compared answers are the same recording on both sides and cannot differ`,
        };
  return [{ level: "warn", touches: "all", message }];
}
