import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { expect, inject, test } from "vitest";

import type { AnswerLine, RunFileLine, ScoreLine } from "../../domain/run-file/lines.ts";

import { readRun } from "../../store/runs/reader.ts";
import { baimo, baimoHere, makeProject, startBaimo, startChatServer } from "../testing/process.ts";

const [kills, items] = inject("matrix") ? [20, 120] : [2, 24];
/** What nobody kills need not be a process of its own. */
const ask = inject("matrix") ? baimo : baimoHere;

test(`killed ${kills} times, it finishes, asks nothing finished again and scores the same`, async () => {
  const slow = await startChatServer(40, 10);
  const { folder, remove } = await makeProject(slow.url, items);
  const file = join(folder, "k.jsonl");
  const args = ["run", "--out", "k.jsonl", "--concurrency", "2", "--reporter", "silent"];
  const kept = new Map<string, number>();
  for (let kill = 0; kill < kills; kill += 1) {
    const { child, ended } = startBaimo(folder, args);
    const grown = (await sizeOf(file)) + 200 + ((kill * 7919) % 2500);
    while ((await sizeOf(file)) < grown && child.exitCode === null) await tick();
    child.kill("SIGKILL");
    await ended;
    for (const [key, count] of await answerCounts(file)) kept.set(key, count);
    expect([...kept.values()].every((count) => count === 1)).toBe(true);
  }
  const last = await ask(folder, args);
  expect(last.code).toBe(0);
  const lines = await readRun(file);
  expect([...(await answerCounts(file)).values()]).toEqual(Array(2 * items).fill(1));
  expect(scoresOf(lines)).toHaveLength(2 * items);
  // At each kill at most the two lanes' two requests were under way, and one had started in the place of one not yet written.
  expect((await slow.log()).length).toBeLessThanOrEqual(2 * items + kills * 6);
  await ask(folder, ["run", "--out", "whole.jsonl", "--reporter", "silent"]);
  expect(verdicts(lines)).toEqual(verdicts(await readRun(join(folder, "whole.jsonl"))));
  await Promise.all([remove(), slow.close()]);
});

const tick = () => new Promise((done) => setTimeout(done, 5));
const sizeOf = async (file: string): Promise<number> =>
  (await stat(file).catch(() => ({ size: 0 }))).size;

async function answerCounts(file: string): Promise<ReadonlyMap<string, number>> {
  const text = await readFile(file, "utf8").catch(() => "");
  const counts = new Map<string, number>();
  for (const line of text.split("\n").slice(0, -1)) {
    const { kind, key } = JSON.parse(line) as Partial<AnswerLine>;
    if (kind === "answer") counts.set(key ?? "", (counts.get(key ?? "") ?? 0) + 1);
  }
  return counts;
}

const scoresOf = (lines: readonly RunFileLine[]): readonly ScoreLine[] =>
  lines.filter((line) => line.kind === "score");

const verdicts = (lines: readonly RunFileLine[]) =>
  Object.fromEntries(
    scoresOf(lines).map(({ key, verdict, value }) => [key, `${verdict} ${value}`]),
  );
