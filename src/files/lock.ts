import { randomBytes } from "node:crypto";
import { link, open, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { resolve } from "node:path";

import { UserError } from "../domain/text.ts";

type Holder = { readonly pid: number; readonly host: string; readonly since: string };

/** Files that this process itself is writing: its own process id in a lock says nothing about them. */
const held = new Set<string>();

/**
 * Makes this process the only writer of `file` until the returned function is called. The lock is a file beside it;
 * one left by a dead process is taken over. Throws UserError (exit 2) where another process is writing.
 */
export async function lockFile(file: string): Promise<() => Promise<void>> {
  const path = resolve(`${file}.lock`);
  if (held.has(path)) throw lockedError(file, path, own());
  held.add(path);
  try {
    await take(file, path);
  } catch (error) {
    held.delete(path);
    throw error;
  }
  return async () => {
    held.delete(path);
    await rm(path, { force: true });
  };
}

async function take(file: string, path: string): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    if (await tryCreate(path)) return;
    const holder = await readHolder(path);
    if (holder !== null && isAlive(holder)) throw lockedError(file, path, holder);
    if (await takeOver(path)) return;
  }
  throw lockedError(file, path, await readHolder(path));
}

/**
 * When several processes find a dead holder, only one may remove its lock, or the second would remove the first
 * one's new lock: the one that creates the guard, and then looks again.
 */
async function takeOver(path: string): Promise<boolean> {
  const guard = `${path}.takeover`;
  if (!(await tryCreate(guard))) {
    const other = await readHolder(guard);
    if (other === null || !isAlive(other)) await rm(guard, { force: true });
    return false;
  }
  try {
    const holder = await readHolder(path);
    if (holder !== null && isAlive(holder)) return false;
    await rm(path, { force: true });
    return await tryCreate(path);
  } finally {
    await rm(guard, { force: true });
  }
}

/** The file appears with its content or not at all, so that nobody finds it empty and takes its holder for dead. */
async function tryCreate(path: string): Promise<boolean> {
  const text = JSON.stringify(own());
  const draft = `${path}.${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    await writeFile(draft, text, { flag: "wx" });
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    if (unlinkable.has(codeOf(error))) return createPlainly(path, text);
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** File systems without hard links. */
const unlinkable: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

async function createPlainly(path: string, text: string): Promise<boolean> {
  try {
    const handle = await open(path, "wx");
    await handle.writeFile(text);
    await handle.close();
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? String(Reflect.get(error, "code")) : "";

const own = (): Holder => ({
  pid: process.pid,
  host: hostname(),
  since: new Date().toISOString(),
});

async function readHolder(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch {
    return null;
  }
}

/** A holder on another host cannot be checked, so it counts as alive. Our own process id means an earlier container. */
function isAlive({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function lockedError(file: string, path: string, holder: Holder | null): UserError {
  const who = holder === null ? "?" : `${holder.pid}@${holder.host}`;
  return new UserError({
    zh: `${file} 正被另一个进程（${who}）写入。请等它结束；若确定没有进程在写，请删除 ${path}。`,
    en: `${file} is being written by another process (${who}). Wait for it, or delete ${path} if you are sure that none is.`,
  });
}
