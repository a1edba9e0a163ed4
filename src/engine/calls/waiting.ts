/** Waiting requests of higher priority start first. */
export const priority = { fresh: 0, followUp: 1, retry: 2, judge: 3 } as const;

/** See `Lane.drop`. */
export type DropScope = "fresh" | "all";

/** A request that waits for a slot. */
export type Ticket = {
  readonly priority: number;
  /** The target the request goes to. */
  readonly target: string;
  /** Estimated tokens of the request. */
  readonly tokens: number;
  /** A conversation, whose next request is to be the next of its lane as well. */
  readonly goesOn?: boolean;
};

/** Once a run is stopping, none of these begins. */
const endsWithStop: ReadonlySet<number> = new Set([priority.fresh, priority.retry]);

/** The waiting requests, and what has been dropped. */
export function createWaiting() {
  const waiting = new Set<{ readonly ticket: Ticket; readonly onDrop: () => void }>();
  const dropped: { readonly what: DropScope; readonly target: string | undefined }[] = [];
  const isDropped = (ticket: Ticket): boolean =>
    dropped.some(
      ({ what, target }) =>
        (what === "all" || endsWithStop.has(ticket.priority)) &&
        (target === undefined || target === ticket.target),
    );
  const remove = (which: (ticket: Ticket) => boolean): void => {
    for (const entry of waiting) {
      if (!which(entry.ticket)) continue;
      waiting.delete(entry);
      entry.onDrop();
    }
  };
  return {
    /** Null if the ticket is dropped already. `leave` returns false if it has been dropped since. */
    enter: (ticket: Ticket, onDrop: () => void): { readonly leave: () => boolean } | null => {
      if (isDropped(ticket)) return null;
      const entry = { ticket, onDrop };
      waiting.add(entry);
      return { leave: () => waiting.delete(entry) };
    },
    drop: (what: DropScope, target?: string): void => {
      dropped.push({ what, target });
      remove(isDropped);
    },
    /** The lane waits: once its run is stopping, that is no work in flight. */
    stall: (): void => {
      if (dropped.some(({ target }) => target === undefined)) remove(() => true);
    },
  };
}
