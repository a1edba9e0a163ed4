/**
 * How near the canary's figure of a run comes to the true error of its TTFTs, known from a server that stamps, as the
 * machine is and beside eight processes that only compute; and what the canary costs. A p99 of some hundred samples is
 * itself uncertain by a good part of its value, so runs are long and both sides' intervals stand in the notes.
 */
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

import type { AnswerLine } from "../src/domain/run-file/lines.ts";

import { percentileWithInterval } from "../src/stats/percentile.ts";
import { readRun } from "../src/store/runs/reader.ts";
import { startCanary } from "../src/transport/canary/canary.ts";
import { startBusyLoops } from "./kit/busy.ts";
import { makeProject, ownRun, startServer } from "./kit/process.ts";
import { quantile, type Row, rowOf } from "./kit/rows.ts";
import { stampsByItem, ttftError } from "./kit/ttft-error.ts";

/** Answers of half a second, in few pieces: a server that is busy itself would be late to stamp. */
const shape = { chunks: 3, first_ms: 200, gap_ms: 20, spread_ms: 600 };
const streams = 32;
const load = 8;

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const items = streams * (quick ? 30 : 250);
  const quiet = await agreement("the machine as it is", items);
  const end = startBusyLoops(load);
  try {
    // Until the scheduler has settled.
    await sleep(3_000);
    return [...quiet, ...(await agreement(`beside ${load} busy loops`, items)), await cost(quick)];
  } finally {
    await end();
  }
}

async function agreement(name: string, items: number): Promise<readonly Row[]> {
  const server = await startServer(shape);
  const project = await makeProject(server.url, items, streams);
  try {
    const { file, end } = await ownRun(project.folder, "silent");
    const stamps = stampsByItem(await server.stamps());
    const answers = (await readRun(file)).filter(
      (line): line is AnswerLine => line.kind === "answer",
    );
    const errors = answers.flatMap((answer) => {
      const error = ttftError(answer, stamps);
      return error === null ? [] : [{ error, lagged: answer.lagged === true }];
    });
    const truth = errors.map(({ error }) => error).toSorted((a, b) => a - b);
    const { timing_error, trusted } = end.loop;
    if (timing_error === undefined) throw new Error(`${file} has no timing error`);
    const { samples, p50_ms, p99_ms, allowed_ms } = timing_error;
    const p99 = percentileWithInterval(truth, 0.99);
    const bad = errors.filter(({ error }) => error > allowed_ms);
    const note = `load average ${loadavg()[0]?.toFixed(1)}; ${samples} samples, ${truth.length} answers`;
    const differs = (canary: number | null, share: number): number =>
      Math.abs((canary ?? Number.NaN) / quantile(truth, share) - 1);
    return [
      rowOf(`TTFT error p50, canary beside the truth: ${name}`, {
        value: p50_ms ?? Number.NaN,
        reference: quantile(truth, 0.5),
        unit: "ms",
        note,
      }),
      rowOf(`TTFT error p99, canary beside the truth: ${name}`, {
        value: p99_ms ?? Number.NaN,
        reference: quantile(truth, 0.99),
        unit: "ms",
        note: `truth ${shown(p99?.low)}–${shown(p99?.high)}; allowed ${allowed_ms.toFixed(1)}, ${trusted ? "" : "not "}trusted`,
      }),
      rowOf(`difference of the p99: ${name}`, {
        value: differs(p99_ms, 0.99),
        unit: "of it",
        bound: { most: 0.3 },
        note: `${bad.length} answers off by more than is allowed, ${bad.filter(({ lagged }) => lagged).length} of them marked; ${errors.filter(({ lagged }) => lagged).length} marked in all`,
      }),
    ];
  } finally {
    project.remove();
    await server.close();
  }
}

const shown = (ms: number | null | undefined): string => ms?.toFixed(1) ?? "?";

/** All threads of a process that does nothing else: in a run, where loops are awake anyway, it costs less. */
async function cost(quick: boolean): Promise<Row> {
  const canary = startCanary(Math.random);
  canary.enter();
  await sleep(5_000);
  const before = { cpu: process.cpuUsage(), at: performance.now(), samples: canary.errors.count() };
  await sleep(quick ? 15_000 : 60_000);
  const { user, system } = process.cpuUsage(before.cpu);
  const samples = canary.errors.count();
  const row = rowOf("CPU of the canary, alone and beside busy loops", {
    value: (user + system) / 10 / (performance.now() - before.at),
    unit: "% of a core",
    bound: { most: 1 },
    note: `${samples - before.samples} samples, ${((user + system) / (samples - before.samples)).toFixed(0)} µs each`,
  });
  canary.leave();
  await canary.close();
  return row;
}
