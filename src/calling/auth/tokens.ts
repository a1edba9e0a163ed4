/** An access token and its lifetime in seconds from now. */
export type Token = { readonly value: string; readonly expires_in_s: number };

/** Access tokens of a run; concurrent requests share one fetch. */
export type Tokens = {
  /**
   * The token under `key`, fetched if there is none, if it is about to expire, or if it is the one that was `refused`.
   * A failed fetch is not cached: the next call tries again.
   */
  readonly get: (
    key: string,
    refused: string | null,
    fetch: () => Promise<Token>,
  ) => Promise<string>;
};

type Kept = { value: string | null; renew_at_ms: number; pending: Promise<string> };

const earlyMs = 300_000;
const latestShare = 0.5;

/** `nowMs` is monotonic. Tokens are renewed five minutes before they expire, short-lived ones at half their lifetime. */
export function createTokens(nowMs: () => number): Tokens {
  const kept = new Map<string, Kept>();

  const renewed = (key: string, fetch: () => Promise<Token>): Promise<string> => {
    const entry: Kept = {
      value: null,
      renew_at_ms: Number.POSITIVE_INFINITY,
      pending: Promise.resolve(""),
    };
    const run = async (): Promise<string> => {
      try {
        const { value, expires_in_s } = await fetch();
        const life = expires_in_s * 1000;
        entry.value = value;
        entry.renew_at_ms = nowMs() + Math.max(life - earlyMs, life * latestShare);
        return value;
      } catch (error) {
        if (kept.get(key) === entry) kept.delete(key);
        throw error;
      }
    };
    kept.set(key, entry);
    entry.pending = run();
    return entry.pending;
  };

  return {
    get: (key, refused, fetch) => {
      const entry = kept.get(key);
      if (entry === undefined) return renewed(key, fetch);
      const isStale = nowMs() >= entry.renew_at_ms;
      const isRefused = refused !== null && entry.value === refused;
      return isStale || isRefused ? renewed(key, fetch) : entry.pending;
    },
  };
}
