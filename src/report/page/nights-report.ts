import type { MadeReport } from "./make-report.ts";
import type { SiteNights } from "./nights.ts";

import { formats } from "../../domain/formats.ts";
import { verdicts } from "../../domain/grader.ts";
import { outcomes } from "../../domain/outcome.ts";
import { packageVersion } from "../../store/builtin.ts";
import { deflated } from "./blocks.ts";

/** The report of a history whose run files are all gone: its nights, and nothing else. */
export async function reportOfNights(
  nights: readonly SiteNights[],
  now: Date,
): Promise<MadeReport> {
  const { version, commit } = packageVersion();
  const nothing = { columns: [], rows: [] };
  const [newest] = nights;
  const index = {
    targets: [],
    tasks: [],
    tags: [],
    wordings: [null],
    verdicts,
    outcomes,
    currency: "CNY",
    items: {},
    answers: {},
    item_values: [],
  };
  return {
    report: {
      schema: formats.report,
      generated_at: now.toISOString(),
      tool: { version, commit, node: process.version },
      title: newest?.board ?? null,
      simulated: nights.some(({ targets }) => targets.some(({ simulated }) => simulated)),
      decimals: 1,
      conclusion: newest?.headline ?? { zh: "", en: "" },
      notes: [],
      leaderboard: null,
      targets: [],
      board: { zh: nothing, en: nothing },
      board_columns: [],
      heat: [],
      ladders: [],
      latency: [],
      failures: [],
      sections: [],
      comparisons: [],
      runs: [],
      ends: [],
      nights,
    },
    index: await deflated(JSON.stringify(index)),
    blocks: [],
  };
}
