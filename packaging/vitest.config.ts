import { defineConfig } from "vitest/config";

import "../own-temporary.ts";

export default defineConfig({
  root: import.meta.dirname,
  // Making and installing the package comes first, once; every program that is started has a limit of its own.
  test: { include: ["*.test.ts"], testTimeout: 120_000, hookTimeout: 600_000 },
});
