import type { Prepared } from "./messages.ts";
import type { Sender, SenderSetup } from "./sender.ts";

import { startThread } from "./one-thread.ts";
import { senderOver } from "./several.ts";

/** The threads that send. The first can load what it needs before it is known whether there will be others. */
export type TransportThread = {
  /** Loads the named protocols and credential schemes. */
  readonly prepare: (prepared: Prepared) => void;
  /** Once. `threads` send, of which the first runs already. Its `close` ends them. */
  readonly sender: (setup: SenderSetup, threads?: number) => Sender;
  readonly close: () => Promise<void>;
};

/** Starts the first thread. */
export function startTransportThread(): TransportThread {
  const threads = [startThread()];
  const prepared: Prepared[] = [];
  return {
    prepare: (each) => {
      prepared.push(each);
      for (const thread of threads) thread.prepare(each);
    },
    sender: (setup, count = 1) => {
      while (threads.length < count) {
        const thread = startThread();
        for (const each of prepared) thread.prepare(each);
        threads.push(thread);
      }
      return senderOver(threads.map(({ sender }) => sender(setup)));
    },
    close: async () => {
      await Promise.all(threads.map(({ close }) => close()));
    },
  };
}
