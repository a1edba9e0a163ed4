/**
 * guidellm, AIPerf and EvalScope perf beside baimo on the same server in the same minutes. Their programs are looked for in the
 * folders that GUIDELLM, AIPERF and EVALSCOPE name (virtual environments); what is missing is left out and said so.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { readLoad } from "../../src/store/load/load-file.ts";
import { type Home, installed, type Ran, ran } from "../kit/program.ts";
import { evalscopeArguments, evalscopeHome } from "../peers/evalscope.ts";
import { guidellmArguments, guidellmHome } from "../peers/guidellm.ts";
import { offline } from "../peers/python.ts";
import { baimo, configFor, type Stamp, startQueueServer } from "./rig.ts";

/** TTFT and mean gap between chunks of all requests, in milliseconds. */
type Told = { readonly ttft_mean: number | null; readonly gap_mean: number | null };

const server = { slots: 512, mean_ms: 100, shape: "constant", chunks: 20, gap_ms: 10 };
const concurrency = 32;
const requests = 1_500;

type Tool = {
  readonly name: string;
  readonly run: (
    url: string,
    folder: string,
  ) => Promise<{ readonly used: Ran; readonly told: Told }>;
};

/** Rows of the table: program, requests, requests a second, errors of TTFT and gap, processor time a request, most memory of a process. */
export async function comparePeers(): Promise<readonly (readonly string[])[]> {
  const rows: string[][] = [];
  for (const tool of tools()) {
    const rig = await startQueueServer(server);
    const folder = configFor(rig.url);
    try {
      const { used, told } = await tool.run(rig.url, folder);
      const stamps = await rig.get<readonly Stamp[]>("stamps");
      const ttft = mean(stamps.map(({ first, received }) => first - received));
      const gap =
        stamps.reduce((sum, { first, last }) => sum + (last - first) / (server.chunks - 1), 0) /
        Math.max(1, stamps.length);
      const span =
        (Math.max(...stamps.map(({ last }) => last)) -
          Math.min(...stamps.map(({ received }) => received))) /
        1_000;
      const isWhole = stamps.length > 0;
      console.log({
        tool: tool.name,
        requests: stamps.length,
        per_s: isWhole ? stamps.length / span : null,
        ttft_mean_ms: told.ttft_mean,
        ttft_error_ms: told.ttft_mean === null || !isWhole ? null : told.ttft_mean - ttft,
        gap_error_ms: told.gap_mean === null || !isWhole ? null : told.gap_mean - gap,
        cpu_s: used.cpu_s,
        rss_mb: used.rss_mb,
        exit: used.code,
      });
      const error = (value: number | null, truth: number, decimals: number): string =>
        value === null || !isWhole ? "—" : `${(value - truth).toFixed(decimals)} ms`;
      rows.push([
        tool.name,
        String(stamps.length),
        isWhole ? (stamps.length / span).toFixed(0) : "—",
        error(told.ttft_mean, ttft, 2),
        error(told.gap_mean, gap, 3),
        `${((used.cpu_s * 1_000) / Math.max(1, stamps.length)).toFixed(1)} ms`,
        `${used.rss_mb.toFixed(0)} MB`,
      ]);
      if (stamps.length === 0) console.log(used.stderr.slice(-1_500), used.stdout.slice(-1_500));
    } finally {
      await rig.close();
    }
  }
  return rows;
}

function tools(): readonly Tool[] {
  const found: Tool[] = [{ name: "baimo load", run: runBaimo }];
  for (const [name, home, run] of peers) {
    const at = installed(name, home);
    if (at !== null)
      found.push({ name, run: (url, folder) => run(join(at, home.program), url, folder) });
  }
  return found;
}

async function runBaimo(_url: string, folder: string) {
  const used = await ran(
    process.execPath,
    [
      ...baimo,
      "load",
      "--plain",
      "--concurrency",
      String(concurrency),
      "--duration",
      "20s",
      "--warmup",
      "2s",
      "-o",
      "b.jsonl",
    ],
    folder,
  );
  const { rows } = await readLoad(join(folder, "b.jsonl"));
  const measured = rows.filter(({ phase }) => phase === "measure");
  const ttft = measured.flatMap(({ first_token_ms }) => first_token_ms ?? []);
  const gaps = measured.flatMap(({ first_token_ms, last_token_ms, chunks }) =>
    first_token_ms === null || last_token_ms === null || chunks < 2
      ? []
      : (last_token_ms - first_token_ms) / (server.chunks - 1),
  );
  return { used, told: { ttft_mean: mean(ttft), gap_mean: mean(gaps) } };
}

