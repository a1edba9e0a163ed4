import { readFile, writeFile } from "node:fs/promises";

import { expect, test } from "vitest";

import type { AnswerLine, RunFileLine } from "../../domain/run-file/lines.ts";

import { makeRig, type Rig, type RigOptions } from "../../cli/testing/rig.ts";

const suiteOf = (items: number, maxSteps: number): string => `schema: suite/1
id: office
tasks:
  - id: expenses
    dimension: [智能体]
    grader: {use: goal}
    max_steps: ${maxSteps}
    items: {generate: expenses, n: ${items}, seed: 3, with: {level: 4}}
`;

const agents = (options: RigOptions = {}): Promise<Rig> =>
  makeRig({
    suite: suiteOf(6, 40),
    models: ["yuanshan"],
    params: { max_tokens: 2_000 },
    ...options,
  });

const answersOf = (lines: readonly RunFileLine[]): readonly AnswerLine[] =>
  lines.filter((line) => line.kind === "answer");

/** The calls of each answer and what they gave, by key; of several answers the last. */
const trajectories = (lines: readonly RunFileLine[]) =>
  Object.fromEntries(
    answersOf(lines).map(({ key, turns }) => [
      key,
      turns.map(({ tool_calls, results }) => ({ tool_calls, results })),
    ]),
  );

const callsOf = (lines: readonly RunFileLine[]): number =>
  Object.values(trajectories(lines)).flat().length;

/** What a run without trouble leaves. */
let whole: Promise<readonly RunFileLine[]> | undefined;
const undisturbed = (): Promise<readonly RunFileLine[]> => (whole ??= runUndisturbed());

async function runUndisturbed(): Promise<readonly RunFileLine[]> {
  const rig = await agents();
  try {
    await rig.run();
    expect(rig.simulator.stats().requests).toBe(callsOf(await rig.lines()));
    return await rig.lines();
  } finally {
    await rig.close();
  }
}

test("a run that is aborted amid conversations goes on from their last steps", async () => {
  const rig = await agents({ settings: { concurrency: 3 } });
  for (const most of [2, 5, 9, 14]) {
    const abort = new AbortController();
    let steps = 0;
    const end = await rig.run({
      signal: abort.signal,
      stopping: abort.signal,
      observe: (event) => {
        if (event.kind === "step" && (steps += 1) === most) abort.abort();
      },
    });
    expect(end.status).toBe("interrupted");
  }
  expect((await rig.run()).status).toBe("complete");
  const lines = await rig.lines();
  const asked = rig.simulator.stats().requests;
  expect(trajectories(lines)).toEqual(trajectories(await undisturbed()));
  // Of each session at most what was under way is lost.
  expect(asked).toBeGreaterThanOrEqual(callsOf(lines));
  expect(asked).toBeLessThanOrEqual(callsOf(lines) + 4 * 3);
  const steps = lines.flatMap((line) => (line.kind === "step" ? [`${line.key} ${line.step}`] : []));
  expect(new Set(steps).size).toBe(steps.length);
  await rig.close();
});

test("a conversation that failed goes on where it failed, once failures are tried again", async () => {
  const script = {
    schema: "faults/1" as const,
    rules: [{ attempts: 1, share: 0.2, do: [{ fault: "status" as const, status: 500 }] }],
  };
  const rig = await agents({ script, settings: { attempts: 1, concurrency: 2 } });
  let end = await rig.run();
  expect(end.failed).toBeGreaterThan(1);
  for (let again = 0; again < 30 && end.failed > 0; again += 1) {
    end = await rig.run({ retryFailed: true });
  }
  expect(end.failed).toBe(0);
  const lines = await rig.lines();
  expect(trajectories(lines)).toEqual(trajectories(await undisturbed()));
  const { statuses, requests } = rig.simulator.stats();
  expect(requests - (statuses["500"] ?? 0)).toBe(callsOf(lines));
  await rig.close();
});

