import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";

import { Board } from "../../domain/board.ts";
import { formats } from "../../domain/formats.ts";
import { UserError } from "../../domain/text.ts";
import { notAFile } from "../../files/regular-file.ts";
import { mostTextBytes, problemError, readBytes } from "../../files/text-file.ts";
import { suggestion, unknownName } from "../../validation/suggest.ts";
import { problemAt, readYaml } from "../yaml/yaml.ts";
import { sameSuiteIds } from "./same-id.ts";

export type SuiteFolders = {
  readonly cwd: string;
  /** Folder of the suites that ship with the package. */
  readonly builtin: string;
};

/** A YAML file by its `schema`, `id` and `title` lines, without reading the rest as YAML. */
export type YamlHead = {
  readonly file: string;
  readonly schema: string | null;
  readonly id: string;
  /** Null where no line of its own holds one. */
  readonly title: string | null;
};

/**
 * Files of the suites denoted by the names, each once, in order. A name is a file, a folder, the id of
 * a suite in ./suites or among the built-in ones, or the id of a board there. Without names: all of ./suites,
 * or the built-in ones if that folder holds none.
 */
export async function findSuites(
  names: readonly string[],
  folders: SuiteFolders,
): Promise<readonly string[]> {
  if (names.length === 0) return defaultSuites(folders);
  const found: string[] = [];
  for (const name of names) found.push(...(await suitesOf(name, folders)));
  return [...new Set(found)];
}

/** Heads of all YAML files in a folder, by name; none if there is no such folder. */
export async function yamlHeads(folder: string): Promise<readonly YamlHead[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => /\.ya?ml$/.test(name)).toSorted();
  return Promise.all(files.map((name) => yamlHead(join(folder, name))));
}

