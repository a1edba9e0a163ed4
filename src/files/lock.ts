import { createHash, randomBytes } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { link, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Text } from "../domain/text.ts";

import { UserError } from "../domain/text.ts";
import {
  type Holder,
  type Liveness,
  livenessOf,
  ownHolder,
  readHolder,
  silenceMs,
} from "./holder.ts";

/** The right to be a file's only writer. */
export type Lock = {
  /** A line that says from whom the lock was taken over; null if it was free. */
  readonly tookOver: Text | null;
  /** Aborted, with a UserError as reason, if another process takes the lock all the same. */
  readonly lost: AbortSignal;
  readonly release: () => Promise<void>;
};

/** A holder gives a sign of life this often: it writes its lock anew. */
const beatMs = 5_000;

/**
 * Makes this process the only writer of `file` until it releases the lock, a file beside it that shows signs of life.
 * One whose holder is dead, or on another machine and silent for a minute, is taken over, by one process only.
 * Throws UserError (exit 2) where another process is writing.
 */
export async function lockFile(file: string): Promise<Lock> {
  const path = resolve(`${file}.lock`);
  if (held.has(path)) throw lockedError(file, path, { holder: ownHolder(), age_ms: 0 });
  const text = lockText();
  held.set(path, text);
  try {
    const before = await take(file, path, text);
    return keep(file, path, text, before);
  } catch (error) {
    held.delete(path);
    throw error;
  }
}

/** Locks of this process and their texts. Those that are left when it exits are removed. */
const held = new Map<string, string>();

process.on("exit", () => {
  for (const [path, text] of held) {
    try {
      if (readFileSync(path, "utf8") === text) rmSync(path, { force: true });
    } catch {
      // Whoever finds the lock will find its process dead.
    }
  }
});

const lockText = (): string =>
  JSON.stringify({ ...ownHolder(), token: randomBytes(8).toString("hex") });

function keep(file: string, path: string, text: string, before: Taken): Lock {
  const lost = new AbortController();
  const timer = setInterval(() => {
    void beat(path, text).then((mine) => {
      if (!mine && held.get(path) === text) lost.abort(lostError(file, path));
    });
  }, beatMs);
  timer.unref();
  return {
    tookOver: before === null ? null : takenOver(path, before),
    lost: lost.signal,
    release: async () => {
      clearInterval(timer);
      held.delete(path);
      await removeOwn(path, text);
    },
  };
}

/**
 * Writes the lock anew, so that its age begins again by the clock of the disk it lies on. False if it is another's.
 * What another process renamed into its place meanwhile is not touched: the handle stays with the file it opened.
 */
