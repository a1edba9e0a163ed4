import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { inProcess, makeProject, startChatServer } from "../../testing/process.ts";

let server: Awaited<ReturnType<typeof startChatServer>>;

beforeAll(async () => {
  server = await startChatServer();
});
afterAll(() => server.close());

/** Leaves the first `answers` answers of a finished run in its file, as if it had been killed then. */
async function cutAfter(file: string, answers: number): Promise<void> {
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  let left = answers;
  const kept = lines.filter((line) => {
    const { kind } = JSON.parse(line) as { kind: string };
    if (kind === "answer") left -= 1;
    return kind === "run" || kind === "item" || (kind === "answer" && left >= 0);
  });
  await writeFile(file, `${kept.join("\n")}\n`);
}

const suite = (id: string): string =>
  `schema: suite/1\nid: ${id}\ntasks:\n  - id: t\n    dimension: [甲]\n    grader: {use: numeric}\n    items:\n${[
    1, 2, 3, 4,
  ]
    .map((n) => `      - {id: i${n}, question: "${n} + ${n} = ?", answer: ${2 * n}}\n`)
    .join("")}`;

type Start = readonly [
  name: string,
  args: readonly string[],
  /** From the project's folder. */
  resumeIn: string,
];

const starts: readonly Start[] = [
  ["one target of two, and a limit", ["-m", "mine/exact", "--limit", "3"], "."],
  ["a suite that lies elsewhere, by its path", ["own/here.yaml", "-m", "mine/exact"], "."],
  ["a folder of suites", ["own", "-m", "mine/exact"], "."],
  ["a filter and trials", ["--filter", "id=a0", "--trials", "3", "-m", "mine/exact"], "."],
  ["another config", ["own/here.yaml", "--config", "other.yaml"], "."],
  ["another folder", ["own/here.yaml", "-m", "mine/exact"], "own"],
  ["a built-in suite", ["starter", "-m", "mine/exact", "--limit", "1"], "."],
  ["a seed", ["sums.yaml", "-m", "mine/exact", "--seed", "3", "--limit", "2"], "."],
];

test.for(starts)("--resume FILE alone goes on: %s", async ([, args, resumeIn]) => {
  const { folder, remove } = await makeProject(server.url, 6);
  await mkdir(join(folder, "own"));
  await writeFile(join(folder, "own/here.yaml"), suite("there"));
  await writeFile(join(folder, "own/second.yaml"), suite("second"));
  const config = await readFile(join(folder, "baimo.yaml"), "utf8");
  await writeFile(
    join(folder, "other.yaml"),
    config
      .replace(/^targets: .*$/m, "")
      .concat(
        "\ntargets: [{ref: mine/exact, as: warm, temperature: 0.9, body: {top_k: 3}, headers: {x-a: b}}]\n",
      ),
  );
  const file = join(folder, "r.jsonl");
  const first = await inProcess(folder, ["run", ...args, "--out", "r.jsonl"]);
  expect(first.code, first.stderr).toBe(0);
  await cutAfter(file, 1);
  const second = await inProcess(join(folder, resumeIn), ["run", "--resume", file]);
  expect(second.stderr).toContain("续跑");
  expect(second.stdout).toContain("完成");
  expect(second.code).toBe(0);
  await remove();
});

type Change = readonly [name: string, args: readonly string[], says: string];

const changes: readonly Change[] = [
  ["the limit", ["--limit", "5"], "--limit 是 3，现在是 5"],
  ["the seed", ["--seed", "9"], "--seed 是 7，现在是 9"],
  ["a filter", ["--filter", "id=a*"], "--filter 没有，现在是 id=a*"],
  ["a target less", ["-m", "mine/exact"], "少了目标 mine/sloppy"],
  ["another suite", ["own.yaml"], "少了题集 sums，多了题集 there"],
];

test.for(changes)("what differs is named exactly: %s", async ([, args, says]) => {
  const { folder, remove } = await makeProject(server.url, 6);
  await writeFile(join(folder, "own.yaml"), suite("there"));
  await inProcess(folder, ["run", "--limit", "3", "--out", "r.jsonl"]);
  const other = await inProcess(folder, ["run", ...args, "--resume", "r.jsonl"]);
  expect([other.code, other.stdout]).toEqual([2, ""]);
  expect(other.stderr).toContain(says);
  expect(other.stderr).not.toContain("内容变了");
  await remove();
});

test("a run after the suite was edited says which unfinished one it does not go on with, and why", async () => {
  const { folder, remove } = await makeProject(server.url, 6);
  const file = "results/a.jsonl";
  await writeFile(join(folder, "own.yaml"), suite("there"));
  const again = (...args: readonly string[]) =>
    inProcess(folder, ["run", "own.yaml", "-m", "mine/exact", ...args]);
  await again("--out", file);
  await cutAfter(join(folder, file), 2);
  const edited = suite("there").replace("1 + 1", "2 - 0");
  await writeFile(join(folder, "own.yaml"), edited);
  const anew = await again("--out", "elsewhere.jsonl");
  expect(anew.stderr).not.toContain(file);
  const told = await again();
  expect([told.code, told.stderr]).toEqual([
    0,
    expect.stringContaining(
      `另开一次新的运行：题集 there 的内容变了；未做完的 ${file} 留着。要接着跑它，先把题集改回去`,
    ),
  ]);
  // The newest is now the finished one.
  await rename(join(folder, file), join(folder, "results/0.jsonl"));
  await writeFile(join(folder, "own.yaml"), suite("there").replace("1 + 1", "3 - 1"));
  expect((await again()).stderr).not.toContain("未做完的");
  await remove();
});