/** Reads the head of a YAML file; the id defaults to the file's name. */
export async function yamlHead(file: string): Promise<YamlHead> {
  const kind = await notAFile(file);
  if (kind !== null) {
    throw new UserError({ zh: `${file}：${kind.zh}`, en: `${file}: ${kind.en}` });
  }
  const text = (await readBytes(file, mostTextBytes)).toString("utf8");
  const schema = /(?:^|[{,])\s*["']?schema["']?\s*:\s*["']?([\w./-]+)/m.exec(text)?.[1] ?? null;
  const id = /^\uFEFF?id:\s*["']?([^\s"'#]+)/m.exec(text)?.[1];
  const title = /^title:[ \t]*(["']?)(.*?)\1[ \t]*(?:#.*)?$/m.exec(text)?.[2] ?? "";
  return {
    file,
    schema,
    id: id ?? basename(file).replace(/\.ya?ml$/, ""),
    title: title === "" ? null : title,
  };
}

async function suitesOf(name: string, folders: SuiteFolders): Promise<readonly string[]> {
  const named = await resolveName(name, folders);
  return "board" in named ? boardSuites(named.board, folders) : named.suites;
}

/** The board's file if there is exactly one name and it denotes a board, else null. */
async function soleBoardFile(
  names: readonly string[],
  folders: SuiteFolders,
): Promise<string | null> {
  const [name] = names;
  if (name === undefined || names.length > 1) return null;
  const named = await resolveName(name, folders);
  return "board" in named ? named.board : null;
}

type ResolvedName = { readonly board: string } | { readonly suites: readonly string[] };

async function resolveName(name: string, folders: SuiteFolders): Promise<ResolvedName> {
  const path = resolve(folders.cwd, name);
  const kind = await kindOf(path);
  if (kind === "file") {
    const head = await yamlHead(path);
    return head.schema === formats.board ? { board: path } : { suites: [path] };
  }
  if (kind === "folder") {
    const inside = (await yamlHeads(path)).filter(isSuite);
    if (inside.length > 0) return { suites: inside.map(({ file }) => file) };
  }
  const suites = await knownSuites(folders);
  const suite = soleSuite(suites, name);
  if (suite !== null) return { suites: [suite] };
  const boards = await knownBoards(folders);
  const board = boards.find(({ id }) => id === name);
  if (board !== undefined) return { board: board.file };
  if (kind === "folder") throw noSuites(name);
  const namesake = suites.find(({ file }) => fileName(file) === name);
  if (namesake !== undefined) throw otherId(name, namesake, folders);
  throw unknownSuite(
    name,
    [...suites, ...boards].map(({ id }) => id),
  );
}

async function defaultSuites(folders: SuiteFolders): Promise<readonly string[]> {
  for (const folder of suiteFolders(folders)) {
    const inside = (await yamlHeads(folder)).filter(isSuite);
    if (inside.length > 0) return inside.map(({ file }) => file);
  }
  throw noSuites(folders.builtin);
}

/**
 * Files of a board's members: next to the board's folder, in ./suites, or built in. Rejects with a `UserError` that
 * locates those that were not found.
 */
export async function boardSuites(file: string, folders: SuiteFolders): Promise<readonly string[]> {
  const { value: board, locate } = await readYaml(file, Board);
  const beside = (await yamlHeads(dirname(dirname(file)))).filter(isSuite);
  const known = [...beside, ...(await knownSuites(folders))];
  const ids = [...new Set(known.map(({ id }) => id))];
  const kind = { zh: "题集", en: "suite" };
  const problems = board.members.flatMap(({ suite }, index) =>
    ids.includes(suite)
      ? []
      : [problemAt(locate, ["members", index, "suite"], unknownName(kind, suite, ids))],
  );
  if (problems.length > 0) throw problemError(problems);
  return board.members.flatMap(({ suite }) => soleSuite(known, suite) ?? []);
}

/**
 * The file that an id stands for, or null: the first of the folders in their order. Throws a `UserError` where that folder
 * holds two, since it is not known which of them is meant.
 */
function soleSuite(known: readonly YamlHead[], id: string): string | null {
  const first = known.find((head) => head.id === id);
  if (first === undefined) return null;
  const same = sameSuiteIds(known.filter((head) => head.id === id && isBeside(head, first)));
  if (same !== null) throw same;
  return first.file;
}

const isBeside = (a: YamlHead, b: YamlHead): boolean => dirname(a.file) === dirname(b.file);

/** The suites in the folders of these files that share an id with one of them, the files themselves left out. */
export async function suitesBeside(
  suites: readonly { readonly file: string; readonly id: string }[],
): Promise<readonly YamlHead[]> {
  const folders = new Set(suites.map(({ file }) => dirname(file)));
  const heads = (await Promise.all([...folders].map(yamlHeads))).flat().filter(isSuite);
  return heads.filter(
    (head) =>
      suites.every(({ file }) => file !== head.file) &&
      suites.some(({ file, id }) => id === head.id && dirname(file) === dirname(head.file)),
  );
}

const suiteFolders = ({ cwd, builtin }: SuiteFolders): readonly string[] => [
  join(cwd, "suites"),
  builtin,
];

const isSuite = ({ schema }: YamlHead): boolean => schema === formats.suite;

/** Files of all suites in ./suites and of all that ship, each once. */
export const everySuite = async (folders: SuiteFolders): Promise<readonly string[]> => [
  ...new Set((await knownSuites(folders)).map(({ file }) => file)),
];

async function knownSuites(folders: SuiteFolders): Promise<readonly YamlHead[]> {
  return (await Promise.all(suiteFolders(folders).map(yamlHeads))).flat().filter(isSuite);
}

async function knownBoards(folders: SuiteFolders): Promise<readonly YamlHead[]> {
  const places = suiteFolders(folders).map((folder) => join(folder, "boards"));
  return (await Promise.all(places.map(yamlHeads)))
    .flat()
    .filter(({ schema }) => schema === formats.board);
}

async function kindOf(path: string): Promise<"file" | "folder" | null> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch {
    return null;
  }
}

const noSuites = (folder: string): UserError =>
  new UserError({
    zh: `${folder}：没有题集（schema: ${formats.suite}）`,
    en: `${folder}: holds no suite (schema: ${formats.suite})`,
  });

/** Without its folder and its ending. */
const fileName = (path: string): string => basename(path).replace(/\.ya?ml$/, "");

/** A suite is called by its id, not by its file. */
function otherId(name: string, { file, id }: YamlHead, { cwd }: SuiteFolders): UserError {
  const shown = relative(cwd, file);
  return new UserError({
    zh: `没有 id 为 ${name} 的题集；${shown} 的 id 是 ${id}，用 ${id} 或这个路径`,
    en: `no suite has the id ${name}; that of ${shown} is ${id}: name ${id}, or the path`,
  });
}

function unknownSuite(name: string, ids: readonly string[]): UserError {
  const isPath = /[\\/]|\.ya?ml$/.test(name);
  const meant = suggestion(isPath ? fileName(name) : name, ids);
  const joined = name.split(/[,，、;；]/).filter((part) => part !== "");
  if (joined.length > 1) return severalSuites(name, joined);
  const zh = isPath ? `${name}：文件不存在` : `没有名为 ${name} 的题集、榜单、文件或文件夹`;
  const en = isPath ? `${name}: no such file` : `no suite, board, file or folder is named ${name}`;
  return new UserError({ zh: `${zh}${meant.zh}`, en: `${en}${meant.en}` });
}

const severalSuites = (name: string, names: readonly string[]): UserError =>
  new UserError({
    zh: `${name}：几个题集不用逗号连写；命令行上用空格隔开（${names.join(" ")}），配置里写成列表（suites: [${names.join(", ")}]）`,
    en: `${name}: several suites are not joined by commas; on the command line blanks part them (${names.join(" ")}), in the config they are a list (suites: [${names.join(", ")}])`,
  });

/**
 * Finds a board by name: a file, or the id of a board in `boards/` under ./suites or the built-in suites.
 * Rejects with a `UserError` that lists the known ones.
 */
export async function findBoard(name: string, { cwd, builtin }: SuiteFolders): Promise<Board> {
  if (/[\\/]|\.ya?ml$/.test(name)) return (await readYaml(resolve(cwd, name), Board)).value;
  const places = [join(cwd, "suites", "boards"), join(builtin, "boards")];
  const heads = (await Promise.all(places.map(yamlHeads))).flat();
  const boards = heads.filter(({ schema }) => schema === formats.board);
  const found = boards.find(({ id }) => id === name);
  if (found !== undefined) return (await readYaml(found.file, Board)).value;
  const known = [...new Set(boards.map(({ id }) => id))];
  const suites = await knownSuites({ cwd, builtin });
  if (suites.some(({ id }) => id === name)) throw suiteForBoard(name, known);
  throw new UserError(unknownName({ zh: "榜单", en: "board" }, name, known));
}

const suiteForBoard = (name: string, boards: readonly string[]): UserError =>
  new UserError({
    zh: `${name} 是题集，不是榜单；榜单有 ${boards.join("、")}，自己的写成 suites/boards/ 里的一个文件`,
    en: `${name} is a suite and no board; the boards are ${boards.join(", ")}, and one of your own is a file in suites/boards/`,
  });

/** The suites and boards that can be named, those of ./suites first; of two with one id, the one that the id stands for. */
export async function namedSuites(
  folders: SuiteFolders,
): Promise<{ readonly suites: readonly YamlHead[]; readonly boards: readonly YamlHead[] }> {
  const [suites, boards] = await Promise.all([knownSuites(folders), knownBoards(folders)]);
  return { suites: firstOfId(suites), boards: firstOfId(boards) };
}

const firstOfId = (heads: readonly YamlHead[]): readonly YamlHead[] =>
  heads.filter(({ id }, index) => heads.findIndex((head) => head.id === id) === index);

/** Ids of the boards that can be named. */
export const boardIds = async (folders: SuiteFolders): Promise<readonly string[]> => [
  ...new Set((await knownBoards(folders)).map(({ id }) => id)),
];

/** The board's `limit` if the names denote exactly one board, else null. */
export async function boardLimit(
  names: readonly string[],
  folders: SuiteFolders,
): Promise<number | null> {
  const file = await soleBoardFile(names, folders);
  return file === null ? null : ((await readYaml(file, Board)).value.limit ?? null);
}
