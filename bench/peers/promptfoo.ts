import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { promptWith, resultWith, type Tool } from "./tool.ts";

const folder = "node_modules/promptfoo";
/** Where it keeps results and logs of a job. */
const home = "promptfoo";

/** promptfoo: its chat provider asks for whole replies and reads no stream. */
export const promptfoo: Tool = {
  name: "promptfoo",
  home: { variable: "PROMPTFOO", program: `${folder}/package.json` },
  version: (at) =>
    (JSON.parse(readFileSync(join(at, folder, "package.json"), "utf8")) as { version: string })
      .version,
  isStreaming: false,
  prepare: (job, at) => {
    writeFileSync(join(job.folder, "tests.jsonl"), testsOf(job.folder));
    writeFileSync(join(job.folder, "promptfooconfig.json"), JSON.stringify(configOf(job.url)));
    return {
      command: process.execPath,
      args: [
        [join(at, folder, "dist/src/entrypoint.js"), "eval", "-c", "promptfooconfig.json"],
        ["-j", String(job.streams), "--no-cache", "--no-table", "--no-progress-bar", "--no-share"],
      ].flat(),
      env: {
        PROMPTFOO_CONFIG_DIR: join(job.folder, home),
        // It must look for nothing on the network.
        PROMPTFOO_DISABLE_TELEMETRY: "1",
        PROMPTFOO_DISABLE_UPDATE: "1",
      },
    };
  },
  // It ends itself before all that it says is written, so its database is asked.
  right: ({ folder: at }) => {
    using database = new DatabaseSync(join(at, home, "promptfoo.db"), { readOnly: true });
    const { passed } = database
      .prepare("SELECT count(*) AS passed FROM eval_results WHERE success = 1")
      .get() as { passed: number };
    return passed;
  },
};

const configOf = (url: string): unknown => ({
  prompts: [promptWith("{{question}}")],
  providers: [{ id: "openai:chat:load", config: { apiBaseUrl: `${url}/v1`, apiKey: "none" } }],
  defaultTest: { assert: [{ type: "contains", value: resultWith("{{answer}}") }] },
  tests: "file://tests.jsonl",
});

/** A row as a test case. */
const testsOf = (at: string): string =>
  readFileSync(join(at, "sums.jsonl"), "utf8").replaceAll(/^.+$/gm, (row) => `{"vars":${row}}`);
