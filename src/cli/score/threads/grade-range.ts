import type { AnswerLine, ItemLine } from "../../../domain/run-file/lines.ts";
import type { GraderRef } from "../../../domain/suite.ts";
import type { RawLine } from "../../../files/lines.ts";
import type { LoadGrader } from "../../../grading/graders.ts";
import type { RangeReader } from "./line-range.ts";

import { gradesAlone } from "../../../grading/alone.ts";
import { gradeAnswer } from "../../../grading/grade.ts";
import { checkedText, checkLines } from "../../../store/runs/checked-line.ts";
import { createLatest } from "../latest-values.ts";
import { createFindings, type GradedRange } from "./graded-range.ts";

export type RangeGrader = (from: number, to: number) => Promise<GradedRange>;

export type RangeSetup = {
  readonly file: string;
  readonly read: RangeReader;
  /** Another reader of the same file, for items that stand before a range. */
  readonly readBefore: RangeReader;
  readonly correct: (item: ItemLine) => ItemLine;
  /** Null for a grader that is not one for threads. */
  readonly load: LoadGrader;
};

/** Lines that are checked together, and then forgotten together. */
const stepBytes = 1 << 18;
/** Items stand close before their answers, as far apart as there were answers under way. */
const lookBackBytes = 1 << 20;
/** Items that are kept: of more of them than there are answers under way, each would outlive several collections. */
const mostItems = 1_024;
/** Grader references that are kept. */
const mostGraders = 1_024;

type Placed = {
  readonly item: ItemLine;
  readonly start: number;
  /** A corrected gold has to be written before the score, by the main thread. */
  readonly isCorrected: boolean;
};

/**
 * Returns a function that checks the lines of a range and grades its answers as the main thread would, byte for byte. It rejects
 * where a line is damaged, or where judges were paid for a verdict: then the whole file is for the main thread.
 */
export function createRangeGrader(setup: RangeSetup): RangeGrader {
  const { file, correct, load } = setup;
  const known = createLatest<Placed>(mostItems);
  const graders = createGraders(load);
  const found = createFindings();

  const remember = (old: ItemLine, start: number): Placed => {
    graders.share(old);
    const item = correct(old);
    const placed = { item, start, isCorrected: item.gold_digest !== old.gold_digest };
    known.set(old.item, placed);
    return placed;
  };

  const grade = async ({ item, isCorrected }: Placed, answer: AnswerLine) => {
    if (isCorrected) return null;
    for (const { grader } of item.turns)
      if (grader !== null && !(await graders.isAlone(grader))) return null;
    try {
      const score = await gradeAnswer(item, answer, load);
      return score.pending === true ? null : { score, text: checkedText(file, score) };
    } catch {
      return null;
    }
  };

  return async (from, to) => {
    found.clear();
    let isLookedBack = from === 0;
    const itemOf = (key: string): Placed | undefined => {
      const near = known.get(key);
      if (near !== undefined || isLookedBack) return near;
      isLookedBack = true;
      for (const { line, start } of itemsIn(
        setup.readBefore(Math.max(0, from - lookBackBytes), from),
      ))
        if (known.get(line.item) === undefined) remember(line, start);
      return known.get(key);
    };
    for (const batch of steps(setup.read(from, to))) {
      const answers: { readonly answer: AnswerLine; readonly start: number }[] = [];
      checkLines(file, batch, (line, start) => {
        if (line.kind === "item") found.addItem(remember(line, start).item, start);
        if (line.kind === "answer") answers.push({ answer: line, start });
        if (line.kind === "score") found.addScore(line);
      });
      for (const { answer, start } of answers) {
        const placed = itemOf(answer.item);
        const graded = placed === undefined ? null : await grade(placed, answer);
        found.addAnswer(answer.key, start);
        if (graded !== null && placed !== undefined) found.addGrade(placed.start, graded);
      }
    }
    return found.whole();
  };
}

function* steps(lines: readonly RawLine[]): Generator<readonly RawLine[]> {
  for (let from = 0; from < lines.length;) {
    let to = from;
    for (let held = 0; to < lines.length && held < stepBytes; to += 1)
      held += lines[to]?.bytes.length ?? 0;
    yield lines.slice(from, to);
    from = to;
  }
}

const itemStart = Buffer.from('{"kind":"item"');

/** The items among lines that another range checks; the last of each key comes first. */
function itemsIn(
  lines: readonly RawLine[],
): readonly { readonly line: ItemLine; readonly start: number }[] {
  return lines
    .filter(({ bytes }) => bytes.subarray(0, itemStart.length).equals(itemStart))
    .map(({ bytes, start }) => ({ line: JSON.parse(bytes.toString("utf8")) as ItemLine, start }))
    .toReversed();
}

/** The grader references of all items, equal ones as one object, so that each is prepared once. */
function createGraders(load: LoadGrader) {
  const known = createLatest<GraderRef>(mostGraders);
  const alone = new WeakMap<GraderRef, Promise<boolean>>();
  return {
    /** For an item that was parsed here. */
    share: (item: ItemLine): void => {
      for (const turn of item.turns as readonly { grader: GraderRef | null }[]) {
        if (turn.grader === null) continue;
        const text = JSON.stringify(turn.grader);
        const equal = known.get(text);
        if (equal === undefined) known.set(text, turn.grader);
        else turn.grader = equal;
      }
    },
    isAlone: (ref: GraderRef): Promise<boolean> => {
      const before = alone.get(ref);
      if (before !== undefined) return before;
      // The main thread says what is wrong with it, where its turn comes.
      const found = gradesAlone(ref, load).catch(() => false);
      alone.set(ref, found);
      return found;
    },
  };
}
