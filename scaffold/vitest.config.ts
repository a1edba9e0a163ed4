import { defineConfig } from "vitest/config";

import "../own-temporary.ts";

export default defineConfig({
  root: import.meta.dirname,
  // A copy of the tree comes first, once; every program that is started has a limit of its own.
  test: { include: ["trials/*.test.ts"], testTimeout: 300_000, hookTimeout: 900_000 },
});
