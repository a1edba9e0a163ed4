/**
 * Lets one waiting piece of work go on in each turn of the event loop, first come first served. Requests that start and
 * answers that are graded all at once would otherwise hold each other's bytes back for the sum of their work, and
 * that would count as the vendor's latency.
 */
export function createTurns(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const next = (): void => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(next);
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(next);
    });
}
