import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { opendir, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";

import type { RunLine } from "../../domain/run-file/header.ts";
import type { Manifest, SealedFile, SealedRun } from "../../domain/seal/seal.ts";

import { canonicalJson } from "../../domain/digest.ts";
import { formats } from "../../domain/formats.ts";
import { mostFiles, SealedPath } from "../../domain/seal/seal.ts";
import { UserError } from "../../domain/text.ts";
import { notAFile } from "../../files/regular-file.ts";
import { unreadable } from "../../files/text-file.ts";
import { packageVersion } from "../builtin.ts";
import { readHeader } from "../runs/reader.ts";

/** The bytes that are signed and stamped. */
export const manifestBytes = (manifest: Manifest): Buffer =>
  Buffer.from(canonicalJson(manifest), "utf8");

/**
 * Digests of run files, and of further files and whole folders, by paths from the folder of `sealFile`, which is left out
 * itself. Rejects with a `UserError` for a run file that is none, and for what is no file or cannot be read.
 */
export async function makeManifest(
  named: { readonly runs: readonly string[]; readonly others: readonly string[] },
  { sealFile, now }: { readonly sealFile: string; readonly now: Date },
): Promise<Manifest> {
  const folder = dirname(sealFile);
  const folders: string[] = [];
  const files = new Set<string>(named.runs);
  for (const each of named.others) {
    const isFolder = await stat(each).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (isFolder) folders.push(each);
    for (const file of isFolder ? await filesUnder(each) : [each]) files.add(file);
  }
  files.delete(sealFile);
  if (files.size > mostFiles) throw tooMany(folder);
  const sealed: SealedFile[] = [];
  for (const file of [...files].toSorted()) {
    sealed.push({ path: sealedPath(folder, file), ...(await digestOfFile(file)) });
  }
  const runs: SealedRun[] = [];
  for (const file of new Set(named.runs)) runs.push(await runOf(folder, file));
  return {
    schema: formats.seal,
    sealed_at: now.toISOString(),
    tool: { ...packageVersion(), node: process.versions.node },
    files: sealed,
    runs,
    folders: folders.map((each) => sealedPath(folder, each)),
  };
}

/** Size and SHA-256 of a file. Rejects with a `UserError` where there is none to be read. */
export async function digestOfFile(file: string): Promise<Omit<SealedFile, "path">> {
  const odd = await notAFile(file);
  if (odd !== null) throw new UserError({ zh: `${file}：${odd.zh}`, en: `${file}: ${odd.en}` });
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    await pipeline(createReadStream(file), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        hash.update(chunk);
      }
    });
  } catch (error) {
    throw unreadable(file, error);
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Every file below a folder. Rejects with a `UserError` where it cannot be read, and where they are more than a seal holds. */
export async function filesUnder(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  try {
    for await (const entry of await opendir(folder, { recursive: true })) {
      if (!entry.isDirectory()) files.push(join(entry.parentPath, entry.name));
      if (files.length > mostFiles) throw tooMany(folder);
    }
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(folder, error);
  }
  return files;
}

const tooMany = (place: string): UserError =>
  new UserError({
    zh: `${place}：超过 ${mostFiles} 个文件，一个封存文件装不下；请缩小范围`,
    en: `${place}: more than ${mostFiles} files, which is more than one seal holds; name less`,
  });

/** A path from the folder of the seal, parted by `/`. */
export const pathFrom = (folder: string, file: string): string =>
  relative(folder, resolve(file)).replaceAll(sep, "/") || ".";

/** The same as seals hold it. Throws a `UserError` where they cannot: another drive, line breaks or backslashes in a name. */
function sealedPath(folder: string, file: string): string {
  const path = pathFrom(folder, file);
  if (SealedPath.safeParse(path).success) return path;
  throw new UserError({
    zh: `${file}：文件名里有换行、控制字符或反斜杠，或与封存文件不在同一个盘上，无法封存；请改名，或把 -o 写到同一个盘`,
    en: `${file} cannot be sealed: its name has line breaks, control characters or backslashes, or it is on another drive than the seal. Rename it, or write -o to the same drive`,
  });
}

/** What the first line of a run names. */
export const namedByRun = ({
  id,
  plan_digest,
  tool,
  suites,
}: RunLine): Omit<SealedRun, "path"> => ({
  id,
  plan_digest,
  tool: { version: tool.version, commit: tool.commit, node: tool.node },
  suites: suites.map((suite) => ({ id: suite.id, digest: suite.digest })),
});

async function runOf(folder: string, file: string): Promise<SealedRun> {
  const header = await readHeader(file);
  if (header !== null) return { path: sealedPath(folder, file), ...namedByRun(header) };
  throw new UserError({
    zh: `${file} 不是运行文件；其他文件请用 --with 列出`,
    en: `${file} is no run file; name other files with --with`,
  });
}
