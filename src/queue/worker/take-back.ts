import type { Queue } from "bullmq";
import type { Redis } from "ioredis";

import type { AskJob } from "../messages.ts";
import type { Journal } from "./journal.ts";

import { jobIdOf } from "../messages.ts";

/** BullMQ's token of a job whose lock has run out. */
const unlocked = "0";

/**
 * Takes back what this worker had in hand before it died or lost its Redis: nobody else can know that the locks of those jobs
 * are held by nobody. What its journal answers ends, so that no other worker is given it once the lock runs out and pays for it
 * again; the rest is free at once. Comes after the journal was sent again and before the worker takes jobs.
 */
export async function takeBack(queue: Queue<AskJob>, redis: Redis, journal: Journal) {
  const isPaid = (key: string): boolean => journal.waiting.has(key) || journal.isAcknowledged(key);
  for (const job of await queue.getActive()) {
    const { id, processedBy, data } = job;
    if (id === undefined || processedBy !== journal.id) continue;
    const token = (await redis.get(`${queue.toKey(id)}:lock`)) ?? unlocked;
    const freed = isPaid(data.key)
      ? job.moveToCompleted(null, token, false)
      : job.moveToWait(token);
    // The stalled check may have been faster.
    await freed.catch(() => undefined);
  }
  // A Redis that lost its data was given them again. One that somebody is asking by now stays.
  for (const key of journal.waiting.keys()) await queue.remove(jobIdOf(key)).catch(() => 0);
}