async function beat(path: string, text: string): Promise<boolean> {
  try {
    const handle = await open(path, "r+");
    try {
      if ((await handle.readFile("utf8")) !== text) return false;
      await handle.write(text, 0);
      return true;
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Somebody removed the lock: it is put back, unless another process has its own there already.
    if (codeOf(error) === "ENOENT" && held.get(path) === text) {
      await tryCreate(path, text).catch(() => false);
    }
    return true;
  }
}

async function removeOwn(path: string, text: string): Promise<void> {
  // Without a free file handle it cannot be read, but it can be removed, and is ours as far as we know.
  const found = await readFile(path, "utf8").catch((error: unknown) =>
    codeOf(error) === "ENOENT" ? null : text,
  );
  if (found === text) await rm(path, { force: true });
}

type Found = {
  readonly text: string;
  readonly holder: Holder | null;
  readonly age_ms: number;
  readonly liveness: Liveness;
};

/** From whom a lock was taken over; null if it was free. */
type Taken = Found | null;

const patienceMs = 5_000;

async function take(file: string, path: string, text: string, depth = 0): Promise<Taken> {
  const until = performance.now() + patienceMs;
  for (;;) {
    if (await tryCreate(path, text)) return null;
    const found = await look(path);
    if (found === null) continue;
    if (found.liveness === "alive" || performance.now() > until) {
      throw lockedError(file, path, found);
    }
    if (found.liveness !== "coming" && (await replace(file, path, text, found, depth))) {
      return found;
    }
    await sleep(20);
  }
}

/**
 * Puts our lock in the place of a dead one. Several processes may find the same dead lock, but the right to replace it
 * has a lock of its own, named by the dead one's text: who holds that, and still finds the same text, is the only one
 * that can replace it, and does so by a single rename. False if another process was quicker.
 */
async function replace(
  file: string,
  path: string,
  text: string,
  dead: Found,
  depth: number,
): Promise<boolean> {
  if (depth === 3) return false;
  const right = `${path}.${createHash("sha256").update(dead.text).digest("hex").slice(0, 8)}`;
  const own = lockText();
  try {
    await take(file, right, own, depth + 1);
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
  try {
    const again = await look(path);
    if (again === null || again.text !== dead.text || !isDead(again.liveness)) return false;
    const draft = await writeDraft(path, text);
    await rename(draft, path);
    return true;
  } finally {
    await removeOwn(right, own);
  }
}

const isDead = (liveness: Liveness): boolean => liveness !== "alive" && liveness !== "coming";

/** The lock that lies there, or null if it is gone. Its age is by the disk's clock, which may not be ours. */
async function look(path: string): Promise<Found | null> {
  const probe = await writeDraft(path, "");
  try {
    const [text, { mtimeMs }, now] = await Promise.all([
      readFile(path, "utf8"),
      stat(path),
      stat(probe),
    ]);
    const age_ms = Math.max(0, now.mtimeMs - mtimeMs);
    const holder = readHolder(text);
    return { text, holder, age_ms, liveness: livenessOf(holder, age_ms) };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  } finally {
    await rm(probe, { force: true });
  }
}

async function writeDraft(path: string, text: string): Promise<string> {
  const draft = `${path}.${process.pid}-${randomBytes(4).toString("hex")}`;
  await writeFile(draft, text, { flag: "wx" });
  return draft;
}

/** The file appears with its content or not at all, so that nobody finds it empty and takes its holder for dead. */
async function tryCreate(path: string, text: string): Promise<boolean> {
  const draft = await writeDraft(path, text);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    if (unlinkable.has(codeOf(error))) return await createPlainly(path, text);
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** File systems without hard links. */
const unlinkable: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

async function createPlainly(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? String(Reflect.get(error, "code")) : "";

const nameOf = (holder: Holder | null): string =>
  holder === null ? "?" : `${holder.pid}@${holder.host}`;

function takenOver(path: string, { holder, age_ms, liveness }: Found): Text {
  const who = nameOf(holder);
  const ago = Math.round(age_ms / 1_000);
  const why: Readonly<Record<Liveness, Text>> = {
    alive: { zh: "", en: "" },
    coming: { zh: "", en: "" },
    gone: { zh: `持有它的进程 ${who} 已经结束`, en: `its process ${who} has ended` },
    reused: {
      zh: `持有它的进程 ${who} 已经结束，这个进程号现在属于别的进程`,
      en: `its process ${who} has ended, and the number belongs to another now`,
    },
    silent: {
      zh: `持有它的进程 ${who} 已有 ${ago} 秒没有动静`,
      en: `its process ${who} has given no sign of life for ${ago} s`,
    },
    unreadable: { zh: "其中没有可用的进程号", en: "it names no process" },
  };
  return {
    zh: `接管了遗留的锁 ${path}：${why[liveness].zh}。`,
    en: `Took over the lock ${path}: ${why[liveness].en}.`,
  };
}

function lockedError(
  file: string,
  path: string,
  { holder, age_ms }: Pick<Found, "holder" | "age_ms">,
): UserError {
  const who = nameOf(holder);
  const ago = Math.round(age_ms / 1_000);
  return new UserError({
    zh: `${file} 正被另一个进程（${who}，${ago} 秒前还有动静）写入。请等它结束；它若在别的机器上中断，${silenceMs / 1_000} 秒没有动静后会自动接管。锁文件：${path}`,
    en: `${file} is being written by another process (${who}, last sign of life ${ago} s ago). Wait for it to end; one that broke off on another machine is taken over after ${silenceMs / 1_000} s of silence. Lock: ${path}`,
  });
}

const lostError = (file: string, path: string): UserError =>
  new UserError(
    {
      zh: `${file} 的锁 ${path} 被另一个进程接管了（本进程可能停顿得太久），因此停止写入。已写入的回答都在；等那个进程结束后，再用 --resume ${file} 继续。`,
      en: `Another process has taken over the lock ${path} of ${file}, perhaps because this one stood still for too long; it stops writing. What was written is kept: go on with --resume ${file} once the other has ended.`,
    },
    [],
    3,
  );
