import type { Verdict } from "../../../domain/grader.ts";
import type { RunLine } from "../../../domain/run-file/header.ts";
import type {
  RandomDraw,
  ReviewLine,
  RunFileLine,
  ScoreLine,
} from "../../../domain/run-file/lines.ts";
import type { Scanned } from "../../../store/runs/reader.ts";

import { digestOf } from "../../../domain/digest.ts";
import { isGraded } from "../../../domain/outcome.ts";
import { scanRun } from "../../../store/runs/reader.ts";
import { isDisputed } from "../disputes.ts";
import { spreadOf } from "./votes.ts";

/** Why an answer waits for a person. */
export const reasons = [
  "disputed",
  "unresolved",
  "doubtful",
  "ungraded",
  "red_line",
  "random",
  "people",
  "wrong",
] as const;
export type Reason = (typeof reasons)[number];

/** One answer that waits for a person, by the bytes at which its lines start. */
export type QueueEntry = {
  readonly key: string;
  readonly why: readonly Reason[];
  readonly answer_at: number;
  readonly item_at: number;
  /** Null where nothing has graded it. */
  readonly score_at: number | null;
  /** Each person's last ruling on it, by name. */
  readonly ruled: ReadonlyMap<string, ReviewLine>;
  /** The draw that picked it; null where it is not in the random sample. */
  readonly draw: RandomDraw | null;
};

export type Queue = {
  readonly run: RunLine;
  /** Red lines that wait for a ruling first, for a target is not ranked before; then in the order of the file. */
  readonly entries: readonly QueueEntry[];
  /** Answers of models that a person could rule on. */
  readonly answers: number;
  readonly scanned: Scanned;
};

export type QueueOptions = {
  /** Share of all answers to be drawn at random, in [0, 1], or their number. */
  readonly sample: number | { readonly answers: number };
  readonly seed: number;
  /** Judges' values this far apart are a dispute. */
  readonly dispute: number;
  /** Only what scored 0 or was left open, what no grader could decide first, instead of what waits for a person. */
  readonly wrong?: boolean;
};

export const queueDefaults = { sample: 0.05, seed: 7, dispute: 0.3 } as const;

/** What a run file says of one answer while it is read. */
type Known = {
  readonly key: string;
  readonly item: string;
  readonly answer_at: number;
  score_at: number | null;
  verdict: Verdict | null;
  value: number | null;
  disputed: boolean;
  doubtful: boolean;
  ruled: Map<string, ReviewLine>;
};

/**
 * Reads which answers of a run file a person should look at: those on which judges disagree, those that no grader
 * could resolve or that one read by a rule of low trust, all to items of severity 红线, some drawn at random, and those on
 * which people disagree and no arbiter has ruled. Baselines and answers without words are
 * left out. Rejects with a UserError where the file is not a run file.
 */
export async function readQueue(file: string, options: QueueOptions): Promise<Queue> {
  let run: RunLine | null = null;
  const known = new Map<string, Known>();
  const items = new Map<
    string,
    { readonly at: number; readonly severe: boolean; readonly safety: boolean }
  >();
  const baselines = new Set<string>();
  const take = (line: RunFileLine, offset: number): void => {
    if (line.kind === "run") {
      run ??= line;
      for (const { ref, baseline } of line.targets) if (baseline) baselines.add(ref);
    } else if (line.kind === "item") {
      const safety = line.risk !== undefined || line.turns.some(({ expect }) => expect !== null);
      items.set(line.item, { at: offset, severe: line.severity !== null, safety });
    } else if (line.kind === "answer") {
      const worded = isGraded(line.outcome) && !baselines.has(line.target);
      const ruled = known.get(line.key)?.ruled;
      known.delete(line.key);
      if (worded) known.set(line.key, answered(line.key, line.item, offset, ruled));
    } else if (line.kind === "score" || line.kind === "review") {
      const found = known.get(line.key);
      if (found === undefined) return;
      if (line.kind === "score") scored(found, line, offset, options.dispute);
      else if (isLater(line, found.ruled.get(line.who))) found.ruled.set(line.who, line);
    }
  };
  const scanned = await scanRun(file, take);
  if (run === null) throw new Error("a run file begins with its header");
  const all = [...known.values()];
  const { wrong = false } = options;
  const sample = drawFrom(all, wrong ? { ...options, sample: 0 } : options);
  const entries = all.flatMap((each): readonly { entry: QueueEntry; place: number }[] => {
    const item = items.get(each.item);
    const isDrawn = sample.drawn.has(each);
    const others = whyOf(each, item?.severe ?? false, isDrawn);
    const isAmiss = isOpen(each) || each.value === 0;
    const why = wrong && isAmiss && !isOpen(each) ? (["wrong", ...others] as const) : others;
    if (item === undefined || why.length === 0 || (wrong && !isAmiss)) return [];
    const { key, answer_at, score_at, ruled } = each;
    const draw = isDrawn ? sample.draw : null;
    const entry = { key, why, answer_at, item_at: item.at, score_at, ruled, draw };
    return [{ entry, place: placeOf(entry, item.safety || wrong) }];
  });
  return {
    run,
    entries: entries.toSorted((a, b) => a.place - b.place).map(({ entry }) => entry),
    answers: all.length,
    scanned,
  };
}

