import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { beforeEach, expect, test } from "vitest";
import { parse } from "yaml";

const root = resolve(import.meta.dirname, "../../..");
type Step = {
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
};
const workflow = parse(readFileSync(join(root, "ci/github-nightly.yml"), "utf8")) as {
  readonly jobs: Readonly<Record<"nightly" | "pages", { readonly steps: readonly Step[] }>>;
};
const { steps } = workflow.jobs.nightly;
const [fetchStep, nightStep, keepStep] = steps.filter(
  ({ run }) => run?.startsWith("bash ci/") === true,
);

let folder = "";
let bare = "";
const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync("git", args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  });

/** A bare repository whose main branch holds the kit and a small board. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "baimo-kit-"));
  bare = join(folder, "bare.git");
  mkdirSync(bare);
  git(bare, "init", "-q", "--bare", "-b", "main");
  const work = join(folder, "work");
  mkdirSync(join(work, "suites", "boards"), { recursive: true });
  cpSync(join(root, "ci"), join(work, "ci"), { recursive: true });
  writeFileSync(
    join(work, "suites", "boards", "b.yaml"),
    "schema: board/1\nid: b\nmembers: [{suite: s}]\n",
  );
  const items = [1, 2, 3, 4].map(
    (at) => `{id: a${at}, question: "${at} 加 ${at} 等于多少？", answer: ${2 * at}}`,
  );
  const task = `{id: sums, dimension: [数学], prompt: "{{question}}", grader: {use: numeric}, items: [${items.join(", ")}]}`;
  writeFileSync(join(work, "suites", "s.yaml"), `schema: suite/1\nid: s\ntasks: [${task}]\n`);
  git(work, "init", "-q", "-b", "main");
  git(work, "add", "-A");
  git(work, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "kit");
  git(work, "push", "-q", bare, "main");
});

const env = {
  PATH: process.env["PATH"] ?? "",
  HOME: process.env["HOME"] ?? "",
  TMPDIR: process.env["TMPDIR"] ?? tmpdir(),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  BAIMO: `${process.execPath} ${join(root, "dist/cli/bin.js")}`,
  BOARD: "b",
  TARGETS: "sim/yuanshan",
};

/** A fresh checkout, as every runner has it. */
function runner(name: string): string {
  git(folder, "clone", "-q", "--depth", "1", "-b", "main", `file://${bare}`, name);
  return join(folder, name);
}

/** A step's command with the environment that the workflow gives it. */
function start(cwd: string, step: Step | undefined) {
  const fixed = Object.entries(step?.env ?? {}).filter(([, value]) => !value.includes("${{"));
  return spawn("bash", ["-c", step?.run ?? "exit 99"], {
    cwd,
    env: { ...env, ...Object.fromEntries(fixed) },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

async function run(cwd: string, step: Step | undefined) {
  const child = start(cwd, step);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

const onBranch = (): readonly string[] =>
  git(bare, "ls-tree", "-r", "--name-only", "nightly-history").trim().split("\n");
const records = (): readonly string[] => onBranch().filter((name) => name.endsWith(".night.zst"));

async function wholeNight(name: string): Promise<string> {
  const cwd = runner(name);
  const fetched = await run(cwd, fetchStep);
  const night = await run(cwd, nightStep);
  const kept = await run(cwd, keepStep);
  expect([fetched.code, night.code, kept.code], `${fetched.said}${night.said}${kept.said}`).toEqual(
    [0, 0, 0],
  );
  return `${fetched.said}${night.said}`;
}

test("actions are pinned by their commit, and what is kept is kept whatever the night says", () => {
  for (const { uses } of [...steps, ...workflow.jobs.pages.steps])
    if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/);
  const action = readFileSync(join(root, "action.yml"), "utf8");
  for (const [, uses = ""] of action.matchAll(/uses: (\S+)/g))
    expect(uses).toMatch(/@[0-9a-f]{40}$/);
  expect(keepStep?.if).toBe("${{ !cancelled() }}");
});

test("three nights in a bare repository: one cut off, two at once, then a branch that was cut back", async () => {
  expect(await wholeNight("first")).toContain("this is the first night");
  expect(records()).toHaveLength(1);
  expect(onBranch()).toContain("public/b.md");
  const page = readFileSync(join(folder, "first/site/index.html"), "utf8");
  expect(page).toContain("sim/yuanshan");
  expect(onBranch().filter((name) => name.startsWith("site"))).toEqual([]);
  expect(onBranch().filter((name) => name.includes(".jsonl"))).toEqual([]);

  // The second night is killed in the middle; what is kept of it harms nobody.
  const cut = runner("cut");
  await run(cut, fetchStep);
  const child = start(cut, nightStep);
  const closed = once(child, "close");
  while (!existsSync(join(cut, "history/runs/nightly.lock"))) {
    await new Promise((done) => setTimeout(done, 5));
  }
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await closed;
  expect((await run(cut, keepStep)).code).toBe(0);
  expect(records()).toHaveLength(1);

  // Two runners fetch the same history, and the one that pushes last merges.
  const [one, two] = [runner("one"), runner("two")];
  for (const cwd of [one, two]) expect((await run(cwd, fetchStep)).code).toBe(0);
  for (const cwd of [one, two]) expect((await run(cwd, nightStep)).code).toBe(0);
  expect((await run(one, keepStep)).code).toBe(0);
  const last = await run(two, keepStep);
  expect(last.said).toContain("somebody else pushed meanwhile");
  expect(last.code).toBe(0);
  expect(records()).toHaveLength(3);
  const third = await wholeNight("third");
  expect(third).toContain("1 个目标");
  expect(third).not.toContain("历史缺了");
  expect(records()).toHaveLength(4);

  // Somebody pushes an older state over the branch, without the first nights.
  const rewritten = join(folder, "rewritten");
  git(folder, "clone", "-q", "-b", "nightly-history", bare, "rewritten");
  for (const name of records().slice(0, 2)) rmSync(join(rewritten, name));
  git(rewritten, "add", "-A");
  git(rewritten, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "cut back");
  git(rewritten, "push", "-qf", "origin", "HEAD:nightly-history");
  expect(await wholeNight("after")).toContain("历史缺了");
});

test("a remote that cannot be reached is no first night", async () => {
  const cwd = runner("away");
  git(cwd, "remote", "set-url", "origin", join(folder, "nowhere.git"));
  const { code, said } = await run(cwd, fetchStep);
  expect([code, said.includes("cannot reach")]).toEqual([3, true]);
  expect(existsSync(join(cwd, "history"))).toBe(false);
});
