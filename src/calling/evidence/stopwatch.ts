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
export function createStopwatch(): Stopwatch {
  let fresh = false;
  let first: number | null = null;
  let firstAnswer: number | null = null;
  let isBlank = true;
  let hasThought = false;
  let last: number | null = null;
  let chunks = 0;
  let maxGap: number | null = null;
  let firstChars = 0;

  const answered = (text: string, at: number): void => {
    if (!isBlank) return;
    isBlank = text.trim() === "";
    if (!isBlank || !hasThought) firstAnswer ??= at;
  };
  const thought = (): void => {
    hasThought = true;
    if (isBlank) firstAnswer = null;
  };
  return {
    token: (part, text, at) => {
      fresh = true;
      if (last !== at) {
        if (last !== null) maxGap = Math.max(maxGap ?? 0, at - last);
        last = at;
        chunks += 1;
        first ??= at;
      }
      if (at === first) firstChars += codePoints(text);
      if (part === "answer") answered(text, at);
      else thought();
    },
    run: (part, { chunks: more, last_ms, max_gap_ms }) => {
      chunks += more;
      last = last_ms;
      maxGap = Math.max(maxGap ?? 0, max_gap_ms);
      if (part === "thought") thought();
    },
    lastOf: (part) => (part === "thought" || !isBlank ? last : null),
    touch: () => {
      fresh = true;
    },
    recant: () => {
      hasThought = true;
      isBlank = true;
      firstAnswer = null;
    },
    progressed: () => {
      const was = fresh;
      fresh = false;
      return was;
    },
    marks: () => ({
      first_token_ms: first,
      first_answer_ms: firstAnswer,
      last_token_ms: last,
      chunks,
      max_gap_ms: maxGap,
      first_chars: first === null ? null : firstChars,
    }),
  };
}
