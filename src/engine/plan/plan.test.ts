import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { Settings } from "../../domain/run-file/header.ts";
import type { SuiteFile } from "../../store/suites/suites.ts";

import { builtinFolder } from "../../store/builtin.ts";
import { resolveTargets } from "../../store/providers/targets.ts";
import { readSuite } from "../../store/suites/suites.ts";
import { makePlan, type Plan } from "./plan.ts";

const settings: Settings = {
  trials: 1,
  seed: 7,
  limit: null,
  filter: null,
  wordings: false,
  concurrency: null,
  attempts: 5,
  deadlines_ms: { connect: 1, first_byte: 1, idle: 1, total: 1 },
  params: {},
  max_cost: null,
  max_tokens_total: null,
  via_sim: false,
};

let folder: string;
let suite: SuiteFile;

const rows = (name: string, count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `${JSON.stringify({ id: `${name}${index}`, question: `${index}?`, answer: index, tags: [index % 3 === 0 ? "易" : "难"] })}\n`,
  ).join("");

const task = (id: string, dimension: string, extra = "") =>
  `  - {id: ${id}, dimension: ${dimension}, prompt: "{{question}}", grader: {use: numeric}, items: {from: ${id}.jsonl}${extra}}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-plan-"));
  await writeFile(join(folder, "a.jsonl"), rows("a", 120));
  await writeFile(join(folder, "b.jsonl"), rows("b", 30));
  await writeFile(
    join(folder, "s.yaml"),
    [
      "schema: suite/1",
      "id: s",
      "tasks:",
      task("a", "[数学, 加法]", ', wordings: {terse: "只答数字：{{question}}"}'),
      task("b", "[语言]"),
      "",
    ].join("\n"),
  );
  suite = await readSuite(join(folder, "s.yaml"));
});
afterAll(() => rm(folder, { recursive: true }));

async function planned(change: Partial<Settings>, suites = [suite]): Promise<Plan> {
  const targets = await resolveTargets(["baseline/first", "baseline/random"], {
    config: null,
    env: {},
    builtin: builtinFolder("providers"),
    now: new Date(),
  });
  return makePlan({ suites, targets, settings: { ...settings, ...change } });
}

async function itemsOf(change: Partial<Settings>): Promise<readonly string[]> {
  const plan = await planned(change);
  const lines = await Promise.all(
    Array.from({ length: plan.count }, async (_, place) => plan.item(place)),
  );
  await plan.close();
  return lines.map(({ item }) => item);
}

test("every item once, shuffled, reproducibly, and in another order with another seed", async () => {
  const order = await itemsOf({});
  expect(new Set(order).size).toBe(150);
  expect(await itemsOf({})).toEqual(order);
  const other = await itemsOf({ seed: 8 });
  expect(other).not.toEqual(order);
  expect(other.toSorted()).toEqual(order.toSorted());
  // A run that is cut short has sent some of everything.
  expect(order.slice(0, 50).filter((item) => item.startsWith("s/b/")).length).toBeGreaterThan(3);
});

test("a limit counts per task, and a larger one includes all items of a smaller one", async () => {
  const [few, more, most] = await Promise.all([5, 20, 60].map((limit) => itemsOf({ limit })));
  expect(few).toHaveLength(10);
  expect(more).toHaveLength(40);
  expect(most).toHaveLength(60 + 30);
  expect(few?.every((item) => more?.includes(item))).toBe(true);
  expect(more?.every((item) => most?.includes(item))).toBe(true);
});

test("rotations of the options are counted and sent like wordings, item by item", async () => {
  const circular = await readSuite(await circularSuite());
  const plan = await planned({ trials: 2, wordings: true }, [circular]);
  const lines = await Promise.all(
    Array.from({ length: plan.count }, async (_, place) => plan.item(place)),
  );
  await plan.close();
  const asked = Object.fromEntries(
    lines.map(({ item, asks }) => [item, asks.map(({ wording }) => wording)]),
  );
  expect(asked).toEqual({
    "c/t/three": [null, "terse", "rotate:1", "rotate:2"],
    "c/t/two": [null, "terse", "rotate:1"],
    "c/t/all": [null, "terse"],
  });
  expect(plan.size).toEqual({ items: 3, per_target: 18, answers: 36 });
});

async function circularSuite(): Promise<string> {
  const file = join(folder, "c.yaml");
  const text = `schema: suite/1
id: c
tasks:
  - id: t
    dimension: [语言]
    circular: true
    wordings: {terse: "{{question}} {{options}}"}
    grader: {use: choice}
    items:
      - {id: three, question: 哪个？, options: {A: 甲, B: 乙, C: 丙}, answer: C}
      - {id: two, question: 哪个？, options: {A: 甲, B: 乙}, answer: A}
      - {id: all, question: 哪个？, options: {A: 甲, B: 乙, C: 以上都对}, answer: C}
`;
  await writeFile(file, text);
  return file;
}

test.each([
  ["dimension=数学", 120],
  ["dimension=数学/* tag=易", 40],
  ["task=b", 30],
  ["suite=s id=a1*", 31],
  ["id=a0 id=b0", 2],
  ["tag=难 task=b", 20],
])("filter %s", async (filter, count) => {
  expect(await itemsOf({ filter })).toHaveLength(count);
});

test.each([
  ["dimension=英语", "selects no item"],
  ["colour=red", "should be name=glob"],
  ["tag", "should be name=glob"],
])("refused: %s", async (filter, reason) => {
  await expect(planned({ filter })).rejects.toThrow(reason);
});

test("sizes count items, wordings, trials and targets", async () => {
  const plan = await planned({ wordings: true, trials: 2 });
  expect(plan.size).toEqual({ items: 150, per_target: 2 * (150 + 120), answers: 4 * 270 });
  await plan.close();
});

test("the digest depends on what is sent, not on speed or budget", async () => {
  const digest = async (change: Partial<Settings>): Promise<string> => {
    const plan = await planned(change);
    await plan.close();
    return plan.digest;
  };
  const base = await digest({});
  expect(await digest({ concurrency: 3, attempts: 9, max_tokens_total: 5 })).toBe(base);
  const others = await Promise.all(
    [
      { seed: 8 },
      { trials: 2 },
      { limit: 3 },
      { filter: "tag=易" },
      { params: { top_p: 0.5 } },
    ].map(digest),
  );
  expect(new Set([base, ...others]).size).toBe(6);
});

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");
/** What is still held once garbage is gone. */
const heldBytes = (): number => {
  if (typeof collect === "function") Reflect.apply(collect, undefined, []);
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
};

test("300,000 rows: planned and read at any index without holding them in memory", async () => {
  const rowCount = 300_000;
  const line = (index: number) => `{"id":"r${index}","question":"${index}?","answer":${index}}\n`;
  const chunks: string[] = [];
  for (let index = 0; index < rowCount; index += 1) chunks.push(line(index));
  await writeFile(join(folder, "big.jsonl"), chunks.splice(0).join(""));
  await writeFile(
    join(folder, "big.yaml"),
    ["schema: suite/1", "id: big", "tasks:", task("big", "[数学]"), ""].join("\n"),
  );
  const big = await readSuite(join(folder, "big.yaml"));
  const before = heldBytes();
  const plan = await planned({}, [big]);
  const held = heldBytes() - before;
  expect(plan.count).toBe(rowCount);
  // Held as items they would take several times as much.
  expect(held).toBeLessThan(40e6);
  const seen = new Set<string>();
  for (let place = 0; place < rowCount; place += 10_007) seen.add((await plan.item(place)).item);
  expect(seen.size).toBe(30);
  await plan.close();
});
