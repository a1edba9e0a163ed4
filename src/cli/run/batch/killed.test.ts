import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, expect, inject, test } from "vitest";

import type { AnswerLine, RunFileLine } from "../../../domain/run-file/lines.ts";
import type { FaultScriptInput } from "../../../simulator/faults/script.ts";

import { type Simulator, startSimulator } from "../../../simulator/server/server.ts";
import { readRun } from "../../../store/runs/reader.ts";
import { baimo, baimoHere, makeProject, startBaimo } from "../../testing/process.ts";

const items = inject("matrix") ? 1_000 : 30;
/** What nobody kills need not be a process of its own. */
const ask = inject("matrix") ? baimo : baimoHere;

let sims: Simulator[] = [];
let removes: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all([...sims.map((sim) => sim.close()), ...removes.map((remove) => remove())]);
  sims = [];
  removes = [];
});

/** A folder with a suite, and a simulator that knows it and outlives every process that asks it. */
async function rig(rules: NonNullable<FaultScriptInput["rules"]> = []) {
  const { folder, remove } = await makeProject("http://127.0.0.1:9", items);
  const config = "schema: baimo/1\nsuites: [sums.yaml]\ntargets: [sim/baicao]\n";
  await writeFile(join(folder, "baimo.yaml"), config);
  const sim = await startSimulator({
    suites: [join(folder, "sums.yaml")],
    unknown_models: "imitate",
    script: { schema: "faults/1", rules },
  });
  sims.push(sim);
  removes.push(remove);
  const env = {
    BAIMO_SIM_URL: sim.url,
    ANTHROPIC_BASE_URL: `${sim.url}/via/anthropic`,
    ANTHROPIC_API_KEY: "sim-key",
  };
  return { folder, sim, env };
}

const quiet = ["--reporter", "silent"];
const textOf = (file: string): Promise<string> => readFile(file, "utf8").catch(() => "");
const answersIn = (lines: readonly RunFileLine[]): readonly AnswerLine[] =>
  lines.filter((line) => line.kind === "answer");
const verdictsIn = (lines: readonly RunFileLine[]) =>
  Object.fromEntries(
    lines.flatMap((line) => (line.kind === "score" ? [[line.key, line.verdict]] : [])),
  );
const repliesIn = (lines: readonly RunFileLine[]) =>
  Object.fromEntries(answersIn(lines).map(({ key, turns }) => [key, turns[0]?.text]));
const costOf = (lines: readonly RunFileLine[]): number =>
  answersIn(lines).reduce(
    (sum, { turns }) => sum + turns.reduce((all, { cost }) => all + (cost?.amount ?? 0), 0),
    0,
  );

test(`${items} items in a batch, killed three times: each is paid once, at half the price, with the results of a direct run`, async () => {
  const { folder, sim, env } = await rig();
  const file = join(folder, "b.jsonl");
  const args = ["run", "--batch", "--out", "b.jsonl", ...quiet];
  for (const mark of ['"state":"prepared"', '"state":"created"', '"kind":"answer"']) {
    const { child, ended } = startBaimo(folder, args, env);
    while (!(await textOf(file)).includes(mark) && child.exitCode === null) {
      await new Promise((done) => setTimeout(done, 2));
    }
    child.kill("SIGKILL");
    await ended;
  }
  const last = await ask(folder, args, env);
  expect(last.code, last.stderr).toBe(0);
  expect(sim.stats().requests).toBe(items);
  expect(new Set(Object.values(sim.stats().items))).toEqual(new Set([1]));

  const lines = await readRun(file);
  const answers = answersIn(lines);
  expect(new Set(answers.map(({ key }) => key)).size).toBe(items);
  expect(answers).toHaveLength(items);
  expect(answers.every(({ turns }) => turns[0]?.timing === null)).toBe(true);
  expect(answers.every(({ turns }) => turns[0]?.batch?.startsWith("batch_"))).toBe(true);

  const direct = await ask(folder, ["run", "--out", "d.jsonl", ...quiet], env);
  expect(direct.code, direct.stderr).toBe(0);
  const own = await readRun(join(folder, "d.jsonl"));
  expect(repliesIn(lines)).toEqual(repliesIn(own));
  expect(verdictsIn(lines)).toEqual(verdictsIn(own));
  expect(costOf(lines)).toBeCloseTo(costOf(own) / 2, 12);
  expect(costOf(lines)).toBeGreaterThan(0);

  const board = await ask(folder, ["leaderboard", "b.jsonl"]);
  expect(board.stdout).toContain(`${items} 次作答来自批量接口`);
});

test.each([
  ["sim/baicao", "uploaded"],
  ["anthropic/claude-sonnet-4-5", "prepared"],
])(
  "%s: a batch that was handed in before its id was written is found again",
  async (target, before) => {
    const { folder, sim, env } = await rig();
    const file = join(folder, "b.jsonl");
    const args = ["run", "--batch", "-m", target, "--out", "b.jsonl", ...quiet];
    const first = await ask(folder, args, env);
    expect(first.code, first.stderr).toBe(0);
    const whole = await readRun(file);
    const cut = (await textOf(file)).split("\n");
    const at = cut.findIndex((line) => line.includes(`"state":"${before}"`));
    await writeFile(file, `${cut.slice(0, at + 1).join("\n")}\n`);

    const second = await ask(folder, args, env);
    expect(second.code, second.stderr).toBe(0);
    expect(sim.stats().requests).toBe(items);
    expect(repliesIn(await readRun(file))).toEqual(repliesIn(whole));
  },
);

test("what a batch did not answer is asked one by one, at the full price and with a time", async () => {
  const fault = { fault: "status", status: 500 } as const;
  const { folder, sim, env } = await rig([{ item: "sums/add/a3", attempts: 1, do: fault }]);
  const log = await ask(folder, ["run", "--batch", "--out", "b.jsonl", "--reporter", "log"], env);
  expect(log.code, log.stderr).toBe(0);
  expect(log.stdout + log.stderr).toContain("1 条没有答案，改为逐条提问（原价）：server");
  const lines = await readRun(join(folder, "b.jsonl"));
  const done = lines.find((line) => line.kind === "batch" && line.state === "done");
  expect(done).toMatchObject({ left: [{ key: "sums/add/a3#1@sim/baicao" }] });
  const timed = answersIn(lines).filter(({ turns }) => turns[0]?.timing !== null);
  expect(timed.map(({ item }) => item)).toEqual(["sums/add/a3"]);
  expect(timed[0]?.turns[0]?.batch).toBeUndefined();
  expect(sim.stats().requests).toBe(items + 1);
});

test("targets without a batch interface are refused by name, where no other has one", async () => {
  const { folder, env } = await rig();
  const args = ["run", "--batch", "-m", "deepseek/deepseek-chat", "--via-sim", "--force", ...quiet];
  const { code, stderr } = await ask(folder, args, env);
  expect(code).toBe(2);
  expect(stderr).toContain("deepseek/deepseek-chat 没有批量接口");
});
