/**
 * Reading files: what the checks of every line cost beside the same summary without them, how much processor time the
 * built program spends on files that never end, and a suite whose items share their options and grader.
 */
import {
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { RunFileLine } from "../src/domain/run-file/lines.ts";

import { Suite } from "../src/domain/suite.ts";
import { lineBatches } from "../src/files/lines.ts";
import { leaderboardOf } from "../src/report/leaderboard/leaderboard.ts";
import { runLine } from "../src/report/testing/lines.ts";
import { readView } from "../src/report/view/read.ts";
import { createView, step } from "../src/report/view/view.ts";
import { parseYaml } from "../src/store/yaml/yaml.ts";
import { builtEntry, probed } from "./kit/process.ts";
import { alternated, paired, type Row, rowOf } from "./kit/rows.ts";
import { writeRun } from "./view.ts";

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "baimo-bench-"));
  try {
    return [
      ...(await checkRows(folder, quick ? 5 : 15)),
      ...(await hostileRows(folder)),
      yamlRow(),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const answers = 100_000;

async function checkRows(folder: string, rounds: number): Promise<readonly Row[]> {
  const file = join(folder, "run.jsonl");
  await writeRun(file, answers);
  const both = await alternated(
    rounds,
    () => cpuMs(async () => leaderboardOf(await uncheckedView(file))),
    () => cpuMs(async () => leaderboardOf(await readView([file]))),
  );
  return [
    rowOf(`summary of ${answers.toLocaleString("en")} answers, checked, against unchecked`, {
      ...paired(both, (ms) => ms),
      unit: "ms CPU",
      bound: { most: 1.05 },
    }),
  ];
}

/** The same summary, of lines that are only parsed. */
async function uncheckedView(file: string) {
  const view = createView();
  const handle = await open(file);
  for await (const batch of lineBatches(handle, { shown: file })) {
    for (const { bytes, start } of batch)
      step(view, JSON.parse(bytes.toString("utf8")) as RunFileLine, start);
  }
  await handle.close();
  return view;
}

/** User and system time of an action in milliseconds, all threads. */
async function cpuMs(action: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const longMb = 600;
const sparseBytes = 5_000_000_000;
const mostSeconds = 2;

/** Each file with the commands that read such files. */
async function hostileRows(folder: string): Promise<readonly Row[]> {
  const header = `${JSON.stringify(runLine(["mine/a"]))}\n`;
  const row = `${JSON.stringify({ id: "a", question: "一加一？", answer: 2 })}\n`;
  writeFileSync(join(folder, "suite.yaml"), suite);
  const found: Row[] = [];
  for (const [name, start] of [
    ["run", header],
    ["rows", row],
  ] as const) {
    for (const form of forms) {
      const file = join(folder, name === "rows" ? "rows.jsonl" : "hostile.jsonl");
      makeFile(file, start, form);
      for (const args of commands[name](file)) {
        const { used, code } = await probed([builtEntry, ...args], { cwd: folder });
        found.push(
          rowOf(`${form}: ${args.slice(0, args[0] === "import" ? 2 : 1).join(" ")}`, {
            value: used.cpu_ms / 1_000,
            unit: "s CPU",
            absolute: true,
            bound: { most: code === 2 ? mostSeconds : 0 },
            note: `exit ${code}, ${used.peak_mb.toFixed(0)} MB`,
          }),
        );
      }
    }
  }
  return found;
}

const forms = ["a line of 600 MB", "null bytes at the end", "5 GB, sparse"] as const;

const commands: Readonly<Record<"run" | "rows", (file: string) => readonly (readonly string[])[]>> =
  {
    run: (file) => [
      ["leaderboard", file],
      ["compare", file, file],
      ["items", file],
      ["run", "--resume", file],
    ],
    rows: (file) => [
      ["check", "suite.yaml"],
      ["run", "suite.yaml", "-m", "baseline/first", "--out", "out.jsonl"],
      ["import", "jsonl", file, "-o", "out.yaml"],
      ["import", "csv", file, "-o", "out.yaml"],
      ["calibrate", file, "--grader", "exact"],
    ],
  };

const suite = `schema: suite/1
id: hostile
tasks: [{id: t, dimension: [样卷], grader: {use: exact}, items: {from: rows.jsonl}}]
`;

function makeFile(file: string, start: string, form: (typeof forms)[number]): void {
  rmSync(file, { force: true });
  writeFileSync(file, start);
  if (form === "null bytes at the end") writeFileSync(file, Buffer.alloc(4096), { flag: "a" });
  if (form === "5 GB, sparse") truncateSync(file, sparseBytes);
  if (form !== "a line of 600 MB") return;
  const descriptor = openSync(file, "a");
  writeSync(descriptor, '{"id":"b","question":"');
  const mega = Buffer.alloc(1 << 20, "x");
  for (let written = 0; written < longMb; written += 1) writeSync(descriptor, mega);
  writeSync(descriptor, '","answer":1}\n');
  closeSync(descriptor);
}

const sharing = 2_000;

function yamlRow(): Row {
  const shared = "options: &o {A: 甲, B: 乙, C: 丙, D: 丁}, grader: &g {use: choice}";
  const items = Array.from(
    { length: sharing },
    (_, at) =>
      `      - {id: q${at}, question: 第 ${at} 题, answer: A, ${at === 0 ? shared : "options: *o, grader: *g"}}`,
  );
  const text = `schema: suite/1\nid: s\ntasks:\n  - id: t\n    dimension: [样卷]\n    grader: {use: choice}\n    items:\n${items.join("\n")}\n`;
  const before = process.cpuUsage();
  parseYaml(text, "s.yaml", Suite);
  const { user, system } = process.cpuUsage(before);
  return rowOf(`YAML of ${sharing.toLocaleString("en")} items that share options and grader`, {
    value: (user + system) / 1e6,
    unit: "s CPU",
    absolute: true,
    bound: { most: mostSeconds },
  });
}
