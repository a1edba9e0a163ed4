/**
 * What watching a run costs: event-loop utilisation of the same run with the terminal interface and without it, by
 * turns, at 64 streams against the simulator in a process of its own: `tsx bench/tui.ts [rounds] [trials]`.
 * Draws on the terminal that it runs in, or on a thrown-away screen of 160×50 where there is none.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";

import type { Context } from "../src/cli/command.ts";
import type { EndLine, RunEvent } from "../src/domain/record.ts";

import { createDeps, openSession } from "../src/cli/run-session.ts";
import { setUp } from "../src/cli/run-setup.ts";
import { makePlan } from "../src/engine/plan.ts";
import { nothingDone } from "../src/engine/resume.ts";
import { run } from "../src/engine/run.ts";
import { gradeAnswer } from "../src/graders/grade.ts";
import { loadGrader } from "../src/graders/registry.ts";
import { createView, step } from "../src/report/view.ts";
import { createTui, type Terminal } from "../src/tui/tui.tsx";

const rounds = Number(process.argv[2] ?? 3);
const trials = process.argv[3] ?? "3";
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
  signal: never,
  stopping: never,
};
const parsed = {
  values: { model: ["sim/yuanshan", "sim/shenquan"], concurrency: "32", trials },
  positionals: ["starter"],
};

const off: number[] = [];
const on: number[] = [];
for (let round = 0; round < rounds; round++) {
  off.push(await utilisation(false));
  on.push(await utilisation(true));
}
rmSync(folder, { recursive: true });
console.log(`utilisation without: ${off.map(shown).join(" ")}`);
console.log(`utilisation with:    ${on.map(shown).join(" ")}`);
const rises = on.map((each, round) => each - (off[round] ?? 0)).toSorted((a, b) => a - b);
console.log(`rise, median of ${rounds}: ${shown(rises[Math.floor(rounds / 2)] ?? Number.NaN)}`);

function shown(value: number): string {
  return value.toFixed(4);
}

async function utilisation(watched: boolean): Promise<number> {
  const setup = await setUp(parsed, context, null);
  try {
    const plan = await makePlan(setup);
    const place = { file: null, out: null, folder, retryFailed: false };
    const { writer, header } = await openSession(plan, setup, place);
    const { deps, http } = createDeps(plan.targets, plan.settings, setup.env);
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
    await tui?.close();
    await http.close();
    await writer.close();
    await plan.close();
    return end.loop.utilisation;
  } finally {
    await setup.close();
  }
}

function nowhere(): Terminal {
  const screen = new Writable({ write: (_chunk, _encoding, done) => done() });
  return Object.assign(screen, { columns: 160, rows: 50, isTTY: true });
}
