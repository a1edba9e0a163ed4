import PQueue from "p-queue";

import type { TargetEntry } from "../domain/record.ts";

/** Where a request stands in its lane when it starts. */
export type Slot = {
  /** Milliseconds that it waited here. */
  readonly queued_ms: number;
  /** Requests of this lane under way, itself included. */
  readonly in_flight: number;
};

/** Waiting requests of higher priority start first. */
export const priority = { fresh: 0, followUp: 1, retry: 2, judge: 3 } as const;

/** One limit scope of a vendor with its queue. */
export type Lane = {
  readonly id: string;
  readonly concurrency: number;
  /**
   * Runs `task` when a slot is free and the rate allows; the slot is held until it settles.
   * Resolves to null where the request was dropped while it waited.
   */
  readonly hold: <T>(task: (slot: Slot) => Promise<T>, priority: number) => Promise<T | null>;
  /** Drops what waits, from now on too: only fresh requests, or all. What runs goes on. */
  readonly drop: (what: "fresh" | "all") => void;
};

export type Lanes = {
  readonly of: (target: TargetEntry) => Lane;
  readonly all: () => readonly Lane[];
};

/**
 * One lane for each account, or for each account and model where the vendor limits by model. Targets of one
 * lane share its limits. The lane's numbers are those of its first target, which names the vendor's.
 */
export function createLanes(targets: readonly TargetEntry[]): Lanes {
  const lanes = new Map<string, Lane>();
  const laneOf = (target: TargetEntry): Lane => {
    const id = laneId(target);
    const lane = lanes.get(id) ?? createLane(id, target.limits);
    lanes.set(id, lane);
    return lane;
  };
  targets.forEach(laneOf);
  return { of: laneOf, all: () => [...lanes.values()] };
}

export const laneId = ({ provider, model, limits }: TargetEntry): string =>
  limits.scope === "account" ? provider : `${provider}/${model}`;

function createLane(id: string, limits: TargetEntry["limits"]): Lane {
  const { concurrency, rpm } = limits;
  const queue = new PQueue({ concurrency, ...pace(rpm) });
  const waiting = new Map<AbortController, number>();
  let dropped: "none" | "fresh" | "all" = "none";
  const drops = (rank: number): boolean =>
    dropped === "all" || (dropped === "fresh" && rank === priority.fresh);

  const hold = async <T>(task: (slot: Slot) => Promise<T>, rank: number): Promise<T | null> => {
    if (drops(rank)) return null;
    const asked = performance.now();
    const controller = new AbortController();
    waiting.set(controller, rank);
    const { signal } = controller;
    try {
      return await queue.add(
        () => {
          waiting.delete(controller);
          return task({ queued_ms: performance.now() - asked, in_flight: queue.pending });
        },
        { priority: rank, signal },
      );
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  };

  const drop = (what: "fresh" | "all"): void => {
    dropped = what;
    for (const [controller, rank] of waiting) {
      if (!drops(rank)) continue;
      waiting.delete(controller);
      controller.abort();
    }
  };

  return { id, concurrency, hold, drop };
}

/** Requests are let go evenly over the minute, because vendors meter by the second as well. */
function pace(rpm: number | null) {
  if (rpm === null) return {};
  const intervalCap = Math.max(1, Math.ceil(rpm / 60));
  return { intervalCap, interval: (intervalCap * 60_000) / rpm, strict: true };
}
