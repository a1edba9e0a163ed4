import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { defineConfig } from "vitest/config";

import "../own-temporary.ts";
import { chromiumPath } from "./chromium.ts";

if (chromiumPath() === null) {
  // A machine without a browser can still check everything else; CI has to have one.
  console.log(
    "No Chromium: the tests of the report page in a browser are skipped. Install one (apt-get install chromium) or name it in CHROMIUM_PATH.",
  );
  if (process.env["CI"] !== undefined) process.exit(1);
}

execFileSync(process.execPath, [
  join(import.meta.dirname, "../build-page.ts"),
  join(import.meta.dirname, "../dist/page"),
]);

/** The report page in a real browser: `npm run page`. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ["*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
