import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { UserError } from "../domain/text.ts";
import { livenessOf, ownHolder, readHolder, silenceMs } from "./holder.ts";
import { lockFile } from "./lock.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-lock-"));
  file = join(folder, "run.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

/** Leaves a lock as an earlier version wrote it, `age_ms` old. */
async function leave(holder: object, age_ms = 0): Promise<void> {
  const since = new Date(Date.now() - age_ms).toISOString();
  await leaveText(JSON.stringify({ host: hostname(), since, ...holder }), age_ms);
}

async function leaveText(text: string, age_ms: number): Promise<void> {
  await writeFile(`${file}.lock`, text);
  const then = new Date(Date.now() - age_ms);
  await utimes(`${file}.lock`, then, then);
}

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

const old = 3_600_000;

test("a second writer of the same process waits for the first", async () => {
  const lock = await lockFile(file);
  expect(lock.tookOver).toBeNull();
  await expect(lockFile(file)).rejects.toThrow(UserError);
  await lock.release();
  await (await lockFile(file)).release();
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ["on this machine", () => leave({ pid: process.ppid }), `${process.ppid}@${hostname()}`],
  ["on another, heard of just now", () => leave({ pid: 4, host: "elsewhere" }), "4@elsewhere"],
  [
    "of the same name in another container",
    () => leave({ ...ownHolder(), space: "another 4026531999" }),
    `${process.pid}@${hostname()}`,
  ],
])("a living holder is named, and its lock stays: %s", async (_, prepare, who) => {
  await prepare();
  await expect(lockFile(file)).rejects.toThrow(who);
  expect(await readdir(folder)).toEqual(["run.jsonl.lock"]);
});

test.each([
  ["a dead process", async () => leave({ pid: await deadPid() }), "已经结束"],
  [
    "a process whose number another has now",
    () => leave({ ...ownHolder(), pid: process.ppid, started: 1 }),
    "属于别的进程",
  ],
  [
    "an earlier version's, whose number a younger process has now",
    () => leave({ pid: process.ppid, since: "2020-01-01T00:00:00.000Z" }),
    "属于别的进程",
  ],
  ["another machine, silent", () => leave({ pid: 4, host: "elsewhere" }, old), "没有动静"],
  [
    "a dead container of the same name, silent",
    () => leave({ ...ownHolder(), space: "another 4026531999" }, old),
    "没有动静",
  ],
  ["process 0", () => leave({ pid: 0 }, old), "没有可用的进程号"],
  ["process -1", () => leave({ pid: -1 }, old), "没有可用的进程号"],
  ["half a process", () => leave({ pid: 3.5 }, old), "没有可用的进程号"],
  ["nothing", () => leaveText("", old), "没有可用的进程号"],
  ["nothing, just now", () => leaveText("", 0), "没有可用的进程号"],
  ["other text", () => leaveText("12345\n", old), "没有可用的进程号"],
])("taken over, and said so: %s", async (_, prepare, why) => {
  await prepare();
  const lock = await lockFile(file);
  expect(lock.tookOver?.zh).toContain(why);
  expect(JSON.parse(await readFile(`${file}.lock`, "utf8"))).toMatchObject({ pid: process.pid });
  expect(await readdir(folder)).toEqual(["run.jsonl.lock"]);
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
});

test("a process that ended while it took a lock over blocks nobody", async () => {
  const dead = JSON.stringify({ pid: await deadPid(), host: hostname(), since: "" });
  await leaveText(dead, old);
  // Named by the text of the lock that it gives the right to replace.
  const right = createHash("sha256").update(dead).digest("hex").slice(0, 8);
  await writeFile(`${file}.lock.${right}`, dead);
  const lock = await lockFile(file);
  expect(await readdir(folder)).toEqual(["run.jsonl.lock"]);
  await lock.release();
});

test("a lock that another process put in its place is not removed", async () => {
  const lock = await lockFile(file);
  const other = JSON.stringify({ pid: 4, host: "elsewhere", since: "" });
  await writeFile(`${file}.lock`, other);
  await lock.release();
  expect(await readFile(`${file}.lock`, "utf8")).toBe(other);
});

describe("liveness", () => {
  const own = ownHolder();
  test.runIf(own.started !== null)("a zombie, which nobody has waited for, is dead", async () => {
    // The shell becomes a program that does not wait for the child it has; the child ends after that.
    const script =
      '(while [ "$(cat /proc/$$/comm)" = sh ]; do sleep 0.01; done) & echo "$!"; exec sleep 60';
    const parent = spawn("/bin/sh", ["-c", script], { stdio: ["ignore", "pipe", "ignore"] });
    try {
      const [said] = (await once(parent.stdout, "data")) as [Buffer];
      const zombie = { ...own, pid: Number(String(said)), started: null };
      await expect.poll(() => livenessOf(zombie, 0)).toBe("gone");
      expect(() => process.kill(zombie.pid, 0)).not.toThrow();
    } finally {
      parent.kill();
    }
  });

  test.each([
    ["this process", own, old, "alive"],
    ["another start of the same number", { ...own, started: 1 }, 0, "reused"],
    ["elsewhere, at the limit", { ...own, host: "x" }, silenceMs, "alive"],
    ["elsewhere, past it", { ...own, host: "x" }, silenceMs + 1, "silent"],
    ["a lock whose text has not come yet", null, 10, "coming"],
    ["one whose text never came", null, old, "unreadable"],
  ])("%s", (_, holder, age_ms, expected) => {
    expect(livenessOf(holder, age_ms)).toBe(expected);
  });

  test("what this process writes of itself is read back", () => {
    expect(readHolder(JSON.stringify(own))).toEqual(own);
  });
});
