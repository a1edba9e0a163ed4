import type { Passage } from "../../domain/app/passage.ts";
import type { Finish, ToolCall, FirstToken } from "../../domain/call.ts";

import { createThinkingSplitter, splitThinking } from "../../text/thinking.ts";
import { weightier } from "../evidence/finish-words.ts";
import { createStopwatch, type TokenMarks } from "../evidence/stopwatch.ts";
import { createUsageHistory, type UsageHistory } from "../evidence/usage-history.ts";
import { createChannel } from "./channel.ts";

/** The reply received so far. One per attempt; filled by a protocol's codec, read when the stream has ended. */
export type ReplyDraft = {
  /** The pieces that follow arrived then, which may be before the piece of the stream that shows it. */
  readonly arrived: (at_ms: number) => void;
  /** Generated answer text, with whatever reasoning stands inside it; empty text does not count as a token. */
  readonly text: (piece: string) => void;
  readonly reasoning: (piece: string) => void;
  /** A piece of the tool call at `index`; arguments are concatenated, the first id and name are kept. */
  readonly tool: (index: number, piece: Partial<ToolCall>) => void;
  /** A passage that an application retrieved; one that came before is not kept twice. */
  readonly passage: (passage: Passage) => void;
  /** The text so far is the model's refusal, whatever plain finish word follows. */
  readonly refuse: () => void;
  /** True while neither text, reasoning nor a tool call has come. */
  readonly isSilent: () => boolean;
  readonly hasToolCalls: () => boolean;
  /** The vendor's latest counts. */
  usage: unknown;
  /** The vendor's last word on how generation ended; a plain `stop` does not replace a graver one. */
  finish: Finish | null;
  model: string | null;
  fingerprint: string | null;
  /** The answer's first token with its probabilities, where the vendor sends them. */
  first_token: FirstToken | null;
  id: string | null;
  /** An error reported in the body, whatever the status. One after a complete answer is not taken. */
  error: VendorError | null;
  /** The stream's own end mark was seen. What follows it is no part of the reply, except counts. */
  done: boolean;
};

export type VendorError = {
  readonly code: string | null;
  readonly message: string;
  readonly body: unknown;
  /** The request parameter the error is about. */
  readonly param?: string | null;
  /** The wait requested by the body; a header takes precedence. */
  readonly retry_after_ms?: number | null;
  /** An HTTP status given in the body, if the response's own is meaningless. */
  readonly status?: number | null;
};

/**
 * How far a reply has said that it is at its end: by the protocol's end mark or by a finish word and counts of all of it
 * (`end`), by a finish word whose counts may still follow (`finish`), or not at all.
 */
export type ReplyEnd = "end" | "finish" | null;

/** A draft with its stopwatch: `at` sets the arrival time of the pieces that follow. */
export type TimedDraft = {
  readonly draft: ReplyDraft;
  readonly at: (ms: number) => void;
  /** True if text or reasoning has arrived since the last call. */
  readonly progressed: () => boolean;
  readonly end: () => ReplyEnd;
  /** When something last came that belongs to the reply: a token, a finish word, counts or the end mark. */
  readonly told_ms: () => number | null;
  /** Counts came once, after all the text, as from servers that end with them and nothing else. */
  readonly endsWithUsage: () => boolean;
  readonly usage: UsageHistory;
  /** How much has come, in UTF-16 code units. */
  readonly size: () => {
    readonly text: number;
    readonly reasoning: number;
    readonly tools: number;
  };
  readonly read: () => ReplyContent;
};

export type ReplyContent = {
  readonly text: string;
  readonly reasoning: string;
  readonly tool_calls: readonly ToolCall[];
  readonly passages: readonly Passage[];
  readonly marks: TokenMarks;
};

/**
 * Collects pieces without joining them and takes times as defined in docs/metrics.md. Pieces that
 * arrive in one read of the socket share its time and count as one chunk. Reasoning inside the text is told from the
 * answer as it comes, so that a model gives the same figures behind a server that parses it and one that does not.
 */