const otherPlans = [
  [
    "one target more, and an unlike run in between",
    ["-m", "mine/exact", "-m", "mine/sloppy"],
    "多了目标 mine/sloppy",
  ],
  ["a limit", ["-m", "mine/exact", "--limit", "1"], "--limit 没有，现在是 1"],
] as const;

test.for(otherPlans)("a new run names the unfinished one: %s", async ([, args, why]) => {
  const { folder, remove } = await makeProject(server.url, 6);
  const file = "results/20261130T080000Z-a.jsonl";
  await writeFile(join(folder, "own.yaml"), suite("there"));
  await inProcess(folder, ["run", "own.yaml", "-m", "mine/exact", "--out", file]);
  await cutAfter(join(folder, file), 2);
  await inProcess(folder, [
    "run",
    "-m",
    "mine/sloppy",
    "--out",
    "results/20261130T090000Z-b.jsonl",
  ]);
  const { stderr } = await inProcess(folder, ["run", "own.yaml", ...args]);
  expect(stderr).toContain(`另开一次新的运行：${why}；未做完的 ${file} 留着。`);
  const resume = /run --resume (\S+)$/m.exec(stderr)?.[1] ?? "";
  expect((await inProcess(folder, ["run", "--resume", resume])).stderr).toContain("续跑");
  await remove();
});

test("a model that is asked after another is set beside it, by a command that works", async () => {
  const { folder, remove } = await makeProject(server.url, 6);
  const first = await inProcess(folder, ["run", "-m", "mine/exact", "--out", "results/a.jsonl"]);
  expect(first.stdout).not.toContain("compare");
  const args = ["run", "-m", "mine/sloppy", "--out", "results/b.jsonl"];
  const { stdout } = await inProcess(folder, args);
  expect(stdout).toMatch(
    /与先前问过的 mine\/exact 比：\nbaimo compare results\/a\.jsonl results\/b\.jsonl\n/,
  );
  const compared = await inProcess(folder, ["compare", "results/a.jsonl", "results/b.jsonl"]);
  expect(compared.stdout).toContain("mine/exact → mine/sloppy");
  await remove();
});

test("of two runs to set beside, the one that was completed last is proposed", async () => {
  const { folder, remove } = await makeProject(server.url, 6);
  const asked = (name: string, ref: string) =>
    inProcess(folder, ["run", "-m", ref, "--out", `results/${name}.jsonl`]);
  await asked("20261130T080000Z-a", "mine/exact");
  await asked("20261130T090000Z-b", "mine/exact");
  // Begun first, it is completed last.
  await cutAfter(join(folder, "results/20261130T080000Z-a.jsonl"), 2);
  await asked("20261130T080000Z-a", "mine/exact");
  const { stdout } = await asked("20261130T100000Z-c", "mine/sloppy");
  expect(stdout).toContain("compare results/20261130T080000Z-a.jsonl results/20261130T100000Z-c");
  await remove();
});

test("a run that goes on unasked says how to begin anew, by a line that works", async () => {
  const { folder, remove } = await makeProject(server.url, 6);
  const args = ["run", "-m", "mine/exact", "-m", "baseline/random"];
  await inProcess(folder, [...args, "--out", "results/a.jsonl"]);
  const file = join(folder, "results/a.jsonl");
  const whole = await readFile(file, "utf8");
  const isKept = (line: string): boolean => !line.includes('"kind":"end"') && !/#1@mine/.test(line);
  await writeFile(file, whole.split("\n").filter(isKept).join("\n"));
  const { stderr } = await inProcess(folder, args);
  expect(stderr).toMatch(/续跑 results\/a\.jsonl：已有 6\/12（都是基线的）/);
  await cutAfter(file, 2);
  const again = await inProcess(folder, args);
  const [, option = ""] = /^要重新开始：加 (.*)$/m.exec(again.stderr) ?? [];
  await cutAfter(file, 2);
  const anew = await inProcess(folder, [...args, ...option.split(" ")]);
  expect([anew.code, anew.stderr]).toEqual([0, expect.stringContaining("共 12 次作答 → results/")]);
  await cutAfter(file, 2);
  expect((await inProcess(folder, [...args, "--out", "results/a.jsonl"])).stderr).not.toContain(
    "要重新开始",
  );
  await remove();
});

