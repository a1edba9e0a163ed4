import { join } from "node:path";

import type { AnswerLine } from "../src/domain/record.ts";

import { readRun } from "../src/store/run-file.ts";
import { baimo, makeProject, startChatServer } from "../src/cli/testing/process.ts";

/**
 * How far first-token times of a real run are from the server's own stamps: 300 items at concurrency 32 against the
 * chat server, which is a process of its own. The error holds the way there and back and the two clocks' readings of
 * one monotonic clock. Usage: npm run bench -- fidelity
 */
const items = Number(process.argv[2] ?? 300);
const concurrency = 32;
const server = await startChatServer(50, 10);
const project = await makeProject(server.url, items);
try {
  const args = ["run", "-m", "mine/exact", "--out", "r.jsonl", "--reporter", "silent"];
  const ended = await baimo(project.folder, [...args, "--concurrency", String(concurrency)]);
  if (ended.code !== 0) throw new Error(ended.stderr);
  const served = new Map((await server.log()).map((entry) => [entry.prompt, entry]));
  const lines = await readRun(join(project.folder, "r.jsonl"));
  const prompts = new Map(
    lines.flatMap((line) => (line.kind === "item" ? [[line.item, line.asks[0]?.turns[0]]] : [])),
  );
  const answers = lines.filter((line): line is AnswerLine => line.kind === "answer");
  const errors = answers.map(({ item, turns }) => {
    const entry = served.get(prompts.get(item) ?? "");
    const measured = turns[0]?.timing?.first_token_ms ?? Number.NaN;
    return measured - ((entry?.first ?? Number.NaN) - (entry?.received ?? Number.NaN));
  });
  const sorted = errors.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  console.log(
    JSON.stringify({
      items: answers.length,
      concurrency,
      ttft_error_ms: { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) },
    }),
  );
} finally {
  await Promise.all([server.close(), project.remove()]);
}
