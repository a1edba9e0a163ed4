import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { RunLine } from "../../domain/run-file/header.ts";
import type { AnswerLine, ItemLine, RunFileLine } from "../../domain/run-file/lines.ts";

import { readRun } from "../../store/runs/reader.ts";
import { baimo, inProcess, makeProject, startBaimo, startChatServer } from "../testing/process.ts";

type Server = Awaited<ReturnType<typeof startChatServer>>;
let server: Server;

beforeAll(async () => {
  server = await startChatServer();
});
afterAll(() => server.close());

const ofKind = <Kind extends RunFileLine["kind"]>(lines: readonly RunFileLine[], kind: Kind) =>
  lines.filter((line): line is Extract<RunFileLine, { kind: Kind }> => line.kind === kind);

test("100 items against one's own server: every line, usage, cost and first token", async () => {
  const { folder, remove } = await makeProject(server.url, 100);
  const before = (await server.log()).length;
  const { code, stdout } = await baimo(folder, ["run", "-m", "mine/exact", "--out", "r.jsonl"]);
  expect(code).toBe(0);
  expect(stdout).toContain("mine/exact");
  const lines = await readRun(join(folder, "r.jsonl"));
  expect([lines[0]?.kind, lines.at(-1)?.kind]).toEqual(["run", "end"]);
  expect(ofKind(lines, "item")).toHaveLength(100);
  expect(ofKind(lines, "score").map(({ verdict }) => verdict)).toEqual(Array(100).fill("right"));
  const answers = ofKind(lines, "answer");
  expect(answers).toHaveLength(100);
  const asked = new Map(
    (await server.log()).slice(before).map((entry) => [entry.prompt, entry] as const),
  );
  expect(asked.size).toBe(100);
  const items = new Map(ofKind(lines, "item").map((item) => [item.item, item]));
  for (const answer of answers) checkTurn(answer, items.get(answer.item), asked);
  expect(Math.max(...answers.map(({ turns }) => turns[0]?.timing?.chunks ?? 0))).toBeGreaterThan(1);
  await remove();
});

function checkTurn(
  { turns }: AnswerLine,
  item: ItemLine | undefined,
  asked: ReadonlyMap<string, { received: number; first: number }>,
): void {
  const [turn] = turns;
  const prompt = item?.asks[0]?.turns[0] ?? "";
  const entry = asked.get(prompt);
  expect(turn?.text).toMatch(/^\n 答案：\d+$/);
  expect(turn?.usage.input).toBe(prompt.length);
  const { input = 0, output = 0 } = { ...turn?.usage };
  const amount = ((input ?? 0) * 2 + (output ?? 0) * 8) / 1e6;
  expect(turn?.cost).toEqual({ amount, currency: "CNY" });
  expect(turn?.model_returned).toBe("exact-2026");
  // The chunk of whitespace is the first token; the role frame and the empty delta before it are not.
  const served = (entry?.first ?? 0) - (entry?.received ?? 0);
  expect(turn?.timing?.first_token_ms ?? 0).toBeGreaterThan(served - 1);
  // What one read brings has one time.
  expect(turn?.timing?.headers_ms ?? 0).toBeLessThanOrEqual(turn?.timing?.first_token_ms ?? 0);
}

test("two targets pair by the run file alone, with the suite gone", async () => {
  const { folder, remove } = await makeProject(server.url, 12);
  const run = (out: string) => inProcess(folder, ["run", "--limit", "8", "--out", out]);
  expect((await run("a.jsonl")).code).toBe(0);
  expect((await run("b.jsonl")).code).toBe(0);
  await Promise.all(["sums.yaml", "sums.jsonl", "baimo.yaml"].map((f) => rm(join(folder, f))));
  const [a, b] = await Promise.all(["a.jsonl", "b.jsonl"].map((f) => readRun(join(folder, f))));
  const answers = ofKind(a ?? [], "answer");
  const of = (target: string) => answers.filter((answer) => answer.target === target);
  const pair = (answer: AnswerLine) => [
    answer.item,
    answer.wording,
    answer.trial,
    answer.ask_digest,
  ];
  const sorted = (list: readonly AnswerLine[]) =>
    list.map((answer) => pair(answer).join(" ")).toSorted((x, y) => (x < y ? -1 : 1));
  expect(sorted(of("mine/exact"))).toEqual(sorted(of("mine/sloppy")));
  const digests = (lines: readonly RunFileLine[]) =>
    Object.fromEntries(ofKind(lines, "answer").map(({ key, digest }) => [key, digest]));
  expect(digests(b ?? [])).toEqual(digests(a ?? []));
  const golds = (lines: readonly RunFileLine[]) =>
    Object.fromEntries(ofKind(lines, "item").map((item) => [item.item, item.gold_digest]));
  expect(golds(b ?? [])).toEqual(golds(a ?? []));
  const board = await inProcess(folder, ["leaderboard", "a.jsonl"]);
  expect(board.code).toBe(0);
  expect(board.stdout).toContain("mine/sloppy");
  await remove();
});

const tick = () => new Promise((done) => setTimeout(done, 5));
const sizeOf = async (file: string): Promise<number> =>
  (await stat(file).catch(() => ({ size: 0 }))).size;