test("a server that moved begins a new run, which names the unfinished one", async () => {
  const other = await startChatServer();
  const { folder, remove } = await makeProject(other.url, 6);
  const config = join(folder, "baimo.yaml");
  await inProcess(folder, ["run", "-m", "mine/exact", "--out", "results/a.jsonl"]);
  await cutAfter(join(folder, "results/a.jsonl"), 2);
  await writeFile(config, (await readFile(config, "utf8")).replaceAll(other.url, server.url));
  const { stderr } = await inProcess(folder, ["run", "-m", "mine/exact"]);
  const [was, is] = [new URL(other.url).host, new URL(server.url).host];
  expect(stderr).toContain(
    `mine/exact 的地址由 ${was} 换成了 ${is}；未做完的 results/a.jsonl 留着`,
  );
  await other.close();
  await remove();
});

test("a suite that is gone is named with the place where it lay", async () => {
  const { folder, remove } = await makeProject(server.url, 6);
  await writeFile(join(folder, "own.yaml"), suite("there"));
  await inProcess(folder, ["run", "own.yaml", "-m", "mine/exact", "--out", "r.jsonl"]);
  await rename(join(folder, "own.yaml"), join(folder, "gone.yaml"));
  const { code, stderr } = await inProcess(folder, ["run", "--resume", "r.jsonl"]);
  expect(code).toBe(2);
  expect(stderr).toContain("own.yaml");
  // Named anew, it goes on.
  expect((await inProcess(folder, ["run", "gone.yaml", "--resume", "r.jsonl"])).code).toBe(0);
  await remove();
});

test("a cap on cost holds for the continuation as well", async () => {
  const { folder, remove } = await makeProject(server.url, 6);
  const args = ["run", "-m", "mine/exact", "--max-cost", "0.00001CNY", "--out", "r.jsonl"];
  const first = await inProcess(folder, args);
  expect(first.code).toBe(3);
  // What all of them cost at most, with what is spent, is the cap to go on with.
  const bound = /全部问完(?:连已花的 \S+ CNY 在内)?最多 (\S+) CNY[^]*--max-cost \1CNY/u;
  expect(first.stdout).toMatch(bound);
  const second = await inProcess(folder, ["run", "--resume", "r.jsonl"]);
  expect(second.code).toBe(3);
  // Started again without a word of the cap, a run that goes on by itself keeps it as well.
  await mkdir(join(folder, "results"));
  await rename(join(folder, "r.jsonl"), join(folder, "results/r.jsonl"));
  const again = await inProcess(folder, ["run", "-m", "mine/exact"]);
  expect([again.code, again.stderr]).toEqual([
    3,
    expect.stringContaining("沿用上次的上限：--max-cost 0.00001CNY"),
  ]);
  expect(again.stdout).toMatch(bound);
  await rename(join(folder, "results/r.jsonl"), join(folder, "r.jsonl"));
  const third = await inProcess(folder, [
    "run",
    "--resume",
    "r.jsonl",
    "--max-cost",
    /--max-cost (\S+)/u.exec(again.stdout)?.[1] ?? "",
  ]);
  expect(third.stderr + third.stdout).toContain("完成");
  await remove();
});

test("a port that was wrong and is mended mixes nothing: no answer came from there", async () => {
  const { folder, remove } = await makeProject(server.url, 6);
  const right = await readFile(join(folder, "baimo.yaml"), "utf8");
  const { host } = new URL(server.url);
  await writeFile(join(folder, "baimo.yaml"), right.replaceAll(host, "127.0.0.1:9"));
  // Each attempt more waits twice as long.
  const args = ["run", "sums.yaml", "-m", "mine/exact", "--attempts", "2", "--out", "r.jsonl"];
  const refused = await inProcess(folder, args);
  expect(refused.code).toBe(3);
  const [command] = /run --resume r\.jsonl.*/.exec(refused.stdout) ?? [""];
  await writeFile(join(folder, "baimo.yaml"), right);
  const mended = await inProcess(folder, command.split(" "));
  expect([command, mended.code]).toEqual(["run --resume r.jsonl", 0]);
  expect(mended.stderr).not.toContain("先前的作答来自");
  await remove();
});

test("another server under the same name is not mixed in silently", async () => {
  const other = await startChatServer();
  const { folder, remove } = await makeProject(server.url, 6);
  const run = (...args: readonly string[]) =>
    inProcess(folder, ["run", "sums.yaml", "-m", "mine/exact", ...args]);
  expect((await run("--out", "results/a.jsonl")).code).toBe(0);
  await cutAfter(join(folder, "results/a.jsonl"), 2);
  const config = await readFile(join(folder, "baimo.yaml"), "utf8");
  await writeFile(
    join(folder, "baimo.yaml"),
    config.replaceAll(new URL(server.url).host, new URL(other.url).host),
  );
  // A run of the same plan begins anew; only who names the file goes on, and is told.
  const anew = await run();
  expect(anew.code).toBe(0);
  expect(anew.stderr).toContain("未做完的 results/a.jsonl 留着");
  expect(anew.stderr).not.toContain("续跑 results/a.jsonl");
  const named = await run("--out", "results/a.jsonl");
  expect(named.code).toBe(0);
  expect(named.stderr).toContain(new URL(server.url).host);
  expect(named.stderr).toContain(new URL(other.url).host);
  await remove();
  await other.close();
});
