import type { Command } from "../command.ts";

import { runOptions } from "../run/options.ts";

/** Exit 0, 2 for wrong usage, 3 where calls failed for good or the disk did, 130 when interrupted. */
export const command: Command = {
  summary: { zh: "跑评测，出排行榜", en: "run suites and print a leaderboard" },
  usage: "[suite|board|folder…] [-m target]… [options]",
  options: runOptions,
  run: async (parsed, context) => {
    // First of all: the thread loads what it needs while this one does, reads and plans.
    const thread = parsed.values["dry-run"] === true ? null : (context.startThread?.() ?? null);
    try {
      const { planAndRun } = await import("../run/plan-and-run.ts");
      return await planAndRun(parsed, thread, context);
    } finally {
      await thread?.close();
    }
  },
};
