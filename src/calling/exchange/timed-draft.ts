import type { UsageHistory } from "../evidence/usage-history.ts";
import type { ResponseLimits, ResponseSize } from "../limits/response-limits.ts";

import { FilledDraft, type ReplyDraft } from "./draft.ts";
import { cutContent, type ReplyContent, type ReplyEnd } from "./reply-content.ts";

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
  readonly size: () => Pick<ResponseSize, "text" | "reasoning" | "tools">;
  /** As far as the limits let it be kept. */
  readonly read: () => ReplyContent;
};

/**
 * Collects pieces without joining them and takes times as defined in docs/metrics.md. Pieces that
 * arrive in one read of the socket share its time and count as one chunk. Reasoning inside the text is told from the
 * answer as it comes, so that a model gives the same figures behind a server that parses it and one that does not.
 */
export const createDraft = (limits: ResponseLimits | null = null): TimedDraft => new Timed(limits);

class Timed implements TimedDraft {
  readonly draft = new FilledDraft();
  readonly #limits: ResponseLimits | null;

  constructor(limits: ResponseLimits | null) {
    this.#limits = limits;
  }

  get usage(): UsageHistory {
    return this.draft.counts;
  }

  at(ms: number): void {
    this.draft.arrived(ms);
  }

  progressed(): boolean {
    return this.draft.watch.progressed();
  }

  end(): ReplyEnd {
    return this.draft.end();
  }

  told_ms(): number | null {
    return this.draft.told;
  }

  endsWithUsage(): boolean {
    return this.draft.counts.isLastWord();
  }

  size(): ReturnType<TimedDraft["size"]> {
    return this.draft.size();
  }

  read(): ReplyContent {
    const content = this.draft.read();
    return this.#limits === null ? content : cutContent(content, this.#limits);
  }
}
