import { randomUUID } from "node:crypto";

import type { BatchRow } from "../../calling/batch/form.ts";
import type { Reservation } from "../run/budget.ts";
import type { Desk } from "./desk.ts";

import { inBatch, reserve } from "../run/run-job.ts";
import { batchJobs, rowOf } from "./rows.ts";

/** The requests of one batch, and what the budget keeps for them. */
export type HandIn = {
  readonly name: string;
  readonly rows: readonly BatchRow[];
  /** Of their answers. */
  readonly keys: ReadonlySet<string>;
  /** What was reserved for an answer; the caller settles it. */
  readonly take: (key: string) => Reservation | undefined;
  /** Gives back what no answer has used. */
  readonly release: () => void;
};

type Growing = HandIn & {
  readonly rows: BatchRow[];
  readonly keys: Set<string>;
  readonly keep: (key: string, reservation: Reservation) => void;
  bytes: number;
};

/**
 * What is left of the plan, in batches within the vendor's limits. Ends where the budget has no room: what is in flight
 * may turn out cheaper and make some.
 */
export async function* batches(desk: Desk): AsyncGenerator<HandIn> {
  const { offer, state, session } = desk;
  const { unbatched } = session.input.done;
  let batch = newBatch();
  for await (const job of batchJobs(state, session)) {
    if (unbatched.has(job.key)) continue;
    let made = await rowOf(batch.name, job, state, session);
    if (made === null) continue;
    const isFull =
      batch.rows.length === offer.max_requests ||
      batch.bytes + made.bytes > offer.max_mb * 1_000_000;
    if (isFull && batch.rows.length > 0) {
      yield batch;
      batch = newBatch();
      made = await rowOf(batch.name, job, state, session);
      if (made === null) continue;
    }
    const reservation = await reserve(inBatch(job, offer.price), state, session, false);
    if (reservation === null) break;
    batch.rows.push(made.row);
    batch.keep(job.key, reservation);
    batch.bytes += made.bytes;
  }
  if (desk.isHalted()) batch.release();
  else if (batch.rows.length > 0) yield batch;
}

function newBatch(): Growing {
  const reserved = new Map<string, Reservation>();
  const keys = new Set<string>();
  return {
    name: randomUUID().replaceAll("-", "").slice(0, 12),
    rows: [],
    keys,
    bytes: 0,
    keep: (key, reservation) => {
      keys.add(key);
      reserved.set(key, reservation);
    },
    take: (key) => {
      const reservation = reserved.get(key);
      reserved.delete(key);
      return reservation;
    },
    release: () => {
      for (const reservation of reserved.values()) {
        reservation.settle([]);
        reservation.judging.settle([]);
      }
      reserved.clear();
    },
  };
}
