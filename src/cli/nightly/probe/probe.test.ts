import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { TickLine } from "../../../domain/nights/ticks.ts";

import { beijingDay } from "../../../report/nightly/record.ts";
import { imitation } from "../../../simulator/models.ts";
import { startSimulator } from "../../../simulator/server/server.ts";
import { keepTick, packTicks, readTicks } from "../../../store/nights/tick-files.ts";
import { inProcess } from "../../testing/process.ts";

let folder = "";
let history = "";
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "baimo-probe-"));
  history = join(folder, "results", "nightly", "b");
  await mkdir(join(folder, "suites", "boards"), { recursive: true });
  await writeFile(
    join(folder, "suites", "boards", "b.yaml"),
    "schema: board/1\nid: b\nmembers: [{suite: s}]\n",
  );
  const task = (at: number): string => {
    const items = [1, 2, 3].map(
      (n) => `{id: a${n}, question: "${at} 加 ${n} 等于多少？", answer: ${at + n}}`,
    );
    return `{id: t${at}, dimension: [数学], prompt: "{{question}}", grader: {use: numeric}, items: [${items.join(", ")}]}`;
  };
  const tasks = [1, 2, 3, 4, 5].map(task);
  await writeFile(
    join(folder, "suites", "s.yaml"),
    `schema: suite/1\nid: s\ntasks: [${tasks.join(", ")}]\n`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function probing(args: readonly string[]) {
  const asked: string[] = [];
  const simulator = await startSimulator({
    suites: [join(folder, "suites", "s.yaml")],
    models: [{ ...imitation("steady"), silent: 0 }],
    speed: 500,
    onRequest: (request) => asked.push(JSON.stringify(request)),
  });
  try {
    const env = { LANG: "zh_CN.UTF-8", BAIMO_SIM_URL: simulator.url };
    const given = ["nightly", "--board", "b", "-m", "sim/steady", ...args];
    return { ...(await inProcess(folder, given, { env })), asked: asked.length };
  } finally {
    await simulator.close();
  }
}

test("one tick asks three fixed items once each, and the morning page tells what was seen", async () => {
  const first = await probing(["--probe", "--once"]);
  expect([first.code, first.asked]).toEqual([0, 3]);
  expect(first.stdout).toMatch(/^\d\d:\d\d sim\/steady [\d.]+ 秒\n$/);
  await probing(["--probe", "--once"]);
  const ticks = await readTicks(history, "2020-01-01");
  expect(ticks.map(({ ref, asked }) => [ref, asked])).toEqual([
    ["sim/steady", 3],
    ["sim/steady", 3],
  ]);
  // Of a run nothing else is left.
  expect(readdirSync(history)).toEqual(["probe"]);

  const night = await probing(["--publish", "public"]);
  expect(night.stdout).toContain("sim/steady：全天探测 6 次，0% 没有回答");
});

test("a day's budget is kept over restarts, and said once it is spent", async () => {
  const config =
    "schema: baimo/1\nnightly: {probe: {every: 20m, items: 2, max_cost: {amount: 1, currency: CNY}}}\n";
  await writeFile(join(folder, "baimo.yaml"), config);
  const now = new Date().toISOString();
  const day = beijingDay(now);
  await keepTick(history, [tick(now, { cost: { CNY: 1, USD: 0, unknown: 0 } })], {
    day,
    begun: now,
  });
  const spent = await probing(["--probe", "--once"]);
  expect([spent.code, spent.asked]).toEqual([0, 0]);
  expect(spent.stderr).toContain(`${day} 的探测预算`);
});

test("--once goes with --probe alone", async () => {
  expect((await probing(["--once"])).code).toBe(2);
});

const tick = (when: string, more: Partial<TickLine> = {}): TickLine => ({
  kind: "tick",
  schema: "nights/1",
  when,
  ref: "sim/steady",
  asked: 3,
  failures: {},
  empty: 0,
  n: 3,
  sum: 3,
  first_token_ms: 300,
  total_ms: 1_500,
  cost: { CNY: 0.01, USD: 0, unknown: 0 },
  ...more,
});

test("a year of ticks of 31 targets stays small, and a line that was cut off is left out", async () => {
  const start = Date.UTC(2026, 10, 1, 16);
  const random = (at: number): number => (Math.imul(at, 2_654_435_761) >>> 0) / 2 ** 32;
  for (let at = 0; at < 72; at++) {
    const when = new Date(start + at * 1_200_000).toISOString();
    const lines = Array.from({ length: 31 }, (_, target) =>
      tick(when, {
        ref: `vendor${target % 6}/model-${target}`,
        first_token_ms: 200 + 500 * random(at * 31 + target),
        total_ms: 900 + 3_000 * random(at * 31 + target + 7),
      }),
    );
    await keepTick(history, lines, { day: "2026-11-02", begun: "2026-11-01T16:00:00.000Z" });
  }
  await packTicks(history, "2026-11-02");
  const [open = ""] = readdirSync(join(history, "probe"));
  await appendFile(join(history, "probe", open), '{"kind":"tick","when":"2026-11-02T');
  expect(await readTicks(history, "2026-11-02")).toHaveLength(72 * 31);
  await packTicks(history, "2026-11-03");
  const names = readdirSync(join(history, "probe"));
  expect(names).toEqual(["2026-11-02-20261101T160000000Z.probe.zst"]);
  expect(await readTicks(history, "2026-11-02")).toHaveLength(72 * 31);
  expect(await readTicks(history, "2026-11-03")).toEqual([]);
  const { size } = statSync(join(history, "probe", names[0] ?? ""));
  // Beside the records of nights, which take 80 kB each.
  expect(size).toBeLessThan(60_000);
});
