import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { RunLine } from "../../domain/run-file/header.ts";
import type { AnswerLine, ItemLine, RunFileLine } from "../../domain/run-file/lines.ts";
import type { SimulatedModel } from "../../simulator/models.ts";

import { imitation } from "../../simulator/models.ts";
import { startSimulator } from "../../simulator/server/server.ts";
import { readRun } from "../../store/runs/reader.ts";
import { inLargePieces } from "../testing/fast-simulator.ts";
import { baimoHere, inProcess, startBaimo } from "../testing/process.ts";

const anchors = 24;
const perNight = 3 * (anchors + 6);

let folder = "";
let history = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-nightly-"));
  history = join(folder, "results", "nightly", "b");
  await mkdir(join(folder, "suites", "boards"), { recursive: true });
  await writeFile(join(folder, "suites", "boards", "b.yaml"), board);
  await writeFile(join(folder, "suites", "fixed.yaml"), fixed);
  await writeFile(join(folder, "suites", "drawn.yaml"), drawn);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const board = "schema: board/1\nid: b\nmembers: [{suite: fixed}, {suite: drawn}]\n";
const fixed = [
  "schema: suite/1",
  "id: fixed",
  "tasks:",
  "  - id: sums",
  "    dimension: [数学, 加法]",
  '    prompt: "{{question}}请在最后一行用“答案：数字”给出结果。"',
  "    grader: {use: numeric}",
  "    items:",
  ...Array.from(
    { length: anchors },
    (_, index) =>
      `      - {id: a${index}, question: "${index} 加 ${index * 3} 等于多少？", answer: ${index * 4}}`,
  ),
  "",
].join("\n");
const drawn = [
  "schema: suite/1",
  "id: drawn",
  "tasks:",
  "  - id: words",
  "    dimension: [数学, 应用题]",
  '    prompt: "{{question}}请在最后一行用“答案：数字”给出结果。"',
  "    grader: {use: numeric}",
  "    items: {generate: word-problem, n: 6, seed: 1}",
  "",
].join("\n");

type Night = {
  /** Of the fresh items. */
  readonly seed: number;
  /** Probability of a right answer, by the number of the request of this night. */
  readonly skill?: (request: number) => number;
  readonly args?: readonly string[];
};

/** One night of the whole command, at a simulator of its own whose model may change under way. */
async function night({ seed, skill = () => 0.85, args = [] }: Night) {
  let requests = 0;
  const model: SimulatedModel = {
    ...inLargePieces(imitation("changing")),
    silent: 0,
    get skill() {
      return { default: skill(requests) };
    },
  };
  const simulator = await startSimulator({
    suites: ["fixed", "drawn"].map((name) => join(folder, "suites", `${name}.yaml`)),
    reseed: 20260000 + seed,
    models: [model],
    speed: 500,
    onRequest: () => (requests += 1),
  });
  const given = [
    "nightly",
    "--board",
    "b",
    "-m",
    "sim/changing",
    "--seed",
    String(20260000 + seed),
  ];
  try {
    const env = { LANG: "zh_CN.UTF-8", BAIMO_SIM_URL: simulator.url };
    const ended = await inProcess(folder, [...given, ...args], { env });
    return { ...ended, first: ended.stdout.split("\n")[0] ?? "", requests };
  } finally {
    await simulator.close();
  }
}

const runs = (): readonly string[] =>
  readdirSync(history)
    .filter((name) => name.includes(".jsonl"))
    .toSorted();
const readNewest = async (): Promise<readonly RunFileLine[]> =>
  readRun(join(history, runs().findLast((name) => !name.includes("recheck")) ?? ""));
const itemsOf = (lines: readonly RunFileLine[], suite: string): readonly ItemLine[] =>
  lines.filter((line) => line.kind === "item").filter((line) => line.suite === suite);

const prompts = (lines: readonly RunFileLine[], suite: string): readonly string[] =>
  itemsOf(lines, suite)
    .map(({ asks }) => asks[0]?.turns[0] ?? "")
    .toSorted();

