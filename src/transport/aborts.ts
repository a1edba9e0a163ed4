/** Those who wait for one signal, and no more than one listener on it. */
export type Aborts = {
  readonly enter: (signal: AbortSignal) => void;
  /** Once for every `enter`. */
  readonly leave: (signal: AbortSignal) => void;
};

/**
 * Calls `onAbort` once for a signal that aborts while somebody is inside. A listener for each of a thousand requests would
 * make every other one slower to add and to take away.
 */
export function createAborts(onAbort: (signal: AbortSignal) => void): Aborts {
  const watched = new Map<AbortSignal, { inside: number; readonly listener: () => void }>();
  return {
    enter: (signal) => {
      const known = watched.get(signal);
      if (known !== undefined) {
        known.inside += 1;
        return;
      }
      const listener = (): void => onAbort(signal);
      watched.set(signal, { inside: 1, listener });
      signal.addEventListener("abort", listener);
    },
    leave: (signal) => {
      const known = watched.get(signal);
      if (known === undefined) return;
      known.inside -= 1;
      if (known.inside > 0) return;
      watched.delete(signal);
      signal.removeEventListener("abort", known.listener);
    },
  };
}
