import type { JudgeCall } from "../../domain/judging.ts";
import type { RunEvent } from "../../domain/run-file/event.ts";
import type { RunLine } from "../../domain/run-file/header.ts";
import type { AnswerLine, ReviewLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { EndLine } from "../../domain/run-file/session.ts";
import type { TargetView, View } from "./model.ts";

import { isFailed, isGraded } from "../../domain/outcome.ts";
import { declines } from "../../text/declines.ts";
import { readCalls } from "./calls.ts";
import {
  addRow,
  createColumns,
  createKeyTable,
  findNumber,
  fingerprint32,
  numberOf,
} from "./columns.ts";
import { takeDetail, takeStance, voteOf } from "./detail.ts";
import { land, send } from "./in-flight.ts";
import { stepItem } from "./items.ts";
import { takeModelNames } from "./model-names.ts";
import { createTarget } from "./model.ts";
import { takeAgent, takeChecked, takeJudged, rescore, rule } from "./opinions.ts";
import { deciderCode, expectCode, flag, outcomeCode, itemShape } from "./shapes.ts";
import { endSteps, takeStep } from "./steps.ts";
import { takeThinking } from "./thinking.ts";
import { tally } from "./totals.ts";
import { dropFailure, noteFailure, setVerdict, setVerdictOfCall } from "./verdicts.ts";

const maxSeen = 64;

/** An empty view, to be fed with `step`. */
export const createView = (): View => ({
  run: null,
  end: null,
  runs: [],
  ends: [],
  listed: [],
  overlaps: 0,
  sessions: [],
  stopping: null,
  itemKeys: createKeyTable(),
  items: createColumns(itemShape()),
  clusterKeys: createKeyTable(),
  goldLabels: new Map(),
  tasks: [],
  taskKeys: createKeyTable(),
  cells: [],
  cellNumbers: new Map(),
  wordings: [null],
  regions: [null],
  graders: new Map(),
  versions: new Map(),
  simulatedJudges: new Set(),
  reasks: new Map(),
  judgedItems: new Map(),
  targets: [],
  byRef: new Map(),
  answerKeys: createKeyTable(),
  answerRows: createColumns({ target: new Int32Array(0), row: new Int32Array(0) }),
  asking: new Set(),
  workers: [],
  steps: new Map(),
  failures: [],
});

/**
 * Adds one event to the view. For each key the last answer and the last score count, and a review overrides
 * both; of several reviews the one made last. Lines must come in the order of the file; `offset` is the byte at which the line starts there.
 */
export function step(view: View, event: RunEvent, offset = -1): void {
  switch (event.kind) {
    case "answer":
      return stepAnswer(view, event, offset);
    case "score":
      return stepScore(view, event);
    case "item":
      return stepItem(view, event, offset);
    case "review":
      return stepReview(view, event);
    case "run":
      return stepRun(view, event);
    case "resume":
      setEnd(view, null);
      view.sessions.at(-1)?.push({ loop: null, wall_ms: null, answers: new Map() });
      return;
    case "end":
      setEnd(view, event);
      endSession(view, event);
      view.asking.clear();
      for (const target of view.targets) target.inFlight = 0;
      return;
    case "asking":
      dropFailure(view, event.key);
      return send(view, targetOf(view, event.target), event.key);
    case "replied":
      return land(view, targetOf(view, event.target), event.key);
    case "retrying":
      targetOf(view, event.target).retries++;
      return land(view, targetOf(view, event.target), event.key);
    case "stopping":
      view.stopping = event.reason;
      return;
    case "step":
      takeStep(view, targetOf(view, event.target), event);
      land(view, targetOf(view, event.target), event.key);
      return;
    case "workers":
      view.workers = event.workers;
      return;
    case "limit":
    case "lane":
    case "unserved":
    case "queue":
    case "batch":
    // The end line repeats it.
    case "stopped":
      return;
  }
}

/** The target's part of the view, made when it is first named. */
function targetOf(view: View, ref: string): TargetView {
  const found = view.byRef.get(ref);
  if (found !== undefined) return found;
  const made = createTarget(ref, view.targets.length);
  view.targets.push(made);
  view.byRef.set(ref, made);
  return made;
}

function stepRun(view: View, line: RunLine): void {
  view.run = line;
  view.runs.push(line);
  view.ends.push(null);
  view.listed.push({ items: [], answers: [], tuned: new Map() });
  view.sessions.push([{ loop: null, wall_ms: null, answers: new Map() }]);
  view.end = null;
  for (const entry of line.targets) targetOf(view, entry.ref).entry = entry;
}

function setEnd(view: View, end: EndLine | null): void {
  view.end = end;
  view.ends[view.ends.length - 1] = end;
}

function endSession({ sessions }: View, { loop, wall_ms }: EndLine): void {
  const session = sessions.at(-1)?.at(-1);
  if (session === undefined) return;
  session.loop = loop;
  session.wall_ms = wall_ms;
}

function stepAnswer(view: View, line: AnswerLine, offset: number): void {
  const target = targetOf(view, line.target);
  const answers = view.sessions.at(-1)?.at(-1)?.answers;
  if (isTimed(line)) answers?.set(target.index, (answers.get(target.index) ?? 0) + 1);
  const number = numberOf(view.answerKeys, line.key);
  let row = view.answerRows.at.row[number] ?? -1;
  if (number >= view.answerRows.length) {
    addRow(view.answerRows);
    row = addRow(target.rows);
    view.answerRows.at.target[number] = target.index;
    view.answerRows.at.row[number] = row;
  } else {
    tally(target, row, -1);
    if (target.toAskAgain > 0) target.toAskAgain--;
    if (target.rows.at.run[row] !== view.runs.length - 1) view.overlaps++;
  }
  target.rows.at.run[row] = view.runs.length - 1;
  writeAnswer(view, target, row, line);
  endSteps(view, target, line);
  target.rows.at.offset[row] = offset;
  tally(target, row, 1);
  land(view, target, line.key);
}

/** An answer whose times are looked at: it came, and neither from a baseline nor in a batch. */
const isTimed = ({ outcome, turns }: AnswerLine): boolean =>
  !isFailed(outcome) && turns.some(({ timing }) => timing !== null);

function writeAnswer(view: View, target: TargetView, row: number, line: AnswerLine): void {
  const { at } = target.rows;
  const item = numberOf(view.itemKeys, line.item);
  if (item >= view.items.length) view.items.at.task[addRow(view.items)] = -1;
  at.item[row] = item;
  at.wording[row] = numberIn(view.wordings, line.wording);
  at.region[row] = numberIn(view.regions, line.region ?? null);
  at.trial[row] = line.trial;
  at.ask[row] = fingerprint32(line.ask_digest);
  at.outcome[row] = outcomeCode[line.outcome];
  at.grader[row] = 0;
  at.said[row] = 0;
  at.vote[row] = 0;
  at.read[row] = 0;
  at.stance[row] = 0;
  at.decider[row] = deciderCode.rule;
  const reviewed = (at.flags[row] ?? 0) & flag.reviewed;
  at.flags[row] = reviewed | (line.lagged === true ? flag.lagged : 0);
  readCalls(target, row, line.turns);
  if (reviewed === 0) {
    const isRefusal = view.items.at.expect[item] === expectCode.refuse;
    setVerdictOfCall(target, row, line.outcome, isRefusal);
  }
  takeModelNames(target, row, line.turns);
  takeThinking(target, row, line.turns);
  for (const turn of line.turns) {
    if (turn.fingerprint !== null) countSeen(target.fingerprints, turn.fingerprint);
  }
  dropFailure(view, line.key);
  if (!isGraded(line.outcome)) noteFailure(view, line);
}

function stepScore(view: View, line: ScoreLine): void {
  const number = findNumber(view.answerKeys, line.key);
  const target = view.targets[view.answerRows.at.target[number] ?? -1];
  if (number < 0 || target === undefined) return;
  for (const call of line.judge_calls ?? []) {
    target.totals.judgeCalls++;
    if (call.cost === null) target.totals.judgeCostUnknown++;
    else target.totals.judgeCost[call.cost.currency] += call.cost.amount;
    if (call.model_returned !== null) countSeen(target.judges, call.model_returned);
    if (call.simulated && call.judge !== undefined) view.simulatedJudges.add(call.judge);
    if (call.again === true) countReask(view, call);
  }
  if (line.pending === true) return;
  const row = view.answerRows.at.row[number] ?? 0;
  takeJudged(target, row, line);
  takeChecked(target, row, line);
  takeAgent(target, row, line);
  takeDetail(target, row, line);
  takeStance(target, row, line);
  const grader = fingerprint32(line.grader.digest);
  target.rows.at.grader[row] = grader;
  view.graders.set(grader, line.grader.id);
  view.versions.set(grader, `${line.grader.id} ${line.grader.version}`);
  if (!rescore(target, row, line)) setVerdict(target, row, line.verdict, line.value);
  target.rows.at.read[row] = line.extracted !== null && !declines(line.extracted) ? 1 : 0;
  target.rows.at.vote[row] = voteOf(line);
  target.rows.at.said[row] = /^[A-Z]$/.test(line.extracted ?? "")
    ? (line.extracted ?? "").charCodeAt(0)
    : 0;
}

function countReask({ reasks }: View, { judge = "", cost }: JudgeCall): void {
  const sums = reasks.get(judge) ?? { calls: 0, cost: { CNY: 0, USD: 0 }, unknown: 0 };
  reasks.set(judge, sums);
  sums.calls++;
  if (cost === null) sums.unknown++;
  else sums.cost[cost.currency] += cost.amount;
}

function stepReview(view: View, line: ReviewLine): void {
  const number = findNumber(view.answerKeys, line.key);
  const target = view.targets[view.answerRows.at.target[number] ?? -1];
  if (number < 0 || target === undefined) return;
  const row = view.answerRows.at.row[number] ?? 0;
  const { verdict, value } = rule(view, target, row, line);
  setVerdict(target, row, verdict, value);
}

function numberIn(names: (string | null)[], name: string | null): number {
  const found = names.indexOf(name);
  return found >= 0 ? found : names.push(name) - 1;
}

function countSeen(seen: Map<string, number>, value: string): void {
  const count = seen.get(value);
  if (count !== undefined || seen.size < maxSeen) seen.set(value, (count ?? 0) + 1);
}
