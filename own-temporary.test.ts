import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

import { expect, test } from "vitest";

const module = pathToFileURL(join(import.meta.dirname, "own-temporary.ts")).href;

/** A program that says where its temporary folder is, puts a file into it and goes on as told. */
const program = (then: string): string =>
  `await import(${JSON.stringify(module)});
  const { tmpdir } = await import("node:os");
  (await import("node:fs")).writeFileSync(tmpdir() + "/left", "");
  ${then}
  console.log(tmpdir());`;

test.each([
  ["has done its work", "", null, 0],
  ["fails", "setImmediate(() => { throw new Error('no'); });", null, 1],
  ["is terminated", "setInterval(() => {}, 1e6);", "SIGTERM", 143],
  ["is interrupted", "setInterval(() => {}, 1e6);", "SIGINT", 130],
  [
    "ends in its own way when it is interrupted",
    "process.on('SIGINT', () => process.exit(7)); setInterval(() => {}, 1e6);",
    "SIGINT",
    7,
  ],
] as const)("a program that %s leaves nothing behind", async (_, then, signal, code) => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program(then)], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "exit");
  const [folder] = (await Promise.race([once(createInterface(child.stdout), "line"), ended])) as [
    string,
  ];
  if (signal !== null) child.kill(signal);
  expect(await ended).toEqual([code, null]);
  expect(existsSync(folder)).toBe(false);
});

test("what a process left that was killed outright is removed a day later, and nothing else", () => {
  const place = mkdtempSync(join(tmpdir(), "baimo-places-"));
  const ended = spawnSync(process.execPath, ["-e", ""]).pid;
  const names = [`baimo-of-${ended}-old`, `baimo-of-${ended}-new`, `baimo-of-${process.pid}-old`];
  for (const name of names) {
    mkdirSync(join(place, name, "inner"), { recursive: true });
    if (name.endsWith("old")) utimesSync(join(place, name), 1, 1);
  }
  spawnSync(process.execPath, ["--input-type=module", "-e", program("")], {
    env: { ...process.env, TMPDIR: place },
  });
  expect(readdirSync(place).toSorted()).toEqual(names.slice(1).toSorted());
});