export function createDraft(): TimedDraft {
  const watch = createStopwatch();
  const usage = createUsageHistory();
  /** The text as it came, with the reasoning inside it. */
  const said = createChannel();
  const thought = createChannel();
  const tools = new Map<number, ToolCall>();
  const passages = new Map<string, Passage>();
  /** Sizes, in UTF-16 code units. */
  let answerLength = 0;
  let thoughtLength = 0;
  let toolsLength = 0;
  let now = 0;
  let told: number | null = null;
  let finish: Finish | null = null;
  let error: VendorError | null = null;
  let done = false;
  let silent = true;
  let refused = false;
  /** Text came after a finish word, so that word is no end. */
  let resumed = false;

  const splitter = createThinkingSplitter({
    piece: (part, text, at) => {
      watch.token(part, text, at);
      if (part === "answer") answerLength += text.length;
      else thoughtLength += text.length;
    },
    recant: () => {
      thoughtLength += answerLength;
      answerLength = 0;
      watch.recant();
    },
  });
  const isClosed = (): boolean => done || (finish !== null && !resumed);
  const end = (): ReplyEnd => {
    if (done || error !== null) return "end";
    if (!isClosed()) return null;
    return usage.isUpToDate() ? "end" : "finish";
  };
  /** Notes that something came; false if it comes too late to belong to the reply. */
  const take = (): boolean => {
    if (done) return false;
    silent = false;
    resumed ||= finish !== null;
    told = now;
    usage.grow();
    return true;
  };

  const draft: ReplyDraft = {
    arrived: (at_ms) => {
      now = at_ms;
    },
    text: (piece) => {
      if (piece !== "" && take()) {
        watch.touch();
        splitter.push(said.add(piece), now);
      }
    },
    reasoning: (piece) => {
      if (piece === "" || !take()) return;
      watch.token("thought", piece, now);
      thought.add(piece);
    },
    tool: (index, piece) => {
      if (!take()) return;
      const was = tools.get(index) ?? { id: null, name: "", arguments: "" };
      // An empty call costs memory too.
      toolsLength += 1 + (piece.name?.length ?? 0) + (piece.arguments?.length ?? 0);
      tools.set(index, {
        id: was.id ?? piece.id ?? null,
        name: was.name === "" ? (piece.name ?? "") : was.name,
        arguments: was.arguments + (piece.arguments ?? ""),
      });
    },
    passage: (passage) => {
      if (passages.size < mostPassages)
        passages.set(JSON.stringify([passage.id, passage.title, passage.text]), passage);
    },
    refuse: () => {
      refused = true;
    },
    isSilent: () => silent,
    hasToolCalls: () => tools.size > 0,
    get usage() {
      return usage.last();
    },
    set usage(counts) {
      if (counts === usage.last()) return;
      if (end() !== "end") told = now;
      usage.add(counts);
    },
    get finish() {
      return refused && (finish === null ? done : finish.reason === "stop") ? refusal : finish;
    },
    set finish(next) {
      if (done || next === null) return;
      // Events that only repeat an end do not put it off.
      if (!isClosed()) told = now;
      finish = weightier(finish, next);
    },
    model: null,
    fingerprint: null,
    first_token: null,
    id: null,
    get error() {
      return error;
    },
    set error(next) {
      if (isClosed() && finish?.reason !== "error" && !silent) return;
      error = next;
      told = now;
    },
    get done() {
      return done;
    },
    set done(next) {
      if (next && !done) told = now;
      done = next;
    },
  };

  return {
    draft,
    at: (ms) => {
      now = ms;
    },
    progressed: watch.progressed,
    end,
    told_ms: () => told,
    endsWithUsage: () => usage.isLastWord(),
    usage,
    size: () => ({
      text: answerLength,
      reasoning: thoughtLength + thought.length(),
      tools: toolsLength,
    }),
    read: () => {
      splitter.end();
      const inside = splitThinking(said.text());
      const { answer, open } = inside;
      return {
        // A mark that nothing closes stays, so that what stands before it is not taken for a finished answer.
        text: open === null || answer.trim() === "" ? answer : answer + open,
        reasoning: thought.text() + inside.thought,
        tool_calls: [...tools.entries()].toSorted(([a], [b]) => a - b).map(([, call]) => call),
        passages: [...passages.values()],
        marks: watch.marks(),
      };
    },
  };
}

/** Nobody shows a model more, and every one is kept with the answer. */
const mostPassages = 200;

const refusal: Finish = { reason: "refusal", raw: "refusal" };
