/** Work resumed per turn of the event loop: about as much as parsing what arrived in it. */
const turnMs = 0.25;

/**
 * Resumes waiting pieces of work, first come first served: per turn of the event loop as many as fit into a quarter of a
 * millisecond, and at least one. Requests that start all at once would otherwise delay the others' bytes by the sum of
 * their work, which would count as the vendor's latency.
 */
export function createTurns(): () => Promise<void> {
  let waiting: (() => void)[] = [];
  let taken: (() => void)[] = [];
  let running = false;
  let began = 0;
  const next = (): void => {
    if (taken.length === 0) {
      taken = waiting.toReversed();
      waiting = [];
    }
    taken.pop()?.();
    void settled.then(tick);
  };
  // Ticks run when no microtask is left, so everything the piece does without waiting for I/O is done by then.
  const tick = (): void => process.nextTick(proceed);
  const proceed = (): void => {
    if (taken.length + waiting.length === 0) running = false;
    else if (performance.now() - began < turnMs) next();
    else setImmediate(turn);
  };
  const turn = (): void => {
    began = performance.now();
    next();
  };
  const enqueue = (resume: () => void): void => {
    waiting.push(resume);
    if (running) return;
    running = true;
    setImmediate(turn);
  };
  return () => new Promise(enqueue);
}

/** What follows it is a microtask; `queueMicrotask` would keep the asynchronous context of each. */
const settled = Promise.resolve();
