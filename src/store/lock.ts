import { open, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";

import { UserError } from "../domain/text.ts";

type Holder = { readonly pid: number; readonly host: string; readonly since: string };

/**
 * Makes this process the only writer of `file` until the returned function is called. The lock is a file beside it;
 * one left by a process that is dead is taken over. Throws UserError (exit 2) where another process writes.
 */
export async function lockFile(file: string): Promise<() => Promise<void>> {
  const path = `${file}.lock`;
  for (let tries = 0; tries < 3; tries += 1) {
    if (await tryCreate(path)) return () => rm(path, { force: true });
    const holder = await readHolder(path);
    if (holder !== null && isAlive(holder)) throw lockedError(file, path, holder);
    await rm(path, { force: true });
  }
  throw lockedError(file, path, null);
}

async function tryCreate(path: string): Promise<boolean> {
  try {
    const handle = await open(path, "wx");
    const holder: Holder = {
      pid: process.pid,
      host: hostname(),
      since: new Date().toISOString(),
    };
    await handle.writeFile(JSON.stringify(holder));
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, "code") === "EEXIST") return false;
    throw error;
  }
}

async function readHolder(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch {
    return null;
  }
}

/** A holder on another host cannot be asked, so it counts as alive. Our own number means an earlier container. */
function isAlive({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && Reflect.get(error, "code") === "EPERM";
  }
}

function lockedError(file: string, path: string, holder: Holder | null): UserError {
  const who = holder === null ? "?" : `${holder.pid}@${holder.host}`;
  return new UserError({
    zh: `${file} 正被另一个进程（${who}）写入。请等它结束；若确定没有进程在写，请删除 ${path}。`,
    en: `${file} is being written by another process (${who}). Wait for it, or delete ${path} if you are sure that none is.`,
  });
}
