import type { CodeTest } from "../../../domain/code-test.ts";
import type { CodeLanguage } from "../box/messages.ts";

/** The tests that hostile programs of each language are given. */
export const hostileTests: Readonly<Record<CodeLanguage, readonly CodeTest[]>> = {
  python: [
    { assert: "f(3) == 14" },
    { assert: "f(4) == 30" },
    { assert: "abs(f(10) - 385) < 1e-9" },
  ],
  javascript: [
    { assert: "f(3) === 14" },
    { assert: "f(4) === 30" },
    { assert: "Math.abs(f(10) - 385) < 1e-9" },
  ],
  sql: [
    {
      sql: {
        schema: "CREATE TABLE t (n INTEGER, name TEXT)",
        rows: "INSERT INTO t VALUES (1, '甲'), (2, '乙'), (3, '丙')",
        expect: [[14]],
      },
    },
  ],
};

/** Programs that are right, for what must still hold after all the others. */
export const honestPrograms: Readonly<Record<CodeLanguage, string>> = {
  python: "def f(n): return sum(i * i for i in range(n + 1))",
  javascript: "const f = (n) => (n === 0 ? 0 : n * n + f(n - 1));",
  sql: "SELECT sum(n * n) FROM t",
};
