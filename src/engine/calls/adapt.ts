/** What an attempt says about the vendor's limits. */
export type Signal = "accepted" | "refused" | "troubled";

/** The number of requests allowed in flight, adapted to the vendor's responses. Times are monotonic milliseconds. */
export type Adaptive = {
  /** A whole number of at least 1. */
  readonly limit: () => number;
  /** Reports the end of a request that started at `startedAt`; returns how the limit changed, or null. */
  readonly report: (signal: Signal, startedAt: number, now: number) => "cut" | "grown" | null;
};

const cutTo = 0.8;
const cutToInSlowStart = 0.5;
const growBy = 0.05;

/**
 * Additive increase, multiplicative decrease. Refusals cut the limit once per episode: refused requests that had
 * started before the cut belong to it. Nothing else starts or prolongs an episode, so no wait, however long, keeps the
 * limit from recovering. It grows after each round (as many acceptances as the limit) without trouble; a server error
 * only ends the round. `slowStart` begins low and doubles each round until the first refusal. `known` is where an
 * earlier session left off.
 */
export function createAdaptive(
  cap: number,
  slowStart: boolean,
  known?: { readonly concurrency: number; readonly why: "cut" | "grown" },
): Adaptive {
  let limit = Math.min(cap, known?.concurrency ?? (slowStart ? 4 : cap));
  let doubling = slowStart && known?.why !== "cut";
  let accepted = 0;
  let cutAt = Number.NEGATIVE_INFINITY;

  const refuse = (startedAt: number, now: number): "cut" | null => {
    accepted = 0;
    if (startedAt < cutAt) return null;
    cutAt = now;
    const before = Math.floor(limit);
    limit = Math.max(1, limit * (doubling ? cutToInSlowStart : cutTo));
    doubling = false;
    return Math.floor(limit) < before ? "cut" : null;
  };

  const accept = (startedAt: number): "grown" | null => {
    if (limit >= cap || startedAt < cutAt) return null;
    accepted += 1;
    if (accepted < limit) return null;
    accepted = 0;
    const before = Math.floor(limit);
    limit = Math.min(cap, doubling ? limit * 2 : limit + Math.max(1, limit * growBy));
    return Math.floor(limit) > before ? "grown" : null;
  };

  return {
    limit: () => Math.max(1, Math.floor(limit)),
    report: (signal, startedAt, now) => {
      if (signal === "refused") return refuse(startedAt, now);
      if (signal === "accepted") return accept(startedAt);
      accepted = 0;
      return null;
    },
  };
}
