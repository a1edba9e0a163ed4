import { defineConfig } from "vitest/config";

import base from "./vitest.config.ts";

/** The tests that have a long form, in it. */
export default defineConfig({
  test: {
    ...base.test,
    include: [
      "src/calling/testing/through-simulator.test.ts",
      "src/cli/calibrate/interrupted.test.ts",
      "src/cli/run/killed.test.ts",
      "src/cli/run/killed-agents.test.ts",
      "src/graders/code-box.test.ts",
      "src/generating/solvers.test.ts",
      "src/grading/testing/hostile.test.ts",
      "src/playing/testing/generated-tasks.test.ts",
      "src/store/suites/shipped/shipped-suites.test.ts",
      "src/store/suites/shipped/shipped-lazy.test.ts",
    ],
    provide: { matrix: true },
  },
});
