/**
 * The offline bundle: one file with Node, the program, what it needs, suites, providers, docs and licences. The same
 * commit, the same `node_modules` and the same Node make the same bytes.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { type Architecture, needsOf, type NodeBinary } from "./node-binary.ts";
import { installedPackages, type LockedPackage } from "./sbom.ts";
import { type TarFile, writeTarGz } from "./tar.ts";

type BundleOptions = {
  readonly root: string;
  readonly arch: Architecture;
  readonly node: NodeBinary;
  readonly out: string;
};

export type Bundle = {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
};

/** Writes `baimo-<version>-linux-<arch>.tar.gz` into `out`. `dist/` must have been built. */
export async function writeBundle({ root, arch, node, out }: BundleOptions): Promise<Bundle> {
  const { version } = json(root, "package.json") as { readonly version: string };
  const name = `baimo-${version}-linux-${arch}`;
  const needs = needsOf(node.node);
  const files: readonly TarFile[] = [
    text("bin/baimo", launcher(arch, needs.glibc), 0o755),
    text("NEEDS.txt", `glibc ${needs.glibc}\nlibstdc++ GLIBCXX_${needs.libstdcxx}\n`),
    onDisk("node/bin/node", node.node, 0o755),
    onDisk("node/LICENSE", node.license),
    ...program(root),
  ];
  const sums = files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => `${sha256(contentOf(file))}  ${file.path}\n`);
  const all = [...files, text("SHA256SUMS", sums.join(""))];
  const file = join(out, `${name}.tar.gz`);
  const inside = all.map((each) => ({ ...each, path: `${name}/${each.path}` }));
  const digest = await writeTarGz(file, inside, commitDate(root));
  return { file, bytes: statSync(file).size, sha256: digest };
}

/** The package as npm makes it, its dependencies, the optional ones among them, and the docs. */
function program(root: string): readonly TarFile[] {
  const manifest = json(root, "package.json") as Parameters<
    typeof installedPackages
  >[0]["manifest"];
  const { packages: locked } = json(root, "package-lock.json") as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  // Machine code of one system makes another package faster and is not there on others: no bundle takes it, so that the same
  // commit makes the same bundle everywhere.
  const folders = installedPackages({ manifest, locked })
    .map(([path]) => path)
    .filter((path) => locked[path]?.os === undefined);
  const tracked = git(root, ["ls-files", "-z", ...shipped])
    .split("\0")
    .filter(Boolean);
  const all = ["dist", ...folders].flatMap((folder) => filesIn(root, folder));
  return [...new Set([...tracked, ...all])].map((path) => onDisk(`app/${path}`, join(root, path)));
}

/** The files of a folder, without the packages that lie in it: those are in the list themselves where they are needed. */
const filesIn = (root: string, folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesIn(root, path);
    return entry.isFile() ? [path] : [];
  });

const json = (root: string, name: string): unknown =>
  JSON.parse(readFileSync(join(root, name), "utf8"));

/** What is under version control and belongs in it. */
const shipped = [
  "package.json",
  "LICENSE",
  "README*.md",
  "SECURITY*.md",
  "CHANGELOG.md",
  "baimo.schema.json",
  "scorecard.schema.json",
  "run-line.schema.json",
  "suites",
  "providers",
  "docs",
];

const git = (root: string, args: readonly string[]): string =>
  execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });

/** All files get the date of the commit, or `SOURCE_DATE_EPOCH`: https://reproducible-builds.org/specs/source-date-epoch/ */
const commitDate = (root: string): number =>
  Number(process.env["SOURCE_DATE_EPOCH"] ?? git(root, ["log", "-1", "--format=%ct"]));

const text = (path: string, content: string, mode: TarFile["mode"] = 0o644): TarFile => ({
  path,
  mode,
  content: Buffer.from(content),
});

const onDisk = (path: string, file: string, mode: TarFile["mode"] = 0o644): TarFile => ({
  path,
  mode,
  content: { file, bytes: statSync(file).size },
});

const contentOf = ({ content }: TarFile): Buffer =>
  Buffer.isBuffer(content) ? content : readFileSync(content.file);

const sha256 = (content: Buffer): string => createHash("sha256").update(content).digest("hex");

/** Says in a sentence what the dynamic linker would say in its own words. */
const launcher = (arch: Architecture, glibc: string): string => `#!/bin/sh
set -u
link=$0
while [ -L "$link" ]; do
  to=$(readlink "$link")
  case $to in /*) link=$to ;; *) link=$(dirname "$link")/$to ;; esac
done
here=$(cd "$(dirname "$link")/.." && pwd) || exit 2

machine=$(uname -m)
case $machine in
  ${arch === "x64" ? "x86_64 | amd64" : "aarch64 | arm64"}) ;;
  *)
    echo "baimo 这个包是给 ${arch} 的，这台机器是 $machine · this bundle of baimo is for ${arch}; this machine is $machine" >&2
    exit 2
    ;;
esac

# Where getconf is missing, the linker itself will tell.
libc=$(getconf GNU_LIBC_VERSION 2>/dev/null) || libc=
libc=\${libc#glibc }
if [ -n "$libc" ]; then
  major=\${libc%%.*}
  minor=\${libc#*.}
  minor=\${minor%%.*}
  if [ "$major" -lt ${glibc.split(".")[0]} ] || { [ "$major" -eq ${glibc.split(".")[0]} ] && [ "$minor" -lt ${glibc.split(".")[1]} ]; }; then
    echo "baimo 需要 glibc ${glibc} 或更高版本，这里是 $libc · baimo needs glibc ${glibc} or newer; this is $libc" >&2
    exit 2
  fi
fi

exec "$here/node/bin/node" "$here/app/dist/cli/bin.js" "$@"
`;