test("nights of a model that stays, flukes once, and then changes; each with new items", async () => {
  const nights: (readonly RunFileLine[])[] = [];
  for (let seed = 1; seed <= 4; seed += 1) {
    const { code, first, requests } = await night({ seed });
    expect([code, requests]).toEqual([0, perNight]);
    expect(first).toBe(seed < 4 ? "昨夜：1 个目标，1 历史不足" : "昨夜：1 个目标，1 无变化");
    nights.push(await readNewest());
  }
  const [one = [], two = []] = nights;
  expect((one[0] as RunLine).suites.find(({ id }) => id === "drawn")?.seeds).toEqual({
    "word-problem": 20260001,
  });
  expect(prompts(two, "drawn")).not.toEqual(prompts(one, "drawn"));
  expect(prompts(two, "fixed")).toEqual(prompts(one, "fixed"));
  const compared = await inProcess(history, ["compare", ...runs().slice(0, 2)]);
  expect(compared.stdout).toContain("同一生成器、不同种子（drawn）：按不配对比较");

  // The first measurement is worse throughout and the second is not; the items are those of night 1 again.
  const fluke = await night({ seed: 1, skill: (request) => (request < perNight ? 0.4 : 0.85) });
  expect(fluke.stderr).toContain("看起来有变化，先复测：sim/changing");
  expect(fluke.requests).toBe(2 * perNight);
  expect([fluke.code, fluke.first]).toEqual([0, "昨夜：1 个目标，1 无变化"]);
  expect(prompts(await readNewest(), "drawn")).toEqual(prompts(one, "drawn"));

  const changed = await night({ seed: 6, skill: () => 0.4, args: ["--publish", "public"] });
  expect(changed.requests).toBe(2 * perNight);
  expect([changed.code, changed.first]).toEqual([1, "昨夜：1 个目标，1 下降"]);
  expect(runs().filter((name) => name.includes("recheck"))).toHaveLength(2);
  const published: unknown = JSON.parse(await readFile(join(folder, "public", "b.json"), "utf8"));
  expect(published).toMatchObject({
    seed: 20260006,
    targets: [{ judgement: "down", tonight: { measured_twice: true, simulated: true } }],
  });
});

test("the commands that a night names at its end find its file, also by the name that it had", async () => {
  const { code, stderr } = await night({ seed: 1 });
  expect(code).toBe(0);
  const [packed = ""] = runs();
  const [report] = / report (\S+)/.exec(stderr)?.slice(1) ?? [];
  expect(report).toBe(join("results", "nightly", "b", packed));
  const plain = join(history, packed.replace(/\.zst$/, ""));
  for (const args of [
    ["report", plain],
    ["leaderboard", plain],
    ["report", report ?? ""],
  ]) {
    const ended = await inProcess(folder, args);
    expect([ended.code, ended.stderr], args.join(" ")).toEqual([0, ""]);
  }
  expect(readdirSync(history).filter((name) => name.endsWith(".html"))).toEqual([
    packed.replace(/\.jsonl\.zst$/, ".html"),
  ]);
});

test("the day is the seed; what is no day is refused", async () => {
  const wrong = await inProcess(folder, ["nightly", "--board", "b", "--date", "2026-02-30"]);
  expect([wrong.code, wrong.stdout]).toEqual([2, ""]);
  expect(wrong.stderr).toContain("2026-11-22");
  const args = ["nightly", "--board", "b", "-m", "baseline/random", "--date", "2026-03-09"];
  await inProcess(folder, args);
  const [header] = (await readNewest()) as [RunLine];
  expect(header.settings.reseed).toBe(20260309);
});

test("130: an interrupted night is not judged, and the same night goes on in its file", async () => {
  const simulator = await startSimulator({
    suites: [join(folder, "suites", "fixed.yaml"), join(folder, "suites", "drawn.yaml")],
    reseed: 7,
    models: [imitation("changing")],
    speed: 40,
  });
  const env = { BAIMO_SIM_URL: simulator.url };
  const args = [
    "nightly",
    "--board",
    "b",
    "-m",
    "sim/changing",
    "--seed",
    "7",
    "--concurrency",
    "2",
  ];
  const { child, ended } = startBaimo(folder, args, env);
  const size = async (): Promise<number> =>
    (await stat(join(history, runs()[0] ?? "none")).catch(() => ({ size: 0 }))).size;
  // A program that ends before that fails the test here, not by its time limit.
  const isYoung = async (): Promise<boolean> =>
    (await stat(history).catch(() => null)) === null || (await size()) < 20_000;
  while (child.exitCode === null && (await isYoung())) {
    await new Promise((done) => setTimeout(done, 5));
  }
  child.kill("SIGINT");
  const { code, stdout } = await ended;
  expect([code, stdout]).toEqual([130, ""]);
  const answered = (lines: readonly RunFileLine[]): readonly AnswerLine[] =>
    lines.filter((line) => line.kind === "answer");
  const before = answered(await readNewest()).length;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(perNight);
  const again = await baimoHere(folder, args, env);
  expect(again.code).toBe(0);
  expect(again.stdout.split("\n")[0]).toBe("昨夜：1 个目标，1 历史不足");
  expect(runs()).toHaveLength(1);
  expect(answered(await readNewest())).toHaveLength(perNight);
  expect(simulator.stats().requests).toBeLessThanOrEqual(perNight + 2);
  await simulator.close();
});
