import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import type { Manifest, SealedFile } from "../../domain/seal/seal.ts";

import { canonicalJson } from "../../domain/digest.ts";
import { UserError } from "../../domain/text.ts";
import { notAFile } from "../../files/regular-file.ts";
import { readHeader } from "../runs/reader.ts";
import { digestOfFile, filesUnder, namedByRun, pathFrom } from "./manifest.ts";

/** A sealed file today; `added` was not sealed, but lies in a sealed folder or was named. Sizes in bytes. */
export type FileState = {
  readonly path: string;
  readonly state: "same" | "changed" | "missing" | "added";
  readonly sealed_bytes: number | null;
  readonly bytes: number | null;
};

/**
 * What became of every sealed file, in the order of the seal, and then what was added. Rejects with a `UserError` where a
 * file cannot be read, and where the manifest says of an unchanged run file what that file does not say.
 */
export async function changesSince(
  { files, folders, runs }: Manifest,
  sealFile: string,
  named: readonly string[],
): Promise<readonly FileState[]> {
  const folder = dirname(sealFile);
  const states: FileState[] = [];
  for (const sealed of files) states.push(await stateOf(sealed, resolve(folder, sealed.path)));
  const same = new Set(states.filter(({ state }) => state === "same").map(({ path }) => path));
  for (const { path, ...said } of runs) {
    if (!files.some((file) => file.path === path)) throw contradicts(path);
    if (!same.has(path)) continue;
    const header = await readHeader(resolve(folder, path));
    if (header === null || canonicalJson(namedByRun(header)) !== canonicalJson(said)) {
      throw contradicts(path);
    }
  }
  const known = new Set(files.map(({ path }) => resolve(folder, path)));
  const found = new Set<string>();
  for (const each of [...named, ...folders.map((path) => resolve(folder, path))]) {
    const isFolder = (await stat(each).catch(() => null))?.isDirectory() === true;
    for (const file of isFolder ? await filesUnder(each) : [each]) found.add(file);
  }
  for (const file of [...found].toSorted()) {
    if (known.has(file) || file === sealFile) continue;
    const size = (await stat(file).catch(() => null))?.size;
    // A sealed folder that is gone: its files are missing already.
    if (size === undefined) continue;
    const path = pathFrom(folder, file);
    states.push({ path, state: "added", sealed_bytes: null, bytes: size });
  }
  return states;
}

async function stateOf({ path, bytes, sha256 }: SealedFile, file: string): Promise<FileState> {
  const entry = { path, sealed_bytes: bytes };
  const found = await stat(file).catch(() => null);
  if (found === null) return { ...entry, state: "missing", bytes: null };
  // A pipe would be waited for, and a device read without end.
  if ((await notAFile(file)) !== null) return { ...entry, state: "changed", bytes: null };
  if (found.size !== bytes) return { ...entry, state: "changed", bytes: found.size };
  const now = await digestOfFile(file);
  return { ...entry, state: now.sha256 === sha256 ? "same" : "changed", bytes: now.bytes };
}

const contradicts = (path: string): UserError =>
  new UserError({
    zh: `封存文件自相矛盾：它对 ${path} 的说法（方案摘要、题集或版本）与这个文件本身不符，不可采信`,
    en: `the seal contradicts itself: what it says of ${path} (plan digest, suites or version) is not what that file says; do not rely on it`,
  });
