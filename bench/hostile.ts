/**
 * What servers that never stop do to a run: its peak memory, and the first-token times of a target that behaves, beside
 * those of the same target alone.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { AnswerLine } from "../src/domain/run-file/lines.ts";

import { readRun } from "../src/store/runs/reader.ts";
import { makeProject, ownRun, startServer } from "./kit/process.ts";
import { median, type Row, rowOf } from "./kit/rows.ts";

const floods = ["text", "events", "line", "bomb"] as const;
const streams = 8;
const mostMb = 400;
const mostMs = 2;

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const items = quick ? 160 : 800;
  const good = await startServer({ chunks: 10, first_ms: 100, gap_ms: 20, spread_ms: 0 });
  const flood = await startFlood();
  const project = await makeProject(good.url, items, streams);
  const config = (targets: readonly string[]): void =>
    writeFileSync(join(project.folder, "baimo.yaml"), configOf(good.url, flood.url, targets));
  try {
    config([]);
    const alone = await measure(project.folder);
    config(floods);
    const beside = await measure(project.folder);
    return [
      rowOf("TTFT p50 beside four floods", {
        value: beside.ttft - alone.ttft,
        unit: "ms",
        absolute: true,
        bound: { most: mostMs },
        note: `${beside.ttft.toFixed(2)} ms, alone ${alone.ttft.toFixed(2)} ms; ${beside.ended} floods ended`,
      }),
      rowOf("peak memory beside four floods", {
        value: beside.peak_mb,
        unit: "MB",
        reference: alone.peak_mb,
        absolute: true,
        bound: { most: mostMb },
      }),
    ];
  } finally {
    project.remove();
    await Promise.all([good.close(), flood.close()]);
  }
}

async function measure(folder: string) {
  // The floods fail, as they should.
  const { file, used } = await ownRun(folder, "silent", [0, 3]);
  const answers = (await readRun(file)).filter(
    (line): line is AnswerLine => line.kind === "answer",
  );
  const times = answers
    .filter(({ target }) => target === "mine/load")
    .flatMap(({ turns }) => turns.map(({ timing }) => timing?.first_token_ms ?? Number.NaN));
  const ended = answers.filter(({ outcome }) => outcome === "malformed").length;
  return { ttft: median(times), peak_mb: used.peak_mb, ended };
}

async function startFlood() {
  const child = spawn(process.execPath, [join(import.meta.dirname, "kit/flood-server.ts")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}

const configOf = (good: string, flood: string, names: readonly string[]): string => `schema: baimo/1
suites: [sums.yaml]
targets: [${["mine/load", ...names.map((name) => `flood/${name}`)].join(", ")}]
run: {attempts: 1, params: {max_tokens: 256}}
providers:
  mine:
    protocol: openai-chat
    base_url: ${good}/v1
    auth: {scheme: none}
    egress: 内网
    limits: {scope: model, concurrency: ${streams}}
  flood:
    protocol: openai-chat
    base_url: ${flood}/v1
    auth: {scheme: none}
    egress: 内网
    limits: {scope: model, concurrency: ${streams}}
`;
