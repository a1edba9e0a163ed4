import type { CallRecord } from "../../domain/call.ts";
import type { BatchLine } from "../../domain/run-file/batch.ts";
import type { RunLine } from "../../domain/run-file/header.ts";
import type { AnswerLine, ItemLine, StepLine } from "../../domain/run-file/lines.ts";
import type { EndLine, LimitLine } from "../../domain/run-file/session.ts";
import type { Done } from "./session.ts";

import { isFailed, type Outcome, stopsTarget } from "../../domain/outcome.ts";
import { unrecognisedError } from "../../domain/run-file/unrecognised-reply.ts";
import { type Scanned, scanRun } from "../../store/runs/reader.ts";
import { createKeySet } from "../../store/suites/key-set.ts";
import { addSpent, judges, type Spent, spentOn } from "./budget.ts";

/** How far a run got, as read from its file. */
export type ResumePoint = {
  readonly header: RunLine;
  readonly done: Done;
  /** The last session's end, or null if it was cut off. */
  readonly end: EndLine | null;
  readonly scanned: Scanned;
  /** Calls that failed and count as not done. */
  readonly retried: number;
  /** Answers that have no score yet, with their items. */
  readonly unscored: readonly { readonly item: ItemLine; readonly answer: AnswerLine }[];
};

/**
 * Which calls that failed for good count as not done: none of them, those that the network or the server failed or that a
 * simulator did not know, so that another try may well succeed, or all.
 */
export type Retry = "none" | "transport" | "all";

const transport: ReadonlySet<Outcome> = new Set([
  "network",
  "timeout",
  "server",
  "overloaded",
  "rate-limited",
]);

/**
 * True if a continuation asks such a failed call again by itself: the network or the server failed it, it stopped its target (a
 * wrong key), or a simulator did not know the item.
 */
export const isAskedAgain = ({
  outcome,
  message,
}: {
  readonly outcome: Outcome;
  readonly message: string | null;
}): boolean =>
  transport.has(outcome) || stopsTarget(outcome) || message?.includes(unrecognisedError) === true;

/** True if an answer that ended so is to be asked for again. A simulator that did not know the item may have read its suite since. */
function isRetried({ outcome, turns }: Pick<AnswerLine, "outcome" | "turns">, retry: Retry) {
  if (retry !== "transport") return retry === "all" && isFailed(outcome);
  const isUnknown = (turn: AnswerLine["turns"][number]): boolean =>
    turn.attempts.at(-1)?.message?.includes(unrecognisedError) === true;
  return transport.has(outcome) || turns.some(isUnknown);
}

/** A run that holds nothing yet. */
export const nothingDone = (): Done => ({
  answers: createKeySet(),
  items: createKeySet(),
  begun: new Map(),
  batches: [],
  unbatched: createKeySet(),
  answered: 0,
  failed: 0,
  limits: new Map(),
  answeredBy: new Map(),
  spent: new Map(),
});

/**
 * Reads how far a run got, in one pass, plus a second if answers lack scores. `retry` says which calls that
 * failed for good count as not done. Those that stopped their target (a wrong key, an empty account) never count as done.
 */
export async function readResumePoint(file: string, retry: Retry): Promise<ResumePoint> {
  const answers = createKeySet();
  const failures = createKeySet();
  const again = createKeySet();
  const items = createKeySet();
  const scored = createKeySet();
  const answeredBy = new Map<string, number>();
  const spent = new Map<string, Spent>();
  const limits = new Map<string, LimitLine>();
  const conversations = createConversations(retry);
  const batches = new Map<string, BatchLine>();
  const unbatched = createKeySet();
  let header: RunLine | null = null;
  let end: EndLine | null = null;
  const count = (target: string, step: number): void => {
    answeredBy.set(target, (answeredBy.get(target) ?? 0) + step);
  };
  const scanned = await scanRun(file, (line) => {
    switch (line.kind) {
      case "run":
        header = line;
        break;
      case "item":
        items.add(line.item);
        break;
      case "step":
        end = null;
        conversations.goOn(line);
        addCosts(spent, line.target, [line.call], header);
        break;
      case "answer":
        end = null;
        addCosts(spent, line.target, conversations.newCalls(line), header);
        conversations.end(line);
        scored.delete(line.key);
        failures.delete(line.key);
        again.delete(line.key);
        if (answers.has(line.key)) count(line.target, -1);
        answers.delete(line.key);
        if (line.turns.some(({ outcome }) => stopsTarget(outcome))) break;
        answers.add(line.key);
        count(line.target, 1);
        if (isFailed(line.outcome)) failures.add(line.key);
        if (isRetried(line, retry)) again.add(line.key);
        break;
      case "score":
        if (answers.has(line.key) && line.pending !== true) scored.add(line.key);
        addCosts(spent, judges, line.judge_calls ?? [], header);
        break;
      case "resume":
        end = null;
        break;
      case "end":
        end = line;
        break;
      case "limit":
        limits.set(line.lane, line);
        break;
      case "batch":
        end = null;
        if (line.state === "done" || line.state === "lost") batches.delete(line.name);
        else batches.set(line.name, line);
        for (const { key } of line.left ?? []) unbatched.add(key);
        break;
      case "review":
        break;
      default:
        break;
    }
  });
  if (header === null) throw new Error("a run file without a header was scanned");
  const unscored = answers.size() > scored.size() ? await readUnscored(file, scored) : [];
  const { begun } = conversations;
  const retried = again.size();
  const answered = answers.size() - retried;
  const done: Done = {
    answers: retried > 0 ? await without(file, answers, retry, count) : answers,
    items,
    begun,
    batches: [...batches.values()],
    unbatched,
    answered,
    failed: failures.size() - retried,
    limits: recent(limits),
    answeredBy,
    spent,
  };
  return { header, done, end, scanned, unscored, retried };
}