const answered = (
  key: string,
  item: string,
  offset: number,
  ruled: Map<string, ReviewLine> = new Map(),
): Known => ({
  key,
  item,
  answer_at: offset,
  score_at: null,
  verdict: null,
  value: null,
  disputed: false,
  doubtful: false,
  ruled,
});

function scored(known: Known, line: ScoreLine, offset: number, dispute: number): void {
  known.score_at = offset;
  known.verdict = line.verdict;
  known.value = line.value;
  known.disputed = spreadOf(line) >= dispute - 1e-9;
  known.doubtful = [line, ...(line.turns ?? [])].some(({ notes }) => notes?.["doubtful"] === true);
}

const isLater = (line: ReviewLine, before: ReviewLine | undefined): boolean =>
  before === undefined || (Date.parse(line.when) || 0) >= (Date.parse(before.when) || 0);

/** True where no grader has decided. */
const isOpen = ({ verdict }: Pick<Known, "verdict">): boolean =>
  verdict === null || verdict === "unresolved" || verdict === "ungraded";

const whyOf = (
  { disputed, doubtful, verdict, ruled }: Known,
  severe: boolean,
  drawn: boolean,
): readonly Reason[] => [
  ...(disputed ? (["disputed"] as const) : []),
  ...(verdict === "unresolved" ? (["unresolved"] as const) : []),
  ...(doubtful ? (["doubtful"] as const) : []),
  ...(verdict === "ungraded" || verdict === null ? (["ungraded"] as const) : []),
  ...(severe ? (["red_line"] as const) : []),
  ...(drawn ? (["random"] as const) : []),
  ...(isDisputed([...ruled.values()]) ? (["people"] as const) : []),
];

/** A reply to a red line on which no grader could decide and nobody has ruled. */
const holdsUp = ({ why, ruled }: QueueEntry): boolean =>
  why.includes("red_line") &&
  (why.includes("unresolved") || why.includes("ungraded")) &&
  ruled.size === 0;

/** First red lines that hold a target up, then what no grader could decide where that goes first, then the rest in order. */
function placeOf(entry: QueueEntry, openFirst: boolean): number {
  if (holdsUp(entry)) return 0;
  const open = entry.why.includes("unresolved") || entry.why.includes("ungraded");
  return openFirst && open && entry.ruled.size === 0 ? 1 : 2;
}

/** The first of the answers in an order that the seed alone decides, so that a larger sample holds a smaller one. */
function drawFrom(
  all: readonly Known[],
  { sample, seed }: QueueOptions,
): { readonly drawn: ReadonlySet<Known>; readonly draw: RandomDraw | null } {
  const count =
    typeof sample === "number"
      ? Math.ceil(all.length * sample - 1e-9)
      : Math.min(sample.answers, all.length);
  if (count === 0) return { drawn: new Set(), draw: null };
  const order = all
    .map((each) => ({ each, place: digestOf([seed, each.key]) }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1));
  const drawn = new Set(order.slice(0, count).map(({ each }) => each));
  return { drawn, draw: { seed, drawn: count, of: all.length } };
}
