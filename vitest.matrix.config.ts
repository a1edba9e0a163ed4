import { defineConfig } from "vitest/config";

import base from "./vitest.config.ts";

/** The tests that have a long form, in it. */
export default defineConfig({
  test: {
    ...base.test,
    exclude: [],
    include: [
      "src/calling/testing/through-simulator.test.ts",
      "src/cli/calibrate/interrupted.test.ts",
      "src/cli/commands/check.test.ts",
      "src/cli/first-hour/errors.test.ts",
      "src/cli/nightly/github-kit.test.ts",
      "src/cli/ping/full.test.ts",
      "src/cli/run/batch/killed.test.ts",
      "src/cli/run/judges/judge-bias.test.ts",
      "src/cli/run/killed.test.ts",
      "src/cli/run/killed-agents.test.ts",
      "src/engine/calls/testing/hostile.test.ts",
      "src/environments/meetings.test.ts",
      "src/graders/code-box.test.ts",
      "src/generating/solvers.test.ts",
      "src/grading/testing/hostile.test.ts",
      "src/importing/suite-book/suite-book.test.ts",
      "src/playing/testing/generated-tasks.test.ts",
      "src/report/choose/simulate.test.ts",
      "src/report/compare/comparison.test.ts",
      "src/report/items/falsified-golds.test.ts",
      "src/report/steadiness/month.test.ts",
      "src/simulator/replies/compose.test.ts",
      "src/stats/drift.test.ts",
      "src/store/runs/hide-line.test.ts",
      "src/store/runs/runs.test.ts",
      "src/store/schemas.test.ts",
      "src/store/suites/shipped/shipped-suites.test.ts",
      "src/store/suites/shipped/shipped-lazy.test.ts",
      "src/store/suites/shipped/shipped-manners.test.ts",
      "src/store/yaml/yaml.test.ts",
    ],
    provide: { matrix: true },
  },
});
