/**
 * Who is writing? 100 rounds each of a zombie holder, a number that another process has now, a lock of another machine
 * that fell silent, a killed holder, and several starters at once on a free and on a dead lock.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import "../own-temporary.ts";
import { UserError } from "../src/domain/text.ts";
import { ownHolder } from "../src/files/holder.ts";
import { lockFile } from "../src/files/lock.ts";

const rounds = 100;
const starters = 4;

type Tally = { taken: number; wrongRefusals: number; doubleWriters: number };

/** Child: all start at the same moment; who gets the lock notes when it comes and when it goes. */
async function startOne(file: string, at: number): Promise<void> {
  await sleep(Math.max(0, at - Date.now()));
  try {
    const lock = await lockFile(file);
    appendFileSync(`${file}.log`, "in\n");
    await sleep(15);
    appendFileSync(`${file}.log`, "out\n");
    await lock.release();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

async function startersAtOnce(file: string, tally: Tally): Promise<void> {
  const at = Date.now() + 400;
  const children = Array.from({ length: starters }, () =>
    spawn(process.execPath, [import.meta.filename, file, String(at)], { stdio: "inherit" }),
  );
  await Promise.all(children.map((child) => once(child, "exit")));
  const log = existsSync(`${file}.log`)
    ? readFileSync(`${file}.log`, "utf8").trim().split("\n")
    : [];
  await rm(`${file}.log`, { force: true });
  if (log.some((word, index) => word !== (index % 2 === 0 ? "in" : "out")))
    tally.doubleWriters += 1;
  if (log.length === 0) tally.wrongRefusals += 1;
  else tally.taken += 1;
}

async function takenOver(file: string, tally: Tally): Promise<void> {
  try {
    const lock = await lockFile(file);
    if (lock.tookOver === null) throw new Error("nothing was taken over");
    tally.taken += 1;
    await lock.release();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    tally.wrongRefusals += 1;
    await rm(`${file}.lock`);
  }
}

const leave = (file: string, holder: object): Promise<void> =>
  writeFile(`${file}.lock`, JSON.stringify({ ...ownHolder(), ...holder }));

/** A shell becomes a program that never waits for the child it has: the child ends as soon as that has happened. */
const zombieScript =
  '(while [ "$(cat /proc/$$/comm)" = sh ]; do sleep 0.01; done) & echo "$!"; exec sleep 30';

async function zombieOf(): Promise<{ readonly pid: number; readonly end: () => void }> {
  const parent = spawn("/bin/sh", ["-c", zombieScript], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [said] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(String(said));
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) await sleep(5);
  return { pid, end: () => parent.kill("SIGKILL") };
}

/** A holder that is killed leaves its real lock. */
async function killedHolder(file: string): Promise<void> {
  const child = spawn(process.execPath, [import.meta.filename, file, "hold"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
}

const scenes: Readonly<Record<string, (file: string, tally: Tally) => Promise<void>>> = {
  "zombie holder": async (file, tally) => {
    const { pid, end } = await zombieOf();
    await leave(file, { pid, started: null });
    await takenOver(file, tally);
    end();
  },
  "number of another process now": async (file, tally) => {
    await leave(file, { pid: process.ppid, started: 1 });
    await takenOver(file, tally);
  },
  "another machine, silent": async (file, tally) => {
    await leave(file, { host: "elsewhere" });
    const then = new Date(Date.now() - 120_000);
    await utimes(`${file}.lock`, then, then);
    await takenOver(file, tally);
  },
  "killed holder": async (file, tally) => {
    await killedHolder(file);
    await takenOver(file, tally);
  },
  [`${starters} starters, free`]: startersAtOnce,
  [`${starters} starters, dead lock`]: async (file, tally) => {
    await leave(file, { pid: process.ppid, started: 1 });
    await startersAtOnce(file, tally);
  },
};

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "baimo-lock-bench-"));
  let bad = 0;
  for (const [name, scene] of Object.entries(scenes)) {
    const tally: Tally = { taken: 0, wrongRefusals: 0, doubleWriters: 0 };
    for (let round = 0; round < rounds; round += 1) {
      await scene(join(folder, `run-${round}.jsonl`), tally);
    }
    bad += tally.wrongRefusals + tally.doubleWriters;
    console.log(
      `${name}: ${rounds} rounds, ${tally.taken} taken, ${tally.wrongRefusals} wrong refusals, ${tally.doubleWriters} double writers`,
    );
  }
  await rm(folder, { recursive: true });
  process.exitCode = bad === 0 ? 0 : 1;
}

const [file, how] = process.argv.slice(2);
if (file === undefined) await main();
else if (how === "hold") {
  await lockFile(file);
  console.log("held");
  await sleep(60_000);
} else await startOne(file, Number(how));
