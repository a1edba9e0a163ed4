import type { TextSpan } from "../thinking.ts";
import type { Segment, SegmentKind } from "./segment.ts";
import type { Wrapped } from "./wrappers.ts";

import { seldom } from "../finding/seldom.ts";
import { lately } from "../quantity/lately.ts";
import { outside, thinkingSpans } from "../thinking.ts";
import { corrects, kindOfSentence, mayTurn, turn } from "./kinds.ts";
import { labelSpans } from "./label-lines.ts";
import {
  isAside,
  isExercise,
  isFurtherTask,
  isLikelyQuestion,
  isOffer,
  isSurelyQuestion,
  lineOf,
  looksAnswered,
  offerGoesOn,
} from "./tail.ts";
import { wrappersIn } from "./wrappers.ts";

/**
 * Parts a reply by what each part does, in time linear in its length. The parts are in order and do not overlap; white
 * space and marks between them belong to none. It knows neither the question nor its answer, and it takes text as it
 * came or folded.
 */
export const segmentsOf = lately((reply: string): readonly Segment[] => {
  const fixed = fixedParts(reply);
  const state: State = { begun: false, answered: false, offering: false, beside: false };
  const parts: Segment[] = [];
  let at = 0;
  for (let next = 0; ; next++) {
    const part = fixed[next] ?? null;
    const until = part?.start ?? reply.length;
    const stopped = readLines(reply, { start: at, end: until }, state, parts);
    if (stopped !== null) {
      parts.push(plainPart("next-question", reply, { start: stopped, end: reply.length }));
      return parts;
    }
    if (part === null) break;
    parts.push(inTail(part, state));
    state.answered ||= part.kind === "announcement";
    state.begun ||= part.kind !== "thinking" && part.kind !== "label";
    at = part.end;
  }
  return parts;
});

/** The parts that something stands around or sets apart, in order. */
function fixedParts(reply: string): readonly Segment[] {
  const { thoughts, marks } = thinkingSpans(reply);
  const labels = labelSpans(reply);
  const wrapped = wrappersIn(reply);
  if (thoughts.length + marks.length + labels.length === 0) return wrapped;
  return inOrder([
    ...joined([...thoughts, ...marks]).map((span) => plainPart("thinking", reply, span)),
    ...labels.map((span) => plainPart("label", reply, span)),
    ...wrapped,
  ]);
}

/** Spans that touch or overlap become one. */
function joined(spans: readonly TextSpan[]): readonly TextSpan[] {
  const whole: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = whole.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else whole.push({ start, end });
  }
  return whole;
}

/** Kinds that are no part of an answer to the question. */
const besides: ReadonlySet<SegmentKind> = new Set([
  "thinking",
  "label",
  "aside",
  "offer",
  "next-question",
]);

/** Whether a part may belong to the answer: no thinking, label, aside, offer or invented question. */
export const mayAnswer = ({ kind }: Segment): boolean => !besides.has(kind);

/** The reply without thinking, labels, asides, offers and invented questions; wrappers and all else stay as written. */
export function answerText(reply: string): string {
  const spans = segmentsOf(reply).filter(({ kind }) => besides.has(kind));
  return withoutEnd(spans.length === 0 ? reply : outside(reply, 0, spans));
}

/** Marks by which a chat template ends a turn, and a rule that parted the answer from what followed. */
const endMark =
  /(?:<\|(?:im_end|end|return|endoftext|eot_id|end_of_text)\|>|<\/s>|<eoa>|<eos>|(?<=\n)[ \t]{0,4}(?:-{3,9}|\*{3,9}|_{3,9}))$/;

function withoutEnd(text: string): string {
  let rest = text.trim();
  for (
    let found = endMark.exec(rest.slice(-24));
    found !== null;
    found = endMark.exec(rest.slice(-24))
  )
    rest = rest.slice(0, -found[0].length).trimEnd();
  return rest;
}

/** Kinds after which other matter may follow. */
const answers: ReadonlySet<SegmentKind> = new Set(["announcement", "conclusion", "correction"]);

/** A sentence of so few characters may be the answer itself. */
const shortAnswer = 12;

type State = {
  /** Something has been said. */
  begun: boolean;
  /** An answer or anything like one has been given. */
  answered: boolean;
  /** Inside an offer, which goes on to the end of its line. */
  offering: boolean;
  /** Inside an aside, which goes on to the next blank line. */
  beside: boolean;
};

function plainPart(kind: SegmentKind, reply: string, { start, end }: TextSpan): Segment {
  return { kind, text: reply.slice(start, end).trim(), start, end, wrapper: null, name: null };
}

function inOrder(parts: readonly (Segment | Wrapped)[]): readonly (Segment | Wrapped)[] {
  let reached = -1;
  return parts
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ start, end }) => {
      if (start < reached) return false;
      reached = end;
      return true;
    });
}

/** A wrapper inside an offer or an aside is part of it. */
function inTail(part: Segment, { offering, beside }: State): Segment {
  if (part.kind === "thinking" || part.kind === "label" || (!offering && !beside)) return part;
  return { ...part, kind: offering ? "offer" : "aside" };
}

