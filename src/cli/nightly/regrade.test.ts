import { readdirSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { readHistory } from "../../report/nightly/history.ts";
import { judgeHistory } from "../../report/nightly/nightly.ts";
import { imitation } from "../../simulator/models.ts";
import { startSimulator } from "../../simulator/server/server.ts";
import { readRun } from "../../store/runs/reader.ts";
import { inLargePieces } from "../testing/fast-simulator.ts";
import { inProcess } from "../testing/process.ts";

const items = 8;
let folder = "";
let history = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-regrade-"));
  history = join(folder, "results", "nightly", "b");
  await mkdir(join(folder, "suites", "boards"), { recursive: true });
  await writeFile(
    join(folder, "suites", "boards", "b.yaml"),
    "schema: board/1\nid: b\nmembers: [{suite: s}]\n",
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Half of the items go by a grader whose options change. */
async function writeSuite(tolerance: number): Promise<void> {
  const all = Array.from(
    { length: items },
    (_, at) => `{id: a${at}, question: "${at} 加 ${at * 3} 等于多少？", answer: ${at * 4}}`,
  );
  const task = (id: string, grader: string, own: readonly string[]): string =>
    `{id: ${id}, dimension: [数学], prompt: "{{question}}", grader: ${grader}, items: [${own.join(", ")}]}`;
  const tasks = [
    task("fixed", "{use: numeric}", all.slice(0, items / 2)),
    task("moved", `{use: numeric, with: {tolerance: ${tolerance}}}`, all.slice(items / 2)),
  ];
  await writeFile(
    join(folder, "suites", "s.yaml"),
    `schema: suite/1\nid: s\ntasks: [${tasks.join(", ")}]\n`,
  );
}

async function night(more: readonly string[] = []) {
  const simulator = await startSimulator({
    suites: [join(folder, "suites", "s.yaml")],
    models: [{ ...inLargePieces(imitation("steady")), silent: 0, skill: { default: 0.8 } }],
    speed: 500,
  });
  try {
    const env = { LANG: "zh_CN.UTF-8", BAIMO_SIM_URL: simulator.url };
    return await inProcess(
      folder,
      ["nightly", "--board", "b", "-m", "sim/steady", "--no-recheck", ...more],
      { env },
    );
  } finally {
    await simulator.close();
  }
}

const runFiles = (): readonly string[] =>
  readdirSync(history)
    .filter((name) => name.includes(".jsonl"))
    .toSorted();

test("another grader: kept answers are graded again, both scores bridge, and what is gone breaks", async () => {
  await writeSuite(0.5);
  for (let at = 0; at < 3; at++) expect((await night()).code).toBe(0);
  // Of the first night only the record is left.
  rmSync(join(history, runFiles()[0] ?? ""));

  await writeSuite(1);
  const changed = await night();
  const again = 2 * (items / 2) * 3;
  expect(changed.stderr).toContain(`评分器有变：留存的 2 个运行文件里 ${again} 次作答已按新版重评`);
  expect(changed.stdout).toContain(`${items / 2} 道锚题，留存的 2 夜作答已按新版重评，曲线不断`);

  const { nights } = await readHistory(history);
  const last = nights.at(-1)?.anchors;
  expect(nights.map(({ anchors }) => anchors.before?.names.length ?? 0)).toEqual([
    0,
    items / 2,
    items / 2,
    0,
  ]);
  for (const { anchors } of nights.slice(1)) expect(anchors.names).toEqual(last?.names);
  // What the first night knows and what tonight knows meet in the nights between them: one scale, and one mark.
  expect(nights[0]?.anchors.names.filter((name) => last?.names.includes(name))).toHaveLength(
    items / 2,
  );
  expect(nights[1]?.anchors.before?.names).toEqual(nights[0]?.anchors.names.slice(items / 2));
  const [target] = judgeHistory("b", nights).targets;
  expect(target?.scores.map(({ scale }) => scale)).toEqual([0, 0, 0, 0]);
  expect(target?.scores.map(({ items: mark }) => mark)).toEqual([
    "same",
    "changed",
    "same",
    "same",
  ]);

  // Both scores stay in the run file, and a record made anew from it is the same.
  const lines = await readRun(join(history, runFiles()[0] ?? ""));
  expect(lines.filter(({ kind }) => kind === "score")).toHaveLength(items * 3 + again / 2);
  await night(["--rebuild"]);
  expect((await readHistory(history)).nights).toEqual(nights);

  // The next night has nothing left to do or to say.
  const next = await night();
  expect(next.stderr + next.stdout).not.toContain("评分器有变");
});

test("answers that are gone are said to break the series", async () => {
  await writeSuite(0.5);
  await night();
  for (const name of runFiles()) rmSync(join(history, name));
  await writeSuite(1);
  const { stdout } = await night();
  expect(stdout).toContain(`${items / 2} 道锚题没有重评`);
  // Another option of the same version is named as one, and the nights are counted as the table counts them.
  expect(stdout).toMatch(/评分器有变（\S+ \d+：版本没变，选项或裁判（judges）变了）/);
  expect(stdout).toContain("现在是第 2 夜");
});