/** The conversations of a file while it is read. */
type Conversations = {
  readonly goOn: (line: StepLine) => void;
  /** The calls of an answer that did not stand in the file before it, as steps. The last one never did. */
  readonly newCalls: (line: AnswerLine) => readonly CallRecord[];
  readonly end: (line: AnswerLine) => void;
  /** Those that can go on: no answer ended them, or one that does not count. */
  readonly begun: ReadonlyMap<string, readonly StepLine[]>;
};

function createConversations(retry: Retry): Conversations {
  const begun = new Map<string, readonly StepLine[]>();
  // Of those that failed as well: if they went on in a later session, their calls are paid for already.
  const counted = new Map<string, number>();
  return {
    begun,
    goOn: (line) => {
      const before = line.step === 1 ? [] : (begun.get(line.key) ?? []);
      // What follows steps that were dropped is no beginning.
      if (before.length === line.step - 1) begun.set(line.key, [...before, line]);
      counted.set(line.key, line.step);
    },
    newCalls: ({ key, turns }) => turns.slice(Math.min(counted.get(key) ?? 0, turns.length - 1)),
    end: ({ key, outcome, turns }) => {
      if (!isFailed(outcome)) counted.delete(key);
      const counts = !turns.some((turn) => stopsTarget(turn.outcome));
      if (counts && !isRetried({ outcome, turns }, retry)) begun.delete(key);
    },
  };
}

/** Limits from an hour ago say little about now. */
const staleMs = 3_600_000;

function recent(limits: ReadonlyMap<string, LimitLine>): Done["limits"] {
  const now = Date.now();
  return new Map([...limits].filter(([, { when }]) => Math.abs(now - Date.parse(when)) < staleMs));
}

function addCosts(
  spent: Map<string, Spent>,
  target: string,
  calls: readonly CallRecord[],
  header: RunLine | null,
): void {
  const price = header?.targets.find(({ ref }) => ref === target)?.price ?? null;
  for (const call of calls) addSpent(spent, target, spentOn(call, price, 0));
}

/** The keys whose last answer is not one to be asked for again. */
async function without(
  file: string,
  answers: Done["answers"],
  retry: Retry,
  count: (target: string, step: number) => void,
): Promise<Done["answers"]> {
  await scanRun(file, (line) => {
    if (line.kind !== "answer") return;
    if (answers.has(line.key)) count(line.target, -1);
    answers.delete(line.key);
    if (isRetried(line, retry) || line.turns.some((turn) => stopsTarget(turn.outcome))) return;
    answers.add(line.key);
    count(line.target, 1);
  });
  return answers;
}

/** There are few: those being graded when the process died. */
async function readUnscored(
  file: string,
  scored: Done["answers"],
): Promise<ResumePoint["unscored"]> {
  const last = new Map<string, AnswerLine>();
  await scanRun(file, (line) => {
    if (line.kind === "answer" && !scored.has(line.key)) last.set(line.key, line);
  });
  const wanted = new Set([...last.values()].map(({ item }) => item));
  const items = new Map<string, ItemLine>();
  await scanRun(file, (line) => {
    if (line.kind === "item" && wanted.has(line.item)) items.set(line.item, line);
  });
  return [...last.values()].flatMap((answer) => {
    const item = items.get(answer.item);
    return item === undefined ? [] : [{ item, answer }];
  });
}

/** The latest answers of some targets, by key, for others to be compared with. */
export async function readAnswersOf(
  file: string,
  targets: ReadonlySet<string>,
): Promise<ReadonlyMap<string, AnswerLine>> {
  const found = new Map<string, AnswerLine>();
  if (targets.size === 0) return found;
  await scanRun(file, (line) => {
    if (line.kind === "answer" && targets.has(line.target)) found.set(line.key, line);
  });
  return found;
}
