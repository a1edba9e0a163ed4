/** Work that goes on in one turn of the event loop: about as much as parsing what came in it. */
const turnMs = 0.25;

/**
 * Lets waiting pieces of work go on, first come first served, as many in each turn of the event loop as fit into a
 * quarter of a millisecond, and at least one. Requests that start all at once would otherwise hold the others' bytes back
 * for the sum of their work, and that would count as the vendor's latency.
 */
export function createTurns(): () => Promise<void> {
  let waiting: (() => void)[] = [];
  let taken: (() => void)[] = [];
  const turn = (): void => {
    const began = performance.now();
    const next = (): void => {
      if (taken.length === 0) {
        taken = waiting.toReversed();
        waiting = [];
      }
      taken.pop()?.();
      afterMicrotasks(() => {
        if (taken.length + waiting.length === 0) running = false;
        else if (performance.now() - began < turnMs) next();
        else setImmediate(turn);
      });
    };
    next();
  };
  let running = false;
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (running) return;
      running = true;
      setImmediate(turn);
    });
}

/** Ticks run when no microtask is left, so all that the piece does without waiting for the world has been done by then. */
function afterMicrotasks(action: () => void): void {
  queueMicrotask(() => process.nextTick(action));
}
