/** Runs the test of each row of the threat table in SECURITY.md: `npm run threats`. Exits with 1 where one fails or is missing. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

import "../own-temporary.ts";
import { type Guard, guardsOf, patternOf } from "./guards.ts";

const root = resolve(import.meta.dirname, "..");
const guards = guardsOf(readFileSync(join(root, "SECURITY.md"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "baimo-threats-"));

type Report = {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
};

const inPackaging = ({ file }: Guard): boolean => file.startsWith("packaging/");
try {
  const done = [
    ...resultsOf(
      guards.filter((each) => !inPackaging(each)),
      [],
    ),
    ...resultsOf(guards.filter(inPackaging), ["--config", "packaging/vitest.config.ts"]),
  ];
  const rows = guards.map((guard) => {
    const titled = patternOf(guard.title);
    const own = done.filter(
      ({ file, titles }) => file === guard.file && titles.some((each) => titled.test(each)),
    );
    const passed = own.filter(({ status }) => status === "passed").length;
    return { guard, passed, others: own.length - passed };
  });
  for (const { guard, passed, others } of rows) {
    const mark = passed > 0 && others === 0 ? "✓" : "✗";
    console.log(`${mark} ${guard.threat}: ${passed} passed, ${others} not (${guard.file})`);
  }
  const bad = rows.filter(({ passed, others }) => passed === 0 || others > 0);
  console.log(`${rows.length - bad.length} of ${rows.length} threats are guarded`);
  process.exitCode = bad.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What became of the tests of these titles, in their files alone. */
function resultsOf(wanted: readonly Guard[], options: readonly string[]) {
  const out = join(folder, `${options.length}.json`);
  const files = [...new Set(wanted.map(({ file }) => file))];
  const names = wanted.map(({ title }) => patternOf(title).source.slice(1)).join("|");
  // What vitest says beside its report is said where a test fails.
  spawnSync(
    process.execPath,
    [join(root, "node_modules/vitest/vitest.mjs"), "run", ...options, ...files, "-t", names].concat(
      ["--reporter", "json", "--outputFile", out, "--reporter", "default"],
    ),
    { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
  );
  const { testResults } = JSON.parse(readFileSync(out, "utf8")) as Report;
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== "skipped" && status !== "pending")
      .map(({ ancestorTitles, title, status }) => ({
        file: relative(root, name),
        // A row may name a group of tests.
        titles: [...ancestorTitles, title],
        status,
      })),
  );
}
