import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

type Package = { readonly name?: unknown; readonly version?: unknown; readonly gitHead?: unknown };

/** A folder that ships with the package, found from a checkout and from an installed `dist/` alike. */
export function builtinFolder(name: "suites" | "providers"): string {
  return join(packageRoot(), name);
}

/** Version of the package, and the commit it was built from or runs in, or null if unknown. */
export function packageVersion(): { readonly version: string; readonly commit: string | null } {
  const root = packageRoot();
  const { version, gitHead } = readPackage(root);
  return {
    version: String(version),
    commit: typeof gitHead === "string" ? gitHead : commitOf(root),
  };
}

function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    if (existsSync(join(folder, "package.json")) && readPackage(folder).name === "baimo") {
      return folder;
    }
    const parent = dirname(folder);
    if (parent === folder) throw new Error("the package.json of baimo was not found");
    folder = parent;
  }
}

const readPackage = (folder: string): Package =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;

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
