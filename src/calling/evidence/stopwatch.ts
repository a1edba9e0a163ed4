import type { Timing } from "../../domain/call.ts";
import type { ReplyPart } from "../../text/thinking.ts";
import type { TextRun } from "../exchange/text-run.ts";

import { codePoints } from "../../text/length.ts";

export type TokenMarks = Pick<
  Timing,
  "first_token_ms" | "first_answer_ms" | "last_token_ms" | "chunks" | "max_gap_ms" | "first_chars"
>;

/** Takes the times of a reply's pieces, as defined in docs/metrics.md. */
export type Stopwatch = {
  /** A piece of text that arrived at `at`; its times must not fall. */
  readonly token: (part: ReplyPart, text: string, at: number) => void;
  /** Takes a run of text that began after the latest piece, brings no first of anything, and was told of as progress already. */
  readonly run: (part: ReplyPart, run: TextRun) => void;
  /** When the latest piece came, if more of this part can come as a run: it is no first in anything. Else null. */
  readonly lastOf: (part: ReplyPart) => number | null;
  /** Something was generated, even if it is not decided yet what it is. */
  readonly touch: () => void;
  /** All of the answer so far was reasoning. */
  readonly recant: () => void;
  /** True if something was generated since the last call. */
  readonly progressed: () => boolean;
  readonly marks: () => TokenMarks;
};

/** Blanks between reasoning and answer begin no answer: some servers drop them, others send them. */
export const createStopwatch = (): Stopwatch => new Watch();

/** A class, because every reply has one, and most of them live through collections of the young generation. */
class Watch implements Stopwatch {
  #fresh = false;
  #first: number | null = null;
  #firstAnswer: number | null = null;
  #isBlank = true;
  #hasThought = false;
  #last: number | null = null;
  #chunks = 0;
  #maxGap: number | null = null;
  #firstChars = 0;

  token(part: ReplyPart, text: string, at: number): void {
    this.#fresh = true;
    if (this.#last !== at) {
      if (this.#last !== null) this.#maxGap = Math.max(this.#maxGap ?? 0, at - this.#last);
      this.#last = at;
      this.#chunks += 1;
      this.#first ??= at;
    }
    if (at === this.#first) this.#firstChars += codePoints(text);
    if (part === "answer") this.#answered(text, at);
    else this.#thought();
  }

  run(part: ReplyPart, { chunks, last_ms, max_gap_ms }: TextRun): void {
    this.#chunks += chunks;
    this.#last = last_ms;
    this.#maxGap = Math.max(this.#maxGap ?? 0, max_gap_ms);
    if (part === "thought") this.#thought();
  }

  lastOf(part: ReplyPart): number | null {
    return part === "thought" || !this.#isBlank ? this.#last : null;
  }

  touch(): void {
    this.#fresh = true;
  }

  recant(): void {
    this.#hasThought = true;
    this.#isBlank = true;
    this.#firstAnswer = null;
  }

  progressed(): boolean {
    const was = this.#fresh;
    this.#fresh = false;
    return was;
  }

  marks(): TokenMarks {
    return {
      first_token_ms: this.#first,
      first_answer_ms: this.#firstAnswer,
      last_token_ms: this.#last,
      chunks: this.#chunks,
      max_gap_ms: this.#maxGap,
      first_chars: this.#first === null ? null : this.#firstChars,
    };
  }

  #answered(text: string, at: number): void {
    if (!this.#isBlank) return;
    this.#isBlank = text.trim() === "";
    if (!this.#isBlank || !this.#hasThought) this.#firstAnswer ??= at;
  }

  #thought(): void {
    this.#hasThought = true;
    if (this.#isBlank) this.#firstAnswer = null;
  }
}
