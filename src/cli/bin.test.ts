import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";

import { expect, inject, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const bin = resolve(root, "dist/cli/bin.js");

/** Starts the built program in a Node that says it is another version. */
async function startedBy(version: string) {
  const preload = `data:text/javascript,${encodeURIComponent(
    `const versions = { ...process.versions, node: "${version}" };
     Object.defineProperty(process, "versions", { value: versions });
     Object.defineProperty(process, "version", { value: "v${version}" });`,
  )}`;
  const started = promisify(execFile)(process.execPath, ["--import", preload, bin, "--version"]);
  return started.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      stdout,
      stderr,
    }),
  );
}

const isWhole = inject("matrix");

test.each(isWhole ? ["12.22.12", "18.20.8", "20.20.2", "22.18.0"] : ["18.20.8", "22.18.0"])(
  "Node %s gets one sentence and no stack",
  async (version) => {
    const { code, stdout, stderr } = await startedBy(version);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^baimo 需要 Node\.js 22\.19 .* needs Node\.js 22\.19 .*\n$/);
    expect(stderr).toContain(`v${version}`);
  },
);

test.each(isWhole ? ["22.19.0", "23.0.0", "24.21.0", "100.0.0"] : ["22.19.0", "100.0.0"])(
  "Node %s is new enough",
  async (version) => {
    expect(await startedBy(version)).toMatchObject({ code: 0, stderr: "" });
  },
);

test("the first file imports nothing that an older Node would have to read as well", async () => {
  const code = await readFile(bin, "utf8");
  const imported = Array.from(code.matchAll(/^(?:import|export)\b.*?"([^"]+)";/gm), ([, of]) => of);
  expect(imported).toEqual(["module"]);
  // Syntax that Node 12 cannot parse.
  expect(code).not.toMatch(/\?\.|\?\?|\|\|=|&&=|(?<!async )\bawait\b|#\w+ in\b/);
});

test("the version that the sentence names is the one that package.json asks for", async () => {
  const { engines } = JSON.parse(await readFile(resolve(root, "package.json"), "utf8")) as {
    readonly engines: { readonly node: string };
  };
  expect(engines.node).toBe(">=22.19");
});

test.skipIf(process.platform === "win32")(
  "a coordinator starts again with a flag that spares memory, once and as the same process; nothing else does",
  async () => {
    const preload = `data:text/javascript,${encodeURIComponent(
      `process.stderr.write(JSON.stringify([process.pid, process.execArgv.includes("--no-concurrent-recompilation"), process.argv.slice(2)]) + "\\n");`,
    )}`;
    const startsOf = async (...args: readonly string[]) => {
      const command = ["--import", preload, bin, ...args];
      const { stderr } = await promisify(execFile)(process.execPath, command);
      const starts = stderr.matchAll(/^\[.*\]$/gm);
      return Array.from(starts, ([line]) => JSON.parse(line) as [number, boolean, string[]]);
    };
    const args = ["run", "--queue=redis://127.0.0.1", "-m", "a b/*", "--help"];
    const [first, second, ...more] = await startsOf(...args);
    expect([first?.slice(1), second?.slice(1), more]).toEqual([[false, args], [true, args], []]);
    expect(second?.[0]).toBe(first?.[0]);
    expect(await startsOf("run", "--help")).toHaveLength(1);
    expect(await startsOf("worker", "--queue", "redis://127.0.0.1", "--help")).toHaveLength(1);
  },
);
