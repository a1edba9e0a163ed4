/** The counts that one reply brought, in order. */
export type UsageHistory = {
  readonly add: (counts: unknown) => void;
  /** Text, reasoning or a piece of a tool call came. */
  readonly grow: () => void;
  /** The latest counts; undefined if none came. */
  readonly last: () => unknown;
  /** True if counts came, and nothing generated after them. */
  readonly isUpToDate: () => boolean;
  /** The same, and they came once. */
  readonly isLastWord: () => boolean;
  /** Counts that each came with new text: the first ones and the latest, by which running totals can be told. */
  readonly samples: () => readonly unknown[];
};

/** Enough to tell totals from increments; a long stream may bring counts with every token. */
const mostSamples = 16;

export const createUsageHistory = (): UsageHistory => new History();

class History implements UsageHistory {
  #early: readonly unknown[] = none;
  #last: unknown = undefined;
  #reports = 0;
  /** Something was generated since the latest counts. */
  #grown = false;

  add(counts: unknown): void {
    this.#last = counts;
    if (typeof counts !== "object" || counts === null) return;
    this.#reports += 1;
    if (this.#grown && this.#early.length < mostSamples) this.#early = [...this.#early, counts];
    this.#grown = false;
  }

  grow(): void {
    this.#grown = true;
  }

  last(): unknown {
    return this.#last;
  }

  isUpToDate(): boolean {
    return this.#reports > 0 && !this.#grown;
  }

  isLastWord(): boolean {
    return this.#reports === 1 && !this.#grown;
  }

  samples(): readonly unknown[] {
    const isKnown = this.#last === undefined || this.#early.includes(this.#last);
    return isKnown ? this.#early : [...this.#early, this.#last];
  }
}

const none: readonly unknown[] = [];
