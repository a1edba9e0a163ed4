import { join, resolve } from "node:path";

import { Board } from "../../domain/board.ts";
import { type SuiteFolders, soleBoardFile, yamlHeads } from "./find-suites.ts";
import { unknownName } from "../../validation/issues.ts";
import { readYaml } from "../yaml/yaml.ts";
import { UserError } from "../../domain/text.ts";

/**
 * Finds a board by name: a file, or the id of a board in `boards/` under ./suites or the built-in suites.
 * Rejects with a `UserError` that lists the known ones.
 */
export async function findBoard(name: string, { cwd, builtin }: SuiteFolders): Promise<Board> {
  if (/[\\/]|\.ya?ml$/.test(name)) return (await readYaml(resolve(cwd, name), Board)).value;
  const places = [join(cwd, "suites", "boards"), join(builtin, "boards")];
  const heads = (await Promise.all(places.map(yamlHeads))).flat();
  const boards = heads.filter(({ schema }) => schema === "board/1");
  const found = boards.find(({ id }) => id === name);
  if (found !== undefined) return (await readYaml(found.file, Board)).value;
  const known = [...new Set(boards.map(({ id }) => id))];
  throw new UserError(unknownName({ zh: "榜单", en: "board" }, name, known));
}

/** The board's `limit` if the names denote exactly one board, else null. */
export async function boardLimit(
  names: readonly string[],
  folders: SuiteFolders,
): Promise<number | null> {
  const file = await soleBoardFile(names, folders);
  return file === null ? null : ((await readYaml(file, Board)).value.limit ?? null);
}
