import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

const root = dirname(dirname(import.meta.dirname));

/** What a copy can do without; the packages are shared. */
const left = new Set(["node_modules", ".git", "dist", "results"]);

/** A copy of the tree in a folder of its own. */
export function copyOfTree(): string {
  const tree = join(mkdtempSync(join(tmpdir(), "baimo-recipes-")), "baimo");
  cpSync(root, tree, { recursive: true, filter: (path) => !left.has(basename(path)) });
  symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
  return tree;
}

export type Shell = { readonly code: number | null; readonly said: string };

/** Runs a command line in the tree, as somebody at a terminal would; all that it says, both streams together. */
export function shell(tree: string, line: string, limit_s = 240): Shell {
  const { status, stdout, stderr, error }: SpawnSyncReturns<string> = spawnSync(line, {
    cwd: tree,
    shell: true,
    encoding: "utf8",
    timeout: limit_s * 1_000,
    maxBuffer: 64 << 20,
    env: { ...process.env, LANG: "zh_CN.UTF-8", NO_COLOR: "1" },
  });
  return { code: status, said: `${stdout}${stderr}${error?.message ?? ""}` };
}

/** The outcome of vitest on these files of the tree: what failed, by file, and how many tests there were. */
export function tested(tree: string, files: readonly string[]) {
  const report = join(dirname(tree), "report.json");
  shell(tree, `npx vitest run --reporter=json --outputFile=${report} ${files.join(" ")}`, 600);
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
    readonly testResults: readonly {
      readonly name: string;
      readonly status: string;
      readonly message: string;
      readonly assertionResults: readonly {
        readonly status: string;
        readonly fullName: string;
        readonly failureMessages: readonly string[];
      }[];
    }[];
  };
  return testResults.map(({ name, status, message, assertionResults }) => ({
    file: name.slice(name.indexOf("/baimo/") + "/baimo/".length),
    tests: assertionResults.length,
    failed: [
      ...(status === "failed" && assertionResults.length === 0 ? [message] : []),
      ...assertionResults
        .filter((each) => each.status === "failed")
        .map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join("\n")}`),
    ],
  }));
}
