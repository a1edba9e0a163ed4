import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { Lang } from "../../domain/text.ts";
import type { Line } from "../../tui/line.ts";

import { readRun } from "../../store/runs/reader.ts";
import { line } from "../../tui/line.ts";
import { textOf } from "../../tui/testing/frames.tsx";
import { screenAt, type Shot } from "../../tui/testing/replay.ts";
import { screenSvg } from "../../tui/testing/svg.ts";
import { inProcess } from "./process.ts";

/** The runs that are kept beside the captures, packed: that of `npm start`, and one with a target that fails. */
export const keptRuns = ["first", "failures"] as const;
export type KeptRun = (typeof keptRuns)[number];

const langs: readonly Lang[] = ["zh", "en"];
const columns = 100;

/** The screens that are drawn of a run, by the names of their files. */
const shots: Readonly<Record<KeptRun, Readonly<Record<string, Omit<Shot, "lang" | "columns">>>>> = {
  first: { run: { at_ms: 5_200, rows: 23 } },
  failures: {
    failures: { at_ms: 7_000, rows: 23, page: "failures" },
    conversation: { at_ms: 9_000, rows: 23, page: "failures", reads: { scroll: 0 } },
  },
};

export type Captures = {
  /** By the names of their files. */
  readonly files: ReadonlyMap<string, string>;
  /** What stands in README of the first run, by language. */
  readonly samples: Readonly<Record<Lang, string>>;
};

/** Draws the captures of the runs that are kept in a folder. */
export async function terminalCaptures(kept: string): Promise<Captures> {
  const files = new Map<string, string>();
  const folder = mkdtempSync(join(tmpdir(), "baimo-captures-"));
  const keep = (name: string, lines: readonly Line[]): void => {
    files.set(`${name}.txt`, `${lines.map((each) => textOf(each).trimEnd()).join("\n")}\n`);
    files.set(`${name}.svg`, screenSvg(lines, columns));
  };
  try {
    for (const run of keptRuns) {
      const lines = await readRun(unpacked(kept, run, folder));
      for (const lang of langs) {
        for (const [name, shot] of Object.entries(shots[run])) {
          keep(`${name}.${lang}`, screenAt(lines, { ...shot, lang, columns }));
        }
      }
    }
    const first = await readRun(join(folder, "results", "first.jsonl"));
    const ends = { zh: await endOf(first, folder, "zh"), en: await endOf(first, folder, "en") };
    for (const lang of langs) {
      const text = ends[lang].split("\n").slice(2).join("\n");
      keep(
        `end.${lang}`,
        text.split("\n").map((each) => line(each)),
      );
    }
    return { files, samples: ends };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unpacked(kept: string, run: KeptRun, folder: string): string {
  const results = join(folder, "results");
  mkdirSync(results, { recursive: true });
  const file = join(results, `${run}.jsonl`);
  writeFileSync(file, gunzipSync(readFileSync(join(kept, `${run}.jsonl.gz`))));
  return file;
}

/** What `npm start` leaves on the terminal: a finished run says its end once more. */
async function endOf(lines: readonly RunFileLine[], folder: string, lang: Lang): Promise<string> {
  const [header] = lines;
  if (header?.kind !== "run") throw new Error("a run file begins with its header");
  const file = `results/${header.id}.jsonl`;
  writeFileSync(join(folder, file), lines.map((each) => `${JSON.stringify(each)}\n`).join(""));
  // The run has ended: no simulator need be started that nobody asks.
  const env = {
    COLUMNS: String(columns),
    npm_lifecycle_event: "start",
    BAIMO_SIM_URL: "http://127.0.0.1:9",
  };
  const page = ["--report", "results/report.html"];
  const args = ["run", "--resume", file, "--reporter", "silent", "--lang", lang];
  const ended = await inProcess(folder, [...args, ...page], { env, columns });
  if (ended.code !== 0) throw new Error(ended.stderr);
  const { answers } = header.size;
  const opening = { zh: `共 ${answers} 次作答 → ${file}`, en: `${answers} answers → ${file}` };
  return `${opening[lang]}\n${ended.stdout.trimEnd()}`;
}

const fence = /(?<=^```text\n)[^]*?(?=^```$)/m;

/** A README with its sample of a first run. */
export const withSample = (readme: string, sample: string): string =>
  readme.replace(fence, () => `${sample}\n`);
