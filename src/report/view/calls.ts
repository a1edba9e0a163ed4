import type { CallRecord } from "../../domain/call.ts";
import type { TargetView } from "./model.ts";

import { wasAsked } from "../../domain/call.ts";
import { isFiltered, isGraded } from "../../domain/outcome.ts";
import { usageDoubts } from "../../domain/run-file/usage-counts.ts";
import { usageDoubt } from "../../domain/usage.ts";
import { stripThink } from "../../text/extract.ts";
import { codePoints } from "../../text/length.ts";
import { addRow } from "./columns.ts";
import { replyKindOf, replyKinds } from "./reply-kind.ts";
import { flag } from "./shapes.ts";

const counted = { points: 0, words: 0 };
const streamed = { points: 0, words: 0 };

/** Writes the turns of an answer into the target's columns, replacing what the row held before. */
export function readCalls(target: TargetView, row: number, turns: readonly CallRecord[]): void {
  const { at } = target.rows;
  forget(target, row);
  at.calls_from[row] = target.calls.length;
  at.calls[row] = turns.length;
  at.input[row] =
    at.cached_input[row] =
    at.output[row] =
    at.reasoning[row] =
      turns.length > 0 ? 0 : -1;
  at.cost[row] = 0;
  at.doubt[row] = 0;
  const last = turns.at(-1);
  at.reply[row] = last === undefined ? 0 : replyKinds.indexOf(replyKindOf(last));
  at.confidence[row] = confidenceOf(last);
  counted.points = counted.words = 0;
  for (const turn of turns) {
    const generated = readCall(target, row, turn);
    readUsage(target, row, turn, generated);
    readCost(target, row, turn);
  }
  at.points[row] = counted.points;
  at.words[row] = counted.words;
}

/** The letter's probability, over all spellings of it among the alternatives, such as `B` and ` B`. */
function confidenceOf(turn: CallRecord | undefined): number {
  const first = turn?.first_token;
  const letter = first?.token.trim() ?? "";
  if (first === undefined || !/^[A-Z]$/.test(letter)) return Number.NaN;
  const spellings = first.top.filter(({ token }) => token.trim() === letter);
  const said = spellings.some(({ token }) => token === first.token) ? spellings : [first];
  return Math.min(
    1,
    said.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0),
  );
}

function forget(target: TargetView, row: number): void {
  const { at } = target.rows;
  const from = at.calls_from[row] ?? 0;
  for (let call = from; call < from + (at.calls[row] ?? 0); call++) target.calls.at.row[call] = -1;
  const spent = at.cost[row] ?? 0;
  if (spent > 0) target.totals.replacedCost[at.currency[row] === 1 ? "USD" : "CNY"] += spent;
}

/**
 * Only the attempt that succeeded has a latency; a final timeout ranks above every latency. Returns the code points of
 * answer and reasoning.
 */
function readCall(target: TargetView, row: number, turn: CallRecord): number {
  const call = addRow(target.calls);
  const { at } = target.calls;
  const { timing, outcome } = turn;
  const good = isGraded(outcome);
  const missing = outcome === "timeout" ? Number.POSITIVE_INFINITY : Number.NaN;
  streamed.points = streamed.words = 0;
  const { points } = counted;
  const { text } = stripThink(turn.text);
  countCharacters(text, counted);
  countCharacters(turn.reasoning, streamed);
  // In files of versions that left reasoning in the text.
  if (text !== turn.text) streamed.points += codePoints(turn.text) - codePoints(text);
  const generated = counted.points - points + streamed.points;
  at.row[call] = row;
  at.first_token_ms[call] = good ? (timing?.first_token_ms ?? Number.NaN) : missing;
  at.first_answer_ms[call] = good ? (timing?.first_answer_ms ?? Number.NaN) : missing;
  at.cached[call] = cachedCode(turn);
  at.thinking_ms[call] = good ? thinkingOf(turn) : Number.NaN;
  at.total_ms[call] = good ? (timing?.total_ms ?? Number.NaN) : missing;
  at.connect_ms[call] = timing?.connect_ms ?? Number.NaN;
  at.in_flight[call] = Math.min(timing?.in_flight ?? 0, 65_535);
  at.speed[call] = good ? speedOf(turn, generated) : Number.NaN;
  at.attempts[call] = Math.min(turn.attempts.length, 255);
  at.first_ok[call] = turn.attempts.length <= 1 && (good || isFiltered(outcome)) ? 1 : 0;
  return generated;
}

