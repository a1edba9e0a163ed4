import { join, resolve } from "node:path";

import { formats } from "../../domain/formats.ts";
import { Board } from "../../domain/board.ts";
import { type SuiteFolders, soleBoardFile, yamlHeads } from "./find-suites.ts";
import { unknownName } from "../../validation/issues.ts";
import { readYaml } from "../yaml/yaml.ts";
import { UserError } from "../../domain/text.ts";

/**
 * The board of a name: a file, or the id of a board in `boards/` under ./suites or the built-in suites.
 * A `UserError` names the known ones.
 */
export async function findBoard(name: string, { cwd, builtin }: SuiteFolders): Promise<Board> {
  if (/[\\/]|\.ya?ml$/.test(name)) return (await readYaml(resolve(cwd, name), Board)).value;
  const places = [join(cwd, "suites", "boards"), join(builtin, "boards")];
  const heads = (await Promise.all(places.map(yamlHeads))).flat();
  const boards = heads.filter(({ schema }) => schema === formats.board);
  const found = boards.find(({ id }) => id === name);
  if (found !== undefined) return (await readYaml(found.file, Board)).value;
  const known = [...new Set(boards.map(({ id }) => id))];
  throw new UserError(unknownName({ zh: "榜单", en: "board" }, name, known));
}

/** The `limit` of the board where the names stand for one board alone, else null. */
export async function boardLimit(
  names: readonly string[],
  folders: SuiteFolders,
): Promise<number | null> {
  const file = await soleBoardFile(names, folders);
  return file === null ? null : ((await readYaml(file, Board)).value.limit ?? null);
}
