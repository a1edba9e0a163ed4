import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
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
