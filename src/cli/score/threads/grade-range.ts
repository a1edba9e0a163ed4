import type { AnswerLine, ItemLine, ScoreLine } from "../../../domain/run-file/lines.ts";
import type { GraderRef } from "../../../domain/suite.ts";
import type { LoadGrader } from "../../../grading/graders.ts";
import type { LineRun } from "../../../store/runs/shaped-lines.ts";
import type { ItemToCorrect } from "../correct.ts";
import type { RangeReader } from "./line-range.ts";

import { gradesAlone } from "../../../grading/alone.ts";
import { type AnswerToGrade, gradeAlone } from "../../../grading/grade.ts";
import { checkedText } from "../../../store/runs/checked-line.ts";
import { createShapedReader } from "../../../store/runs/shaped-lines.ts";
import { createLatest } from "../latest-values.ts";
import { createFindings, type GradedRange } from "./graded-range.ts";

export type RangeGrader = (from: number, to: number) => Promise<GradedRange>;

export type RangeSetup = {
  readonly file: string;
  readonly read: RangeReader;
  /** Another reader of the same file, for items that stand before a range. */
  readonly readBefore: RangeReader;
  readonly correct: <Item extends ItemToCorrect>(item: Item) => Item | ItemLine;
  /** Null for a grader that is not one for threads. */
  readonly load: LoadGrader;
};

/** Items stand close before their answers, as far apart as there were answers under way: so far is looked back, step by step. */
const lookBackBytes = 1 << 20;
const lookBackStep = 1 << 18;
/** Items that are kept: of more of them than there are answers under way, each would outlive several collections. */
const mostItems = 1_024;
/** Grader references that are kept. */
const mostGraders = 1_024;

type Placed = {
  readonly item: ItemToCorrect;
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
  const readLines = createShapedReader<LineToGrade>(file, wanted);

  const remember = (old: ItemToCorrect, start: number): Placed => {
    graders.share(old);
    const item = correct(old);
    const placed = { item, start, isCorrected: item.gold_digest !== old.gold_digest };
    known.set(old.item, placed);
    return placed;
  };

  const grade = async ({ item, isCorrected }: Placed, answer: AnswerToGrade) => {
    if (isCorrected) return null;
    for (const { grader } of item.turns)
      if (grader !== null && !(await graders.isAlone(grader))) return null;
    try {
      const score = await gradeAlone(item, answer, load);
      return score.pending === true ? null : { score, text: checkedText(file, score) };
    } catch {
      return null;
    }
  };

  return async (from, to) => {
    found.clear();
    let seenFrom = from;
    const itemOf = (key: string): Placed | undefined => {
      let near = known.get(key);
      while (near === undefined && seenFrom > Math.max(0, from - lookBackBytes)) {
        const before = Math.max(0, seenFrom - lookBackStep);
        for (const { line, start } of itemsIn(setup.readBefore(before, seenFrom)))
          if (known.get(line.item) === undefined) remember(line, start);
        seenFrom = before;
        near = known.get(key);
      }
      return near;
    };
    const answers: {
      readonly answer: AnswerInFile;
      readonly placed: Placed | undefined;
      start: number;
    }[] = [];
    const run = setup.read(from, to);
    if (run !== null)
      readLines(run, (line, start) => {
        if (line.kind === "item") found.addItem(remember(line, start).item, start);
        if (line.kind === "answer")
          answers.push({ answer: line, placed: itemOf(line.item), start });
        if (line.kind === "score") found.addScore(line);
      });
    for (const { answer, placed, start } of answers) {
      const graded = placed === undefined ? null : await grade(placed, answer);
      found.addAnswer(answer.key, start);
      if (graded !== null && placed !== undefined) found.addGrade(placed.start, graded);
    }
    return found.whole();
  };
}

/** What is read of the lines of each kind. */
const wanted = {
  item: {
    kind: true,
    item: true,
    asks: true,
    turns: true,
    gold_digest: true,
    tools: true,
    context: true,
    environment: true,
  },
  answer: {
    kind: true,
    key: true,
    item: true,
    wording: true,
    outcome: true,
    turns: {
      outcome: true,
      text: true,
      finish: true,
      tool_calls: true,
      passages: true,
      played: true,
    },
  },
  score: true,
} as const;

type LineToGrade = (ItemToCorrect & Pick<ItemLine, "kind">) | AnswerInFile | ScoreLine;
type AnswerInFile = AnswerToGrade & Pick<AnswerLine, "kind" | "item">;

const itemStart = Buffer.from('{"kind":"item"');

/** The items among lines that another range checks; the last of each key comes first. */
function itemsIn(
  run: LineRun | null,
): readonly { readonly line: ItemLine; readonly start: number }[] {
  if (run === null) return [];
  const items: { line: ItemLine; start: number }[] = [];
  for (let at = 0; at < run.bytes.length;) {
    const end = run.bytes.indexOf(10, at);
    const bytes = run.bytes.subarray(at, end);
    if (bytes.subarray(0, itemStart.length).equals(itemStart))
      items.push({ line: JSON.parse(bytes.toString("utf8")) as ItemLine, start: run.start + at });
    at = end + 1;
  }
  return items.toReversed();
}

/** The grader references of all items, equal ones as one object, so that each is prepared once. */
function createGraders(load: LoadGrader) {
  const known = createLatest<GraderRef>(mostGraders);
  const alone = new WeakMap<GraderRef, Promise<boolean>>();
  return {
    /** For an item that was parsed here. */
    share: (item: ItemToCorrect): void => {
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
