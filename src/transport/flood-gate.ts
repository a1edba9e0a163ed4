/** Does work that can wait, in small pieces and with a small share of the thread's time. */
export type FloodGate = {
  /** Runs the work later, after what was submitted before. */
  readonly submit: (work: () => void) => void;
};

/** Of the thread's time, for all responses that flood it together. */
const share = 0.12;
/** Work done before others have their turn of the event loop. */
const turnMs = 0.5;
/** Time saved up while nothing floods. */
const mostSavedMs = 20;

/**
 * One gate for all responses of a thread: however many servers flood it, what they send is read with an eighth of its time,
 * and the others' bytes wait for it no longer than for one piece of work. What is not read keeps its sender waiting.
 */
export function createFloodGate(): FloodGate {
  let waiting: (() => void)[] = [];
  let next = 0;
  let running = false;
  let saved = mostSavedMs;
  let at = performance.now();

  const turn = (): void => {
    const began = performance.now();
    saved = Math.min(mostSavedMs, saved + (began - at) * share);
    while (next < waiting.length && performance.now() - began < turnMs) {
      waiting[next]?.();
      next += 1;
    }
    at = performance.now();
    saved -= at - began;
    if (next === waiting.length) {
      waiting = [];
      next = 0;
      running = false;
    } else if (saved > 0) setImmediate(turn);
    else setTimeout(turn, Math.ceil(-saved / share));
  };
  return {
    submit: (work) => {
      waiting.push(work);
      if (running) return;
      running = true;
      setImmediate(turn);
    },
  };
}