const cachedCode = ({ usage: { cached_input } }: CallRecord): number =>
  cached_input === null ? 0 : cached_input > 0 ? 2 : 1;

/** NaN where no reasoning was sent, or where the answer never began. */
function thinkingOf({ reasoning, timing }: CallRecord): number {
  if (reasoning === "" || timing === null) return Number.NaN;
  if (timing.first_token_ms === null || timing.first_answer_ms === null) return Number.NaN;
  return timing.first_answer_ms - timing.first_token_ms;
}

/**
 * Code points per second from the first delivery to the last, the first left out. NaN where the vendor
 * did not really stream: fewer than 8 deliveries, less than 100 ms between first and last, or more than
 * 80% of the text in the first.
 */
function speedOf({ timing }: CallRecord, points: number): number {
  if (timing === null || timing.first_token_ms === null || timing.last_token_ms === null) {
    return Number.NaN;
  }
  const ms = timing.last_token_ms - timing.first_token_ms;
  const after = points - (timing.first_chars ?? 0);
  if (timing.chunks < 8 || ms < 100 || after < points * 0.2) return Number.NaN;
  return (after * 1_000) / ms;
}

function readUsage(target: TargetView, row: number, turn: CallRecord, generated: number): void {
  const { at } = target.rows;
  const { usage, usage_doubt } = turn;
  const doubt = wasAsked(turn) ? (usage_doubt ?? usageDoubt(usage, generated)) : null;
  if (doubt !== null && at.doubt[row] === 0) at.doubt[row] = usageDoubts.indexOf(doubt) + 1;
  at.input[row] = sum(at.input[row], usage.input);
  at.cached_input[row] = sum(at.cached_input[row], usage.cached_input);
  at.output[row] = sum(at.output[row], usage.output);
  at.reasoning[row] = sum(at.reasoning[row], usage.reasoning);
}

const sum = (sofar: number | undefined, more: number | null): number =>
  sofar === undefined || sofar < 0 || more === null ? -1 : sofar + more;

function readCost(target: TargetView, row: number, turn: CallRecord): void {
  const { at } = target.rows;
  let flags = at.flags[row] ?? 0;
  if (turn.cost !== null) {
    at.cost[row] = (at.cost[row] ?? 0) + turn.cost.amount;
    at.currency[row] = turn.cost.currency === "USD" ? 1 : 0;
  } else if (wasAsked(turn) && isGraded(turn.outcome)) {
    flags |= flag.costUnknown;
  }
  if (wasAsked(turn)) flags |= flag.asked;
  if (turn.batch !== undefined) flags |= flag.batched;
  if (turn.elsewhere === true) flags |= flag.elsewhere;
  if (turn.cost_incomplete) flags |= flag.costIncomplete;
  if (turn.simulated) flags |= flag.simulated;
  at.flags[row] = flags;
}

/** Lengths of a text; see `countCharacters`. */
export type Characters = { points: number; words: number };

/**
 * Adds the length of `text` to `sums`: `points` in Unicode code points, `words` in the 字数 of Word and WPS,
 * where each East Asian character or punctuation mark counts one, and so does each run of anything else
 * between blanks and East Asian characters.
 */
export function countCharacters(text: string, sums: Characters): void {
  let words = 0;
  let pairs = 0;
  let inRun = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x2e80 && unit < 0xd800) {
      words++;
      inRun = false;
    } else if (unit >= 0xdc00 && unit <= 0xdfff) {
      pairs++;
    } else if (isEastAsian(unit)) {
      words++;
      inRun = false;
    } else if (isBlank(unit)) {
      inRun = false;
    } else if (!inRun) {
      words++;
      inRun = true;
    }
  }
  sums.points += text.length - pairs;
  sums.words += words;
}

/** Also true of the quotation marks, dashes and dots that Chinese shares with Latin, and of all surrogate pairs. */
const isEastAsian = (unit: number): boolean =>
  unit >= 0x2e80
    ? unit < 0xdc00 || unit >= 0xf900
    : unit >= 0x2014 && (unit <= 0x201d || unit === 0x2026);

const isBlank = (unit: number): boolean =>
  unit <= 0x20 || unit === 0xa0 || (unit >= 0x2000 && unit <= 0x200d) || unit === 0x2028;