test("a finished run prints its result and asks nothing; a changed suite is refused", async () => {
  const { folder, remove } = await makeProject(server.url, 4);
  const args = ["run", "-m", "mine/exact", "--out", "f.jsonl"];
  await inProcess(folder, args);
  const before = await readFile(join(folder, "f.jsonl"), "utf8");
  const again = await inProcess(folder, args);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain("mine/exact");
  expect(await readFile(join(folder, "f.jsonl"), "utf8")).toBe(before);
  await writeFile(join(folder, "sums.jsonl"), '{"id":"x","question":"1 + 1","answer":2}\n');
  const changed = await inProcess(folder, args);
  expect(changed.code).toBe(2);
  expect(changed.stderr).toContain("题集 sums 的内容变了");
  await remove();
});

test("without --out an unfinished run of the same plan goes on", async () => {
  const { folder, remove } = await makeProject(server.url, 90);
  const args = ["run", "-m", "mine/exact"];
  const first = startBaimo(folder, [...args, "--concurrency", "1"]);
  let started = "";
  first.child.stderr?.on("data", (text) => (started += String(text)));
  while (!started.includes("→")) await tick();
  const file = join(folder, /results\S+/.exec(started)?.[0] ?? "");
  while ((await sizeOf(file)) < 4000) await tick();
  first.child.kill("SIGINT");
  expect((await first.ended).code).toBe(130);
  const second = await inProcess(folder, args);
  expect(second.code).toBe(0);
  expect(second.stderr).toContain("续跑");
  const lines = await readRun(file);
  expect(ofKind(lines, "answer")).toHaveLength(90);
  expect(ofKind(lines, "end").map(({ status }) => status)).toEqual(["interrupted", "complete"]);
  expect((lines[0] as RunLine).size.answers).toBe(90);
  await remove();
});

type Mistake = readonly [
  name: string,
  args: readonly string[],
  config: string | null,
  code: number,
  says: string,
];

const mistakes: readonly Mistake[] = [
  ["an unknown provider", ["run", "-m", "mime/exact"], null, 2, "mine"],
  ["an unknown suite", ["run", "sum"], null, 2, "sum"],
  ["a missing file", ["run", "nowhere/x.yaml"], null, 2, "nowhere/x.yaml"],
  ["a missing secret", ["run", "-m", "qwen/qwen-plus"], null, 2, "DASHSCOPE_API_KEY"],
  ["a bad number", ["run", "--trials", "x"], null, 2, "--trials"],
  ["an unknown flag", ["run", "--trails", "2"], null, 2, "--trails"],
  ["an unknown command", ["rum"], null, 2, "run"],
  ["a filter that selects nothing", ["run", "--filter", "id=zzz"], null, 2, "没有选中"],
  ["a filter that is none", ["run", "--filter", "foo=1"], null, 2, "--filter"],
  ["a run file that is not there", ["leaderboard", "none.jsonl"], null, 2, "none.jsonl"],
  ["a foreign file", ["leaderboard", "sums.jsonl"], null, 2, "不是 baimo 的运行文件"],
  ["a misspelt key", ["run"], "schema: baimo/1\ntarget: [mine/exact]\n", 2, "baimo.yaml:2:1"],
];

test.for(mistakes)(
  "%s: one clear line, the right exit code, no stack trace",
  async ([, args, ownConfig, code, says]) => {
    const { folder, remove } = await makeProject(server.url, 2);
    if (ownConfig !== null) await writeFile(join(folder, "baimo.yaml"), ownConfig);
    const ended = await inProcess(folder, args);
    expect([ended.code, ended.stdout]).toEqual([code, ""]);
    expect(ended.stderr).toContain(says);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    await remove();
  },
);

test("a web page instead of an API is malformed, kept and counted, and the run says incomplete", async () => {
  const { folder, remove } = await makeProject(`${server.url}/html`, 2);
  const args = ["run", "-m", "mine/exact", "--attempts", "1", "--out", "h.jsonl"];
  const { code, stderr } = await inProcess(folder, args);
  expect(code).toBe(3);
  expect(stderr).toContain("网关登录");
  const lines = await readRun(join(folder, "h.jsonl"));
  expect(ofKind(lines, "answer").map(({ outcome }) => outcome)).toEqual(["malformed", "malformed"]);
  expect(ofKind(lines, "score").map(({ verdict }) => verdict)).toEqual(["failed", "failed"]);
  await remove();
});

test("a run file that another process writes is left alone", async () => {
  const { folder, remove } = await makeProject(server.url, 40);
  const args = ["run", "-m", "mine/exact", "--concurrency", "1", "--out", "l.jsonl"];
  const first = startBaimo(folder, args);
  while ((await sizeOf(join(folder, "l.jsonl"))) < 2000) await tick();
  const second = await inProcess(folder, args);
  expect([second.code, second.stdout]).toEqual([2, ""]);
  expect(second.stderr).toContain("另一个进程");
  expect((await first.ended).code).toBe(0);
  expect(ofKind(await readRun(join(folder, "l.jsonl")), "answer")).toHaveLength(40);
  await remove();
});
