import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, inject, test } from "vitest";

import type { AnswerLine, RunFileLine, StepLine } from "../../domain/run-file/lines.ts";
import type { RequestEntry } from "../../simulator/server/stats.ts";

import { startSimulator } from "../../simulator/server/server.ts";
import { readRun } from "../../store/runs/reader.ts";
import { baimo, baimoHere, startBaimo } from "../testing/process.ts";

const [kills, items] = inject("matrix") ? [20, 24] : [2, 4];
/** What nobody kills need not be a process of its own. */
const ask = inject("matrix") ? baimo : baimoHere;
/** Two targets, two requests at once to each. */
const inFlight = 4;

const suite = `schema: suite/1
id: office
defaults: {params: {max_tokens: 2000}}
tasks:
  - id: expenses
    dimension: [智能体]
    grader: {use: goal}
    max_steps: 40
    items: {generate: expenses, n: ${items}, seed: 11, with: {level: 4}}
`;

test(`killed ${kills} times amid conversations, it pays for no step twice and scores the same`, async () => {
  const folder = await mkdtemp(join(tmpdir(), "baimo-agents-"));
  await writeFile(join(folder, "office.yaml"), suite);
  const requests: RequestEntry[] = [];
  const simulator = await startSimulator({
    suites: [join(folder, "office.yaml")],
    speed: 20,
    onRequest: (entry) => requests.push(entry),
  });
  const env = { BAIMO_SIM_URL: simulator.url };
  const args = (out: string): readonly string[] =>
    `run office.yaml -m sim/yuanshan -m sim/xiliu --out ${out} --concurrency 2 --reporter silent`.split(
      " ",
    );
  const file = join(folder, "k.jsonl");
  let amid = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const before = await callsIn(file);
    const from = requests.length;
    const { child, ended } = startBaimo(folder, args("k.jsonl"), env);
    const grown = (await sizeOf(file)) + 200 + ((kill * 7919 + 5_000) % 23_000);
    while ((await sizeOf(file)) < grown && child.exitCode === null) await tick();
    expect(child.exitCode).toBeNull();
    child.kill("SIGKILL");
    await ended;
    await expect.poll(() => simulator.stats().in_flight).toBe(0);
    const after = await callsIn(file);
    const session = requests.slice(from).map(callOf);
    // Nothing that stood in the file was asked again, and each that was asked is in it now, or was under way.
    expect(session.filter((call) => before.has(call))).toEqual([]);
    expect(session.filter((call) => !after.has(call)).length).toBeLessThanOrEqual(inFlight);
    expect(after.size - before.size).toBeLessThanOrEqual(session.length);
    if ((await begunIn(file)) > 0) amid += 1;
  }
  expect(amid).toBeGreaterThan(kills / 2);
  const before = await callsIn(file);
  const from = requests.length;
  expect((await ask(folder, args("k.jsonl"), env)).code).toBe(0);
  const after = await callsIn(file);
  const last = requests.slice(from).map(callOf);
  expect(last.toSorted()).toEqual([...after].filter((call) => !before.has(call)).toSorted());
  const lost = requests.length - after.size;
  expect(lost).toBeLessThanOrEqual(kills * inFlight);
  await ask(folder, args("whole.jsonl"), env);
  const [killed, whole] = [await readRun(file), await readRun(join(folder, "whole.jsonl"))];
  expect(whole.filter(({ kind }) => kind === "answer")).toHaveLength(2 * items);
  expect(outcomes(killed)).toEqual(outcomes(whole));
  await simulator.close();
  await rm(folder, { recursive: true });
});

const tick = () => new Promise((done) => setTimeout(done, 5));
const sizeOf = async (path: string): Promise<number> =>
  (await stat(path).catch(() => ({ size: 0 }))).size;

/** `model item step` of a request: what its conversation holds already says which step it is. */
function callOf({ model, item, body }: RequestEntry): string {
  const { messages } = JSON.parse(body) as { readonly messages: readonly { role: string }[] };
  return `${model} ${item} ${messages.filter(({ role }) => role === "assistant").length + 1}`;
}

/** The same of the calls that a run file holds, complete lines only. */
async function callsIn(path: string): Promise<ReadonlySet<string>> {
  const calls = new Set<string>();
  for (const line of await linesOf(path)) {
    const { target, item } = line;
    const steps = line.kind === "step" ? [line.step] : line.turns.map((_, turn) => turn + 1);
    for (const step of steps) calls.add(`${target.replace("sim/", "")} ${item} ${step}`);
  }
  return calls;
}

/** How many conversations wait to go on. */
async function begunIn(path: string): Promise<number> {
  const lines = await linesOf(path);
  const keys = (kind: string) => lines.filter((line) => line.kind === kind).map(({ key }) => key);
  const answered = new Set(keys("answer"));
  return new Set(keys("step").filter((key) => !answered.has(key))).size;
}

async function linesOf(path: string): Promise<readonly (AnswerLine | StepLine)[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as RunFileLine)
    .filter((line) => line.kind === "answer" || line.kind === "step");
}

/** What each answer came to: its calls, their results, and the verdict. */
const outcomes = (lines: readonly RunFileLine[]) => ({
  trajectories: Object.fromEntries(
    lines.flatMap((line) =>
      line.kind === "answer"
        ? [[line.key, line.turns.map(({ tool_calls, results }) => ({ tool_calls, results }))]]
        : [],
    ),
  ),
  verdicts: Object.fromEntries(
    lines.flatMap((line) =>
      line.kind === "score" ? [[line.key, [line.verdict, line.value]]] : [],
    ),
  ),
});
