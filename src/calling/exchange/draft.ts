import type { Passage } from "../../domain/app/passage.ts";
import type { Finish, ToolCall, FirstToken } from "../../domain/call.ts";
import type { ResponseSize } from "../limits/response-limits.ts";
import type { ReplyContent, ReplyEnd } from "./reply-content.ts";
import type { TextFlow, TextRun } from "./text-run.ts";

import {
  createThinkingSplitter,
  type ReplyPart,
  splitThinking,
  type ThinkingSink,
} from "../../text/thinking.ts";
import { weightier } from "../evidence/finish-words.ts";
import { createStopwatch } from "../evidence/stopwatch.ts";
import { createUsageHistory } from "../evidence/usage-history.ts";
import { type Channel, createChannel } from "./channel.ts";

/** The reply received so far. One per attempt; filled by a protocol's codec, read when the stream has ended. */
export type ReplyDraft = {
  /** The pieces that follow arrived then, which may be before the piece of the stream that shows it. */
  readonly arrived: (at_ms: number) => void;
  /** Generated answer text, with whatever reasoning stands inside it; empty text does not count as a token. */
  readonly text: (piece: string) => void;
  readonly reasoning: (piece: string) => void;
  /** How text goes on that could be added as a run; null where each piece has to be looked at by itself. */
  readonly flow: () => TextFlow | null;
  /** Text that came while `flow` was not null, without the characters that marks of reasoning begin with. */
  readonly run: (run: TextRun) => void;
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
 * A class, because the accessors of an object literal make it a dictionary: half a kilobyte, and a search for each of the
 * names that every event asks for.
 */
export class FilledDraft implements ReplyDraft, ThinkingSink {
  model: string | null = null;
  fingerprint: string | null = null;
  first_token: FirstToken | null = null;
  id: string | null = null;

  readonly watch = createStopwatch();
  readonly counts = createUsageHistory();
  told: number | null = null;

  /** The text as it came, with the reasoning inside it. */
  readonly #said = createChannel();
  #thought: Channel | null = null;
  #tools: Map<number, ToolCall> | null = null;
  #passages: Map<string, Passage> | null = null;
  /** Sizes, in UTF-16 code units. */
  #answerLength = 0;
  #thoughtLength = 0;
  #toolsLength = 0;
  #now = 0;
  #finish: Finish | null = null;
  #error: VendorError | null = null;
  #done = false;
  #silent = true;
  #refused = false;
  /** Text came after a finish word, so that word is no end. */
  #resumed = false;

  readonly #splitter = createThinkingSplitter(this);

  piece(part: ReplyPart, text: string, at: number): void {
    this.watch.token(part, text, at);
    if (part === "answer") this.#answerLength += text.length;
    else this.#thoughtLength += text.length;
  }

  recant(): void {
    this.#thoughtLength += this.#answerLength;
    this.#answerLength = 0;
    this.watch.recant();
  }

  #isClosed(): boolean {
    return this.#done || (this.#finish !== null && !this.#resumed);
  }

  /** Notes that something came; false if it comes too late to belong to the reply. */
  #take(): boolean {
    if (this.#done) return false;
    this.#silent = false;
    this.#resumed ||= this.#finish !== null;
    this.told = this.#now;
    this.counts.grow();
    return true;
  }

  arrived(at_ms: number): void {
    this.#now = at_ms;
  }

  text(piece: string): void {
    if (piece !== "" && this.#take()) {
      this.watch.touch();
      this.#splitter.push(this.#said.add(piece), this.#now);
    }
  }

  reasoning(piece: string): void {
    if (piece === "" || !this.#take()) return;
    this.watch.token("thought", piece, this.#now);
    this.#thought ??= createChannel();
    this.#thought.add(piece);
  }

  flow(): TextFlow | null {
    if (this.end() !== null) return null;
    const part = this.#splitter.part();
    const last_ms = part === null ? null : this.watch.lastOf(part);
    const form = this.#said.form();
    if (last_ms === null || form === "snapshots") return null;
    return { last_ms, form: form === "open" ? "repeating" : form };
  }

  run(run: TextRun): void {
    const part = this.#splitter.part() ?? "answer";
    this.#now = run.last_ms;
    this.#take();
    this.watch.run(part, run);
    this.#said.extend(run.text);
    if (part === "answer") this.#answerLength += run.text.length;
    else this.#thoughtLength += run.text.length;
  }

  tool(index: number, piece: Partial<ToolCall>): void {
    if (!this.#take()) return;
    this.#tools ??= new Map();
    const was = this.#tools.get(index) ?? { id: null, name: "", arguments: "" };
    // An empty call costs memory too.
    this.#toolsLength += 1 + (piece.name?.length ?? 0) + (piece.arguments?.length ?? 0);
    this.#tools.set(index, {
      id: was.id ?? piece.id ?? null,
      name: was.name === "" ? (piece.name ?? "") : was.name,
      arguments: was.arguments + (piece.arguments ?? ""),
    });
  }

  passage(passage: Passage): void {
    this.#passages ??= new Map();
    if (this.#passages.size < mostPassages)
      this.#passages.set(JSON.stringify([passage.id, passage.title, passage.text]), passage);
  }

  refuse(): void {
    this.#refused = true;
  }

  isSilent(): boolean {
    return this.#silent;
  }

  hasToolCalls(): boolean {
    return this.#tools !== null;
  }

  get usage(): unknown {
    return this.counts.last();
  }

  set usage(counts: unknown) {
    if (counts === this.counts.last()) return;
    if (this.end() !== "end") this.told = this.#now;
    this.counts.add(counts);
  }

  get finish(): Finish | null {
    const { reason } = this.#finish ?? {};
    const isPlain = reason === undefined ? this.#done : reason === "stop";
    return this.#refused && isPlain ? refusal : this.#finish;
  }

  set finish(next: Finish | null) {
    if (this.#done || next === null) return;
    // Events that only repeat an end do not put it off.
    if (!this.#isClosed()) this.told = this.#now;
    this.#finish = weightier(this.#finish, next);
  }

  get error(): VendorError | null {
    return this.#error;
  }

  set error(next: VendorError | null) {
    if (this.#isClosed() && this.#finish?.reason !== "error" && !this.#silent) return;
    this.#error = next;
    this.told = this.#now;
  }

  get done(): boolean {
    return this.#done;
  }

  set done(next: boolean) {
    if (next && !this.#done) this.told = this.#now;
    this.#done = next;
  }

  end(): ReplyEnd {
    if (this.#done || this.#error !== null) return "end";
    if (!this.#isClosed()) return null;
    return this.counts.isUpToDate() ? "end" : "finish";
  }

  size(): Pick<ResponseSize, "text" | "reasoning" | "tools"> {
    return {
      text: this.#answerLength,
      reasoning: this.#thoughtLength + (this.#thought?.length() ?? 0),
      tools: this.#toolsLength,
    };
  }

  read(): ReplyContent {
    this.#splitter.end();
    const inside = splitThinking(this.#said.text());
    const { answer, open } = inside;
    const calls = [...(this.#tools?.entries() ?? [])];
    return {
      // A mark that nothing closes stays, so that what stands before it is not taken for a finished answer.
      text: open === null || answer.trim() === "" ? answer : answer + open,
      reasoning: (this.#thought?.text() ?? "") + inside.thought,
      tool_calls: calls.toSorted(([a], [b]) => a - b).map(([, call]) => call),
      passages: [...(this.#passages?.values() ?? [])],
      marks: this.watch.marks(),
    };
  }
}

/** Nobody shows a model more, and every one is kept with the answer. */
const mostPassages = 200;

const refusal: Finish = { reason: "refusal", raw: "refusal" };