test("where the environment would answer otherwise now, the conversation begins anew", async () => {
  const rig = await agents({ settings: { concurrency: 1 } });
  const abort = new AbortController();
  let steps = 0;
  await rig.run({
    signal: abort.signal,
    stopping: abort.signal,
    observe: (event) => {
      if (event.kind === "step" && (steps += 1) === 3) abort.abort();
    },
  });
  const text = await readFile(rig.file, "utf8");
  await writeFile(
    rig.file,
    text.replace(/"content":"\{\\"receipts\\":\[/, (found) => `${found}\\"R0\\",`),
  );
  expect(await readFile(rig.file, "utf8")).not.toBe(text);
  expect((await rig.run()).status).toBe("complete");
  const lines = await rig.lines();
  expect(trajectories(lines)).toEqual(trajectories(await undisturbed()));
  const paid = lines.filter(({ kind }) => kind === "step").length + answersOf(lines).length;
  expect(paid).toBe(callsOf(lines) + 3);
  await rig.close();
});

/** What the vendor counted, over every call that stands in the file. */
const tokensOf = (lines: readonly RunFileLine[]): number =>
  answersOf(lines)
    .flatMap(({ turns }) => turns)
    .reduce((sum, { usage }) => sum + (usage.input ?? 0) + (usage.output ?? 0), 0);

/** Of a conversation with 14 requests at most, before anything is known of it; rather more than that. */
const mostOfOne = 110_000;
const bounded = { suite: suiteOf(20, 14), models: ["baicao"], params: { max_tokens: 300 } };

test("a budget counts every step of every conversation, and goes on counting in the next session", async () => {
  for (const max_tokens_total of [mostOfOne, 2 * mostOfOne]) {
    const rig = await agents({ ...bounded, settings: { max_tokens_total, concurrency: 2 } });
    expect((await rig.run()).status).toBe("budget");
    const spent = tokensOf(await rig.lines());
    expect(spent).toBeGreaterThan(max_tokens_total - mostOfOne);
    expect(spent).toBeLessThanOrEqual(max_tokens_total);
    // The same budget again has no room: what was spent is not forgotten.
    const { requests } = rig.simulator.stats();
    expect((await rig.run()).status).toBe("budget");
    expect(rig.simulator.stats().requests).toBe(requests);
    expect((await rig.run({ settings: { max_tokens_total: null } })).status).toBe("complete");
    expect(rig.simulator.stats().requests).toBe(callsOf(await rig.lines()));
    await rig.close();
  }
});

test("money is counted by the step too", async () => {
  const price = 10;
  const cost = (tokens: number): number => (tokens * price) / 1_000_000;
  const max_cost = { amount: 1.5 * cost(mostOfOne), currency: "CNY" as const };
  const rig = await agents({ ...bounded, price, settings: { max_cost, concurrency: 2 } });
  expect((await rig.run()).status).toBe("budget");
  const lines = await rig.lines();
  const paid = answersOf(lines)
    .flatMap(({ turns }) => turns)
    .reduce((sum, turn) => sum + (turn.cost?.amount ?? 0), 0);
  expect(paid).toBeCloseTo(cost(tokensOf(lines)), 9);
  expect(paid).toBeGreaterThan(max_cost.amount - cost(mostOfOne));
  expect(paid).toBeLessThanOrEqual(max_cost.amount);
  await rig.close();
});

/** Requests or tokens that may pass at once before a limit per minute holds them back. */
const burst = 4;

test("limits per minute hold every step back", async () => {
  const small = { ...bounded, suite: suiteOf(4, 14) };
  const perMs = (limit: number): number => limit / 60_000;
  const rpm = await agents({ ...small, limits: { rpm: 1_200 } });
  const { wall_ms } = await rpm.run();
  const calls = callsOf(await rpm.lines());
  expect(calls).toBeGreaterThan(6 * burst);
  expect(wall_ms).toBeGreaterThan((calls - burst) / perMs(1_200));
  await rpm.close();
  const tpm = await agents({ ...small, limits: { tpm: 1_200_000 } });
  const limited = await tpm.run();
  const lines = await tpm.lines();
  const tokens = tokensOf(lines);
  const most = tokens / callsOf(lines);
  expect(limited.wall_ms).toBeGreaterThan((tokens - 2 * burst * most) / perMs(1_200_000));
  await tpm.close();
});

test("every step takes a place of its lane", async () => {
  const rig = await agents({ settings: { concurrency: 2 } });
  const end = await rig.run();
  const calls = callsOf(await rig.lines());
  expect(end.lanes?.map(({ requests }) => requests)).toEqual([calls]);
  expect(rig.simulator.stats()).toMatchObject({ requests: calls, in_flight_max: 2 });
  await rig.close();
});
