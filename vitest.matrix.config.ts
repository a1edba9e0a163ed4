import { globSync, readFileSync } from "node:fs";

import { defineConfig } from "vitest/config";

import base from "./vitest.config.ts";

/** What has a long form asks for it. */
const withLongForm = globSync("src/**/*.test.ts", { cwd: import.meta.dirname }).filter((file) =>
  readFileSync(new URL(file, import.meta.url), "utf8").includes('inject("matrix")'),
);

/** The tests that have a long form, in it. */
export default defineConfig({
  test: {
    ...base.test,
    exclude: [],
    include: [...withLongForm, "src/cli/nightly/github-kit.test.ts"],
    provide: { matrix: true },
  },
});
