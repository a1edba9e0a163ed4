import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";

import { defineConfig } from "vitest/config";

import "./own-temporary.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Whether tests take their long form: every vendor instead of one of each kind, twenty kills instead of three. */
    matrix: boolean;
  }
}

// Tests that start the program start what is built.
execFileSync(process.execPath, [join(import.meta.dirname, "build.ts")], { stdio: "inherit" });

/**
 * Buffers alone begin no collection of the whole heap: it holds modules and suites of hundreds of files, and one for every 64 MB
 * of buffers took a fifth of all processor time. Flags of V8 differ between versions: only the Node of package.json gets it.
 */
const ofHeap = process.versions.node.startsWith("24.")
  ? ["--external-memory-accounted-in-global-limit"]
  : [];

export default defineConfig({
  test: {
    include: [
      "*.test.ts",
      "src/**/*.test.ts",
      "src/**/*.test.tsx",
      "bench/**/*.test.ts",
      "scaffold/*.test.ts",
      "scaffold/*/src/**/*.test.ts",
    ],
    // Three nights of a CI kit, start to end: the matrix runs them.
    exclude: ["src/cli/nightly/github-kit.test.ts"],
    provide: { matrix: false },
    // Test files share a process and its loaded modules: they keep no state in them.
    isolate: false,
    // Node runs the modules as they are; Vite would rewrite every import into a lookup, which costs an eighth of all time.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    execArgv: ["--import", join(import.meta.dirname, "import-tsx.ts"), ...ofHeap],
    // Two more than there are cores: tests wait for servers, processes and pauses a third of their time, often several at once.
    maxWorkers: availableParallelism() + 2,
    // No test measures by these: a machine with six busy loops beside the tests must still pass them.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    // A poll ends as soon as it holds; a busy machine may take its time.
    expect: { poll: { timeout: 60_000 } },
  },
});
