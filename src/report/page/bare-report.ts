import type { AnswerIndex } from "./answers.ts";
import type { MadeReport, PageIndex } from "./make-report.ts";
import type { Report } from "./report.ts";

import { formats } from "../../domain/formats.ts";
import { verdicts } from "../../domain/grader.ts";
import { outcomes } from "../../domain/outcome.ts";
import { packageVersion } from "../../store/builtin.ts";
import { deflated } from "./blocks.ts";

/** A report of nothing, to which the one thing is added that a page shows. */
export function bareReport(now: Date): Report {
  const { version, commit } = packageVersion();
  const nothing = { columns: [], rows: [] };
  return {
    schema: formats.report,
    generated_at: now.toISOString(),
    tool: { version, commit, node: process.version },
    title: null,
    simulated: false,
    decimals: 1,
    conclusion: { zh: "", en: "" },
    notes: [],
    leaderboard: null,
    targets: [],
    board: { zh: nothing, en: nothing },
    board_columns: [],
    heat: [],
    ladders: [],
    latency: [],
    failures: [],
    token_costs: [],
    criteria: [],
    sections: [],
    comparisons: [],
    runs: [],
    ends: [],
  };
}

/** A report as a page without answers behind it. */
export async function withoutAnswers(report: Report): Promise<MadeReport> {
  return { report, index: await deflated(JSON.stringify(noAnswers)), blocks: [] };
}

const items: AnswerIndex["items"] = {
  id: [],
  task: [],
  excerpt: [],
  severe: [],
  tags: [],
  block: [],
  slot: [],
};

const answers: AnswerIndex["answers"] = {
  item: [],
  target: [],
  wording: [],
  trial: [],
  verdict: [],
  outcome: [],
  value: [],
  chars: [],
  output: [],
  reasoning: [],
  first_token_ms: [],
  total_ms: [],
  cost: [],
  ruled: [],
  refused: [],
  block: [],
  slot: [],
  score_block: [],
  score_slot: [],
};

const noAnswers: PageIndex = {
  targets: [],
  tasks: [],
  tags: [],
  wordings: [null],
  verdicts,
  outcomes,
  currency: "CNY",
  items,
  answers,
  item_values: [],
};
