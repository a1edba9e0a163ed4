import { defineCommand } from "../options.ts";
import { runOptions } from "../run/options.ts";

/** Exit 0, 2 for wrong usage, 3 where calls failed for good or the disk did, 130 when interrupted. */
export const command = defineCommand({
  usage: "[suite|board|folder…] [-m target]… [options]",
  options: runOptions,
  run: async (options, context) => {
    // Started first, so that the thread loads its modules while this one loads, reads and plans. With a queue, workers send.
    const asksHere = !options.dryRun && options.queue === null;
    const thread = asksHere ? (context.startThread?.() ?? null) : null;
    try {
      const { planAndRun } = await import("../run/plan-and-run.ts");
      return await planAndRun(options, thread, context);
    } finally {
      await thread?.close();
    }
  },
});
