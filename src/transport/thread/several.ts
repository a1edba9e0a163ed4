import type { ThreadSender } from "./one-thread.ts";
import type { Sender, SenderLane } from "./sender.ts";

import { createLaneCounts } from "./lane-counts.ts";

/** So many streams one thread reads without being late; from twice as many on a second one helps. */
const streamsPerThread = 512;

/**
 * How many threads should send so many requests at once on a machine with so many processors, of which one is for the thread that
 * plans, grades and writes.
 */
export const threadsFor = (streams: number, processors: number): number =>
  Math.max(1, Math.min(Math.floor(streams / streamsPerThread), processors - 1));

/**
 * One sender out of those of several threads. Each request goes to the thread that has the fewest under way, and stands by where
 * most of its lane are, for one of them to end. A lane is one lane on all of them: after a failure on one thread nothing that
 * stands by starts on another before the caller has seen it.
 */
export function senderOver(senders: readonly ThreadSender[]): Sender {
  const [only, ...others] = senders;
  const threads = senders.map((sender) => ({ sender, underWay: 0 }));
  return {
    attempt: (request, signal) => {
      const thread = least(threads, busyness);
      return during([thread], thread.sender.attempt(request, signal));
    },
    lane: () =>
      only !== undefined && others.length === 0 ? only.lane(createLaneCounts()) : laneOver(threads),
    health: async () => {
      const read = await Promise.all(senders.map(({ readings }) => readings()));
      // Needed once, at the end.
      return (await import("./health.ts")).healthOf(read);
    },
    close: async () => {
      await Promise.all(senders.map(({ close }) => close()));
    },
  };
}

type Busy = { underWay: number };
type Thread = Busy & { readonly sender: ThreadSender };

/** The part of a lane that is on one thread. */
type Part = Busy & { readonly lane: SenderLane; readonly thread: Thread; standing: number };

function laneOver(threads: readonly Thread[]): SenderLane {
  const counts = createLaneCounts();
  const parts = threads.map((thread): Part => ({
    lane: thread.sender.lane(counts),
    thread,
    underWay: 0,
    standing: 0,
  }));
  return {
    attempt: (request, signal) => {
      const part = least(parts, ({ thread }) => busyness(thread));
      return during([part, part.thread], part.lane.attempt(request, signal));
    },
    standBy: (request, signal, failures, onStart) => {
      const part = least(parts, waitFor);
      let isStanding = true;
      part.standing += 1;
      const settle = (): void => {
        if (isStanding) part.standing -= 1;
        isStanding = false;
      };
      const standby = part.lane.standBy(request, signal, failures, () => {
        settle();
        // Whoever asked hears what goes wrong.
        during([part, part.thread], standby.attempted).catch(() => undefined);
        onStart();
      });
      standby.attempted.then(settle, settle);
      return standby;
    },
    recall: () => {
      for (const { lane } of parts) lane.recall();
    },
  };
}

/** Counts a request at its places until it has ended. */
async function during<Ended>(places: readonly Busy[], ended: Promise<Ended>): Promise<Ended> {
  for (const place of places) place.underWay += 1;
  try {
    return await ended;
  } finally {
    for (const place of places) place.underWay -= 1;
  }
}

const busyness = ({ underWay }: Busy): number => underWay;

/** In rounds of the requests under way: one more that stands by waits for as many ends as stand before it, and its own. */
const waitFor = ({ underWay, standing }: Part): number => (standing + 1) / underWay;

const least = <Place>(places: readonly Place[], of: (place: Place) => number): Place =>
  places.reduce((found, place) => (of(place) < of(found) ? place : found));
