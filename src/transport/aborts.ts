/** Any number of requests per abort signal, with a single listener on it. */
export type Aborts = {
  readonly enter: (signal: AbortSignal) => void;
  /** Call once for every `enter`. */
  readonly leave: (signal: AbortSignal) => void;
};

/**
 * Calls `onAbort` once for a signal that aborts while requests are inside. One listener for each of a thousand requests
 * would make every other one slower to add and remove.
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
