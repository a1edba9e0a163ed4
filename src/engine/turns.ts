/** Work that goes on in one turn of the event loop: about as much as parsing what came in it. */
const turnMs = 0.25;

/**
 * Lets waiting pieces of work go on, first come first served, as many in each turn of the event loop as fit into a
 * quarter of a millisecond, and at least one. Requests that start and answers that are graded all at once would otherwise
 * hold each other's bytes back for the sum of their work, and that would count as the vendor's latency.
 */
export function createTurns(): () => Promise<void> {
  let waiting: (() => void)[] = [];
  let from = 0;
  const turn = (): void => {
    const began = performance.now();
    const next = (): void => {
      waiting[from]?.();
      from += 1;
      afterMicrotasks(() => {
        if (from === waiting.length) {
          waiting = [];
          from = 0;
        } else if (performance.now() - began < turnMs) next();
        else setImmediate(turn);
      });
    };
    next();
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(turn);
    });
}

/** Ticks run when no microtask is left, so all that the piece does without waiting for the world has been done by then. */
function afterMicrotasks(action: () => void): void {
  queueMicrotask(() => process.nextTick(action));
}
