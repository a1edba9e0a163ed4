import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** A test run has a temporary folder of its own and leaves nothing behind. */
const temporary = mkdtempSync(join(tmpdir(), "baimo-vitest-"));
process.env["TMPDIR"] = temporary;
process.once("exit", () => {
  rmSync(temporary, { recursive: true, force: true });
});

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "src/**/*.test.tsx"],
    testTimeout: 30_000,
  },
});
