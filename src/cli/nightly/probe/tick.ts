import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ProbeSettings } from "../../../domain/config.ts";
import type { Money } from "../../../domain/money.ts";
import type { TickLine } from "../../../domain/nights/ticks.ts";
import type { TargetNight } from "../../../report/nightly/record.ts";
import type { Context } from "../../context.ts";
import type { RunOptions } from "../../run/options.ts";

import { digestOf } from "../../../domain/digest.ts";
import { formats } from "../../../domain/formats.ts";
import { readNight } from "../../../report/nightly/of-run.ts";
import { builtinFolder } from "../../../store/builtin.ts";
import { findSuites } from "../../../store/suites/find-suites.ts";
import { readSuite } from "../../../store/suites/suites.ts";
import { command as runSuites } from "../../commands/run.ts";
import { defaultsOf } from "../../options.ts";
import { runOptions } from "../../run/options.ts";

export type ProbeTick = Pick<RunOptions, "model" | "config" | "concurrency" | "viaSim"> & {
  readonly board: string;
  /** What `probeFilter` chose, or the user. */
  readonly filter: string;
  readonly maxCost: Money | null;
};

/**
 * One item of each of a few tasks, always the same ones: tasks of the board whose items do not change from night to night, in the
 * order of the digest of their names.
 */
export async function probeFilter(
  board: string,
  { filter, items }: ProbeSettings,
  { cwd }: Pick<Context, "cwd">,
): Promise<string> {
  if (filter !== undefined) return filter;
  const files = await findSuites([board], { cwd, builtin: builtinFolder("suites") });
  const suites = await Promise.all(files.map((file) => readSuite(file, null)));
  const tasks = suites.flatMap(({ suite }) =>
    suite.tasks.filter((task) => Array.isArray(task.items)).map((task) => `${suite.id}/${task.id}`),
  );
  const ordered = tasks.toSorted((a, b) => (digestOf(a) < digestOf(b) ? -1 : 1));
  return ordered
    .slice(0, items)
    .map((task) => `task=${task}`)
    .join(" ");
}

/**
 * Asks every target once and resolves to what came of it, by target; null where the run was interrupted. No call is tried a
 * second time: the probe tells how often a single one fails.
 */
export async function probeTick(
  { board, ...asked }: ProbeTick,
  context: Context,
): Promise<readonly TickLine[] | null> {
  const folder = await mkdtemp(join(tmpdir(), "baimo-probe-"));
  const out = join(folder, "tick.jsonl");
  const told: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    const once = { limit: 1, trials: 1, seed: 1, attempts: 1, reporter: "log" } as const;
    const code = await runSuites.run(
      { ...defaultsOf(runOptions), ...asked, ...once, out, positionals: [board] },
      { ...context, print: () => undefined, warn: (text) => told.push(text) },
    );
    if (code === 130) return null;
    const place = { bytes: 0, slot: null, second_of: null, previous: null };
    const measured = await readNight(out, place);
    if (measured === null) throw new Error(told.join("\n"));
    const { started_at, targets } = measured.night;
    return [...targets].map(([ref, target]) => tickLine(ref, target, started_at));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function tickLine(
  ref: string,
  { anchors, answering, times, cost }: TargetNight,
  when: string,
): TickLine {
  return {
    kind: "tick",
    schema: formats.nights,
    when,
    ref,
    asked: answering.asked,
    failures: answering.failures,
    empty: answering.empty + answering.notices + answering.same,
    n: anchors.n.reduce((sum, count) => sum + count, 0),
    sum: Array.from(anchors.sum).reduce((sum, value) => sum + value, 0),
    first_token_ms: times.first_token_p50_ms,
    total_ms: times.total_p50_ms,
    cost,
  };
}
