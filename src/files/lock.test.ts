import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { UserError } from "../domain/text.ts";
import { lockFile } from "./lock.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-lock-"));
  file = join(folder, "run.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

const leave = (pid: number, host = hostname()) =>
  writeFile(`${file}.lock`, JSON.stringify({ pid, host, since: "2026-01-01T00:00:00.000Z" }));

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

test("a second writer of the same process waits for the first", async () => {
  const unlock = await lockFile(file);
  await expect(lockFile(file)).rejects.toThrow(UserError);
  await unlock();
  await (
    await lockFile(file)
  )();
  expect(await readdir(folder)).toEqual([]);
});

test("a living holder is named, and its lock stays", async () => {
  await leave(process.ppid);
  await expect(lockFile(file)).rejects.toThrow(`${process.ppid}@${hostname()}`);
  expect(await readdir(folder)).toEqual(["run.jsonl.lock"]);
});

test("a holder on another host cannot be asked, so it counts as alive", async () => {
  await leave(await deadPid(), "elsewhere");
  await expect(lockFile(file)).rejects.toThrow("elsewhere");
});

test.each([
  ["dead", async () => leave(await deadPid())],
  ["our own number from an earlier container", () => leave(process.pid)],
  ["an empty lock", () => writeFile(`${file}.lock`, "")],
])("taken over: %s", async (_, prepare) => {
  await prepare();
  const unlock = await lockFile(file);
  expect(JSON.parse(await readFile(`${file}.lock`, "utf8"))).toMatchObject({ pid: process.pid });
  expect(await readdir(folder)).toEqual(["run.jsonl.lock"]);
  await unlock();
});

test("a guard that its process left behind does not block for ever", async () => {
  await leave(await deadPid());
  await writeFile(
    `${file}.lock.takeover`,
    JSON.stringify({ pid: await deadPid(), host: hostname() }),
  );
  await (
    await lockFile(file)
  )();
});
