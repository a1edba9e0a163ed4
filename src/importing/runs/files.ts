import { readdir, stat } from "node:fs/promises";
import { basename, join, sep } from "node:path";

import type { ForeignFile, RunImporter } from "./run-importer.ts";

import { UserError } from "../../domain/text.ts";
import { unreadable } from "../../files/text-file.ts";

/** The file that the user named, or the files below a folder that the format knows. Rejects with a `UserError` where there are none. */
export async function foreignFiles(
  path: string,
  { id, matches }: RunImporter,
): Promise<readonly ForeignFile[]> {
  const kind = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!kind.isDirectory()) return [{ path, name: basename(path) }];
  const names = (await readdir(path, { recursive: true }))
    .map((name) => name.replaceAll(sep, "/"))
    // Where the folder that was named is itself one that the path speaks of.
    .filter((name) => matches.test(name) || matches.test(`${basename(path)}/${name}`))
    .toSorted();
  if (names.length > 0) return names.map((name) => ({ path: join(path, name), name }));
  throw new UserError({
    zh: `${path}：没有 ${id} 格式的文件；请直接写出文件，或换一种格式名`,
    en: `${path}: holds no file of the format ${id}; name a file, or another format`,
  });
}