const mean = (all: readonly number[]): number =>
  all.reduce((sum, each) => sum + each, 0) / all.length;

type Peer = readonly [
  name: string,
  home: Home,
  run: (path: string, url: string, folder: string) => ReturnType<Tool["run"]>,
];

const peers: readonly Peer[] = [
  [
    "guidellm",
    guidellmHome,
    async (path, url, folder) => {
      const args = guidellmArguments(url, "queue-1", requests, concurrency);
      const used = await ran(path, args, withPrompts(folder), offline);
      const ttft = /"time_to_first_token_ms":\s*\{\s*"successful":\s*\{\s*"mean":\s*([\d.]+)/;
      const gap = /"inter_token_latency_ms":\s*\{\s*"successful":\s*\{\s*"mean":\s*([\d.]+)/;
      // Its gap is by token; the server counts four tokens a chunk.
      const told = toldIn(used, ttft, gap, folder, "benchmarks.json");
      return { used, told: perChunk(told) };
    },
  ],
  [
    "AIPerf",
    { variable: "AIPERF", program: "bin/aiperf" },
    async (path, url, folder) => {
      const python = join(path, "..", "python");
      await ran(
        python,
        [join(import.meta.dirname, "tokenizer.py"), "bytes-only"],
        withPrompts(folder),
      );
      const args = [
        ["profile", "--model", "queue-1", "--url", url, "--endpoint-type", "chat", "--streaming"],
        ["--concurrency", String(concurrency), "--request-count", String(requests)],
        ["--input-file", "prompts.jsonl", "--custom-dataset-type", "single_turn"],
        ["--use-server-token-count", "--tokenizer", "./bytes-only", "--ui", "none"],
        ["--output-artifact-dir", "ai"],
      ].flat();
      const used = await ran(path, args, folder);
      const ttft = /"time_to_first_token":\s*\{[^}]*?"avg":\s*([\d.]+)/;
      const gap = /"inter_chunk_latency":\s*\{[^}]*?"avg":\s*([\d.]+)/;
      return { used, told: toldIn(used, ttft, gap, folder, "profile_export_aiperf.json") };
    },
  ],
  [
    "EvalScope perf",
    evalscopeHome,
    async (path, url, folder) => {
      const args = evalscopeArguments(url, "queue-1", requests, concurrency);
      const used = await ran(path, args, withPrompts(folder), offline);
      const ttft = /"Avg TTFT \(ms\)":\s*([\d.]+)/;
      const gap = /"Avg ITL \(ms\)":\s*([\d.]+)/;
      return { used, told: toldIn(used, ttft, gap, folder, "benchmark_summary.json") };
    },
  ],
];

const tokensPerChunk = 4;

/** From the first token to the last there are this many gaps between tokens, and so many between chunks. */
const perChunk = ({ ttft_mean, gap_mean }: Told): Told => ({
  ttft_mean,
  gap_mean:
    gap_mean === null
      ? null
      : (gap_mean * (server.chunks * tokensPerChunk - 1)) / (server.chunks - 1),
});

function withPrompts(folder: string): string {
  const texts = Array.from(
    { length: requests },
    (_, at) => `请用三百字介绍第 ${at} 号仓库的盘点流程，并说明常见的差错。`,
  );
  writeFileSync(
    join(folder, "prompts.jsonl"),
    texts.map((text) => JSON.stringify({ text, prompt: text })).join("\n"),
  );
  writeFileSync(join(folder, "prompts.txt"), texts.join("\n"));
  return folder;
}

/** The first file of that name below the folder, or what the program printed. */
function toldIn(used: Ran, ttft: RegExp, gap: RegExp, folder: string, name: string): Told {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const file = files.find((each) => basename(each) === name);
  const text =
    file === undefined ? used.stdout + used.stderr : readFileSync(join(folder, file), "utf8");
  const [first, between] = [ttft.exec(text)?.[1], gap.exec(text)?.[1]];
  return {
    ttft_mean: first === undefined ? null : Number(first),
    gap_mean: between === undefined ? null : Number(between),
  };
}
