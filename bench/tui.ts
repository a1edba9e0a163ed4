/**
 * The cost of watching a run: event-loop utilisation and CPU time of the main thread of the same run with and without
 * the terminal interface, alternating, at 64 streams against the simulator in its own process:
 * `tsx bench/tui.ts [rounds] [trials]`. Draws on the current terminal, or on a dummy screen of 160×50 where there is none.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";

import "../own-temporary.ts";

import type { Context } from "../src/cli/context.ts";
import type { RunEvent } from "../src/domain/run-file/event.ts";
import type { EndLine } from "../src/domain/run-file/session.ts";
import type { Terminal } from "../src/tui/screen.tsx";

import { createDeps, openRun } from "../src/cli/run/session.ts";
import { setUp } from "../src/cli/run/setup.ts";
import { makePlan } from "../src/engine/plan/plan.ts";
import { nothingDone } from "../src/engine/run/resume.ts";
import { run } from "../src/engine/run/run.ts";
import { gradeAnswer } from "../src/grading/grade.ts";
import { loadGrader } from "../src/grading/graders.ts";
import { createView, step } from "../src/report/view/view.ts";

process.env["NODE_ENV"] ??= "production";
const { createTui } = await import("../src/tui/tui.tsx");

const rounds = Number(process.argv[2] ?? 3);
const trials = Number(process.argv[3] ?? 3);
const folder = mkdtempSync(join(tmpdir(), "baimo-bench-"));
const never = new AbortController().signal;
const context: Context = {
  lang: "zh",
  cwd: folder,
  env: {},
  print: () => undefined,
  warn: () => undefined,
  columns: 160,
  isTTY: false,
  startThread: null,
  now: () => new Date("2026-11-29T04:00:00Z"),
  finishing: (work) => work(),
  signal: never,
  stopping: never,
};
const options = {
  model: ["sim/yuanshan", "sim/shenquan"],
  config: null,
  concurrency: 32,
  trials,
  positionals: ["starter"],
};

/** On a busy machine, utilisation includes time taken by other processes; the thread's own CPU time does not. */
type Cost = { readonly utilisation: number; readonly cpu: number };

const off: Cost[] = [];
const on: Cost[] = [];
for (let round = 0; round < rounds; round++) {
  off.push(await utilisation(false));
  on.push(await utilisation(true));
}
rmSync(folder, { recursive: true });
for (const name of ["utilisation", "cpu"] as const) {
  const rises = on.map((each, round) => each[name] - (off[round]?.[name] ?? 0));
  const median = rises.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
  console.log(`${name} without: ${off.map((each) => shown(each[name])).join(" ")}`);
  console.log(`${name} with:    ${on.map((each) => shown(each[name])).join(" ")}`);
  console.log(`${name} rise, median of ${rounds}: ${shown(median)}`);
}

function shown(value: number): string {
  return value.toFixed(4);
}

async function utilisation(watched: boolean): Promise<Cost> {
  const setup = await setUp(options, context, null);
  try {
    const plan = await makePlan(setup);
    const place = { file: null, out: null, folder, retry: "none" as const };
    const { writer, header } = await openRun(plan, setup, place);
    const deps = await createDeps(plan.targets, { settings: plan.settings, env: setup.env });
    const view = createView();
    const tui = watched
      ? createTui({
          view,
          file: writer.file,
          lang: "zh",
          stdout: process.stdout.isTTY ? process.stdout : nowhere(),
          stdin: new PassThrough(),
          colour: true,
          onPause: () => undefined,
          onStop: () => undefined,
        })
      : null;
    const observe = (event: RunEvent): void => {
      step(view, event);
      tui?.take(event);
    };
    observe(header);
    const cpu = process.threadCpuUsage();
    const start = performance.now();
    const end: EndLine = await run({
      plan,
      deps,
      writer,
      done: nothingDone(),
      fx: {},
      grade: (item, answer) => gradeAnswer(item, answer, loadGrader),
      observe,
      stopping: never,
      signal: never,
    });
    const spent = process.threadCpuUsage(cpu);
    const share = (spent.user + spent.system) / 1_000 / (performance.now() - start);
    await tui?.close();
    await deps.sender.close();
    await writer.close();
    await plan.close();
    return { utilisation: end.loop.utilisation, cpu: share };
  } finally {
    await setup.close();
  }
}

function nowhere(): Terminal {
  const screen = new Writable({ write: (_chunk, _encoding, done) => done() });
  return Object.assign(screen, { columns: 160, rows: 50, isTTY: true });
}