/** Adds the parts of the lines in a span; returns where an invented question begins, or null. */
function readLines(reply: string, span: TextSpan, state: State, parts: Segment[]): number | null {
  let at = span.start;
  while (at < span.end) {
    const line = lineOf(reply, at);
    const end = Math.min(line.end, span.end);
    const text = reply.slice(at, end);
    const startsLine = at === 0 || reply.charAt(at - 1) === "\n";
    if (startsLine) newLine(text, state);
    if (startsLine && asksAnother(reply, at, end, state)) return at;
    readLine(text, at, state, parts);
    at = end + (end === line.end ? 1 : 0);
    if (end === span.end && end < line.end) break;
  }
  return null;
}

function newLine(text: string, state: State): void {
  const blank = text.trim() === "";
  if (!(state.offering && (blank || offerGoesOn(text)))) state.offering = false;
  if (blank || /^\s*#/.test(text)) state.beside = false;
  if ((state.answered || (state.begun && isTitledAside(text))) && isAside(text))
    state.beside = true;
}

/** 【变式】 or 小贴士： after a discussion needs no announced answer before it. */
const isTitledAside = (line: string): boolean =>
  /^[\s>#*\p{So}\ufe0f]{0,8}(?:【(?:变式|拓展|延伸|易错|举一反三)|[【*]{0,3}(?:小贴士|温馨提示|友情提示|小知识|冷知识)[】*]{0,3}[：:])/u.test(
    line,
  );

function asksAnother(reply: string, at: number, end: number, { begun, answered }: State): boolean {
  if (!begun) return false;
  const line = reply.slice(at, Math.min(end, at + 300));
  if (
    isSurelyQuestion(line) ||
    (answered && isExercise(line) && !answerFollows.test(reply.slice(end)))
  )
    return true;
  if (isFurtherTask(line, reply.slice(0, at), reply.slice(end, end + 80))) return true;
  return answered && isLikelyQuestion(line) && looksAnswered(reply.slice(end, end + 600) + line);
}

/** The question itself is answered below. */
const answerFollows = seldom(
  /\n\s*(?:#{1,6}\s*(?:最终|最后)?(?:结论|答案|结果)|[*【]{0,3}(?:本题|原题))/,
);

/** A sentence ends here, with its closing marks. */
const sentenceEnd =
  /(?:[。！!？?；;]|(?<!…)…{1,99}|(?<!\.)\.{3,99}|(?<=[A-Za-z]{2}|[)"”’*]|[a-z=] ?\d{1,9}|(?:is|be|so|with|choose|pick|option) [A-H])\.(?=\s+[A-Z*"“(\u4e00-\u9fff]))["'”’）)】」』*_~]{0,4}/g;

const mayEnd = seldom(sentenceEnd).may;

const fence = seldom(/^\s*`{3,}\s*[a-z]{0,16}\s*$/i);

function readLine(line: string, offset: number, state: State, parts: Segment[]): void {
  if (line.trim() === "" || fence.test(line)) return;
  for (const { start, end } of sentencesOf(line)) {
    const sentence = line.slice(start, end);
    if (!/[\p{L}\p{N}✓✔√×✗✘]/u.test(sentence)) continue;
    const kind = kindIn(sentence, state, parts.length > 0);
    parts.push({
      kind,
      text: sentence.trim(),
      start: offset + start,
      end: offset + end,
      wrapper: null,
      name: null,
    });
    state.offering ||= kind === "offer";
    state.begun ||= kind !== "offer" && kind !== "aside";
    state.answered ||= answers.has(kind) || (kind === "working" && end - start <= shortAnswer);
  }
}

function kindIn(sentence: string, state: State, beforeIt: boolean): SegmentKind {
  if (state.offering || isOffer(sentence)) return "offer";
  const kind = kindOfSentence(sentence, beforeIt);
  return state.beside && kind !== "correction" ? "aside" : kind;
}

const indexOf = ({ index }: RegExpExecArray): number => index;

const endAt = ({ index, 0: mark }: RegExpExecArray) => ({
  at: index + mark.length,
  soft: mark.startsWith("…") || mark.startsWith(".."),
});

/** Sentences, and in them what a correction cuts off. One correction is a single part up to the end of its sentence. */
function sentencesOf(line: string): readonly TextSpan[] {
  const turns =
    !mayTurn(line) || line.search(turn) < 0 ? [] : Array.from(line.matchAll(turn), indexOf);
  const ends =
    !mayEnd(line) || line.search(sentenceEnd) < 0
      ? []
      : Array.from(line.matchAll(sentenceEnd), endAt);
  if (turns.length + ends.length === 0) return [{ start: 0, end: line.length }];
  const spans: TextSpan[] = [];
  let start = 0;
  let turned = 0;
  const cut = (at: number): void => {
    if (at > start) spans.push({ start, end: at });
    start = Math.max(start, at);
  };
  for (const end of [...ends, { at: line.length, soft: false }]) {
    for (; (turns[turned] ?? line.length) < end.at; turned++)
      if (!corrects(line.slice(start, start + 40))) cut(turns[turned] ?? 0);
    if (!end.soft || !corrects(line.slice(start, start + 40))) cut(end.at);
  }
  return spans;
}
