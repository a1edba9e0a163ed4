/**
 * guidellm, AIPerf and EvalScope perf beside baimo on the same server in the same minutes. Their programs are looked for in the
 * folders that GUIDELLM, AIPERF and EVALSCOPE name (virtual environments); what is missing is left out and said so.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { percentile } from "../../src/stats/percentile.ts";
import { readLoad } from "../../src/store/load/load-file.ts";
import { baimo, configFor, type Ran, ran, startQueueServer } from "./rig.ts";

type Stamp = {
  readonly received: number;
  readonly first: number;
  readonly last: number;
  readonly max_gap: number;
};
/** TTFT and mean gap between chunks of all requests, in milliseconds. */
type Told = { readonly ttft_p50: number | null; readonly gap_mean: number | null };

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

export async function comparePeers(): Promise<void> {
  for (const tool of tools()) {
    const rig = await startQueueServer(server);
    const folder = configFor(rig.url);
    try {
      const { used, told } = await tool.run(rig.url, folder);
      const stamps = await rig.get<readonly Stamp[]>("stamps");
      const ttft = sorted(stamps.map(({ first, received }) => first - received));
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
        ttft_p50_ms: told.ttft_p50,
        ttft_error_ms:
          told.ttft_p50 === null || !isWhole ? null : told.ttft_p50 - percentile(ttft, 0.5),
        gap_error_ms: told.gap_mean === null || !isWhole ? null : told.gap_mean - gap,
        cpu_s: used.cpu_s,
        rss_mb: used.rss_mb,
        exit: used.code,
      });
      if (stamps.length === 0) console.log(used.stderr.slice(-1_500), used.stdout.slice(-1_500));
    } finally {
      await rig.close();
    }
  }
}

const sorted = (all: readonly number[]): Float64Array => Float64Array.from(all).toSorted();

function tools(): readonly Tool[] {
  const found: Tool[] = [{ name: "baimo", run: runBaimo }];
  for (const [name, variable, program, run] of peers) {
    const folder = process.env[variable];
    const path = folder === undefined ? null : join(folder, "bin", program);
    if (path === null || !existsSync(path))
      console.log(`${name} is not installed: ${variable} names no folder with bin/${program}`);
    else found.push({ name, run: (url, at) => run(path, url, at) });
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
  const ttft = sorted(measured.flatMap(({ first_token_ms }) => first_token_ms ?? []));
  const gaps = measured.flatMap(({ first_token_ms, last_token_ms, chunks }) =>
    first_token_ms === null || last_token_ms === null || chunks < 2
      ? []
      : (last_token_ms - first_token_ms) / (server.chunks - 1),
  );
  return { used, told: { ttft_p50: percentile(ttft, 0.5), gap_mean: mean(gaps) } };
}

const mean = (all: readonly number[]): number =>
  all.reduce((sum, each) => sum + each, 0) / all.length;

type Peer = readonly [
  name: string,
  variable: string,
  program: string,
  run: (path: string, url: string, folder: string) => ReturnType<Tool["run"]>,
];

const peers: readonly Peer[] = [
  [
    "guidellm",
    "GUIDELLM",
    "guidellm",
    async (path, url, folder) => {
      const args = [
        "benchmark",
        "run",
        "--target",
        url,
        "--model",
        "queue-1",
        "--profile",
        "concurrent",
        "--rate",
        String(concurrency),
        "--max-requests",
        String(requests),
        "--data",
        "prompts.jsonl",
        "--output-dir",
        folder,
        "--outputs",
        "json",
      ];
      const used = await ran(path, args, withPrompts(folder), offline);
      return {
        used,
        told: toldIn(
          used,
          /"time_to_first_token_ms":\s*\{[\s\S]*?"median":\s*([\d.]+)/,
          /"inter_token_latency_ms":\s*\{[\s\S]*?"mean":\s*([\d.]+)/,
          join(folder, "benchmarks.json"),
        ),
      };
    },
  ],
  [
    "AIPerf",
    "AIPERF",
    "aiperf",
    async (path, url, folder) => {
      const args = [
        "profile",
        "--model",
        "queue-1",
        "--url",
        url,
        "--endpoint-type",
        "chat",
        "--streaming",
        "--concurrency",
        String(concurrency),
        "--request-count",
        String(requests),
        "--use-server-token-count",
        "--input-file",
        "prompts.jsonl",
        "--custom-dataset-type",
        "single_turn",
        "--tokenizer",
        "builtin",
        "--ui",
        "none",
        "--output-artifact-dir",
        folder,
      ];
      const used = await ran(path, args, withPrompts(folder), offline);
      return {
        used,
        told: toldIn(
          used,
          /"time_to_first_token":\s*\{[\s\S]*?"p50":\s*([\d.]+)/,
          /"inter_chunk_latency":\s*\{[\s\S]*?"avg":\s*([\d.]+)/,
          join(folder, "profile_export_aiperf.json"),
        ),
      };
    },
  ],
  [
    "EvalScope perf",
    "EVALSCOPE",
    "evalscope",
    async (path, url, folder) => {
      const args = [
        "perf",
        "--url",
        `${url}/v1/chat/completions`,
        "--model",
        "queue-1",
        "--api",
        "openai",
        "--parallel",
        String(concurrency),
        "--number",
        String(requests),
        "--dataset",
        "line_by_line",
        "--dataset-path",
        "prompts.txt",
        "--stream",
        "--outputs-dir",
        folder,
      ];
      const used = await ran(path, args, withPrompts(folder), offline);
      return {
        used,
        told: toldIn(
          used,
          /Average time to first token[^\d]*([\d.]+)/i,
          /Average inter-token latency[^\d]*([\d.]+)/i,
          null,
        ),
      };
    },
  ],
];

/** They must look for nothing on the network. */
const offline = { HF_HUB_OFFLINE: "1", TRANSFORMERS_OFFLINE: "1", COLUMNS: "200" };

function withPrompts(folder: string): string {
  const texts = Array.from(
    { length: 200 },
    (_, at) => `请用三百字介绍第 ${at} 号仓库的盘点流程，并说明常见的差错。`,
  );
  writeFileSync(
    join(folder, "prompts.jsonl"),
    texts.map((text) => JSON.stringify({ text, prompt: text })).join("\n"),
  );
  writeFileSync(join(folder, "prompts.txt"), texts.join("\n"));
  return folder;
}

function toldIn(used: Ran, ttft: RegExp, gap: RegExp, file: string | null): Told {
  const text =
    file !== null && existsSync(file) ? readFileSync(file, "utf8") : used.stdout + used.stderr;
  const [first, between] = [ttft.exec(text)?.[1], gap.exec(text)?.[1]];
  return {
    ttft_p50: first === undefined ? null : Number(first),
    gap_mean: between === undefined ? null : Number(between),
  };
}
