import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { UserError } from "../domain/text.ts";

type Package = { readonly name?: unknown; readonly version?: unknown };

/**
 * A folder that ships with the package, in a checkout and beside an installed `dist/` alike. `from` is the folder of
 * this module. Throws a `UserError` where the program was copied away from it.
 */
export function builtinFolder(
  name: "suites" | "providers",
  from: string = import.meta.dirname,
): string {
  return join(rootWith(name, from), name);
}

/** Version of the package and the commit that it was built from or runs in; null where that is not known. */
export function packageVersion(from: string = import.meta.dirname): {
  readonly version: string;
  readonly commit: string | null;
} {
  const root = rootWith("package.json", from);
  // The build leaves it at the top of dist/; the package that npm makes of a checkout has no repository.
  const built = readIfFile(join(from, "../commit.txt"));
  return {
    version: String(readPackage(root)?.version),
    commit: built === null ? commitOf(root) : hash(built),
  };
}

/** The nearest folder above that is the package's own and has this file or folder. */
function rootWith(name: string, from: string): string {
  const program = dirname(from);
  for (let folder = program; ; folder = dirname(folder)) {
    if (readPackage(folder)?.name === "baimo" && existsSync(join(folder, name))) return folder;
    if (folder === dirname(folder)) break;
  }
  throw new UserError({
    zh: `找不到 baimo 的 ${name}：程序在 ${program}，从那里逐级向上都没有。dist/、suites/、providers/ 与 package.json 要放在同一个文件夹里：请整个复制，或重新安装。`,
    en: `baimo's ${name} was not found: the program is in ${program}, and neither that folder nor any above it has it. dist/, suites/, providers/ and package.json belong in one folder: copy them together, or install baimo again.`,
  });
}

function readPackage(folder: string): Package | null {
  const text = readIfFile(join(folder, "package.json"));
  return text === null ? null : (JSON.parse(text) as Package);
}

/** The checked-out commit, read from git's own files so that git need not be installed. */
function commitOf(root: string): string | null {
  const dotGit = join(root, ".git");
  try {
    const pointer = /^gitdir: (.+)$/m.exec(readIfFile(dotGit) ?? "")?.[1];
    const git = pointer === undefined ? dotGit : resolve(root, pointer);
    const head = readFileSync(join(git, "HEAD"), "utf8").trim();
    const ref = /^ref: (.+)$/.exec(head)?.[1];
    if (ref === undefined) return hash(head);
    const common = resolve(git, (readIfFile(join(git, "commondir")) ?? ".").trim());
    const loose = readIfFile(join(common, ref));
    if (loose !== null) return hash(loose.trim());
    const packed = readIfFile(join(common, "packed-refs")) ?? "";
    return hash(packed.split("\n").find((line) => line.endsWith(` ${ref}`)) ?? "");
  } catch {
    return null;
  }
}

const hash = (text: string): string | null => /^[0-9a-f]{40,64}/.exec(text)?.[0] ?? null;

function readIfFile(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
