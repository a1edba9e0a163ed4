import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import { formats } from "../../domain/formats.ts";
import { UserError } from "../../domain/text.ts";
import { migrationReport, migrationSeed, readMigration } from "../../report/migration/migration.ts";
import { migrationLines } from "../../report/migration/text.ts";
import { jsonText } from "../../report/render/plain.ts";
import { choice, defineCommand, number, text } from "../options.ts";
import { runFilesAmong } from "../report/run-files.ts";
import { shared } from "../shared-options.ts";

/** Exit 0. */
export const command = defineCommand({
  usage: "RUN… --incumbent TARGET [--format table|md|json] [-o f]",
  options: {
    incumbent: text({ zh: "现在用的目标", en: "the target that is in use now" }),
    seed: number(
      { zh: "随机抽取的种子，默认 7", en: "seed of the random draws (default 7)" },
      { least: 0 },
      migrationSeed,
    ),
    format: choice(
      { zh: "table（默认）、md、json", en: "table (default), md, json" },
      ["table", "md", "json"],
      "table",
    ),
    out: shared.out,
  },
  run: async (
    { incumbent, seed, format, out, positionals },
    { cwd, lang, columns, print, warn },
  ) => {
    if (incumbent === null || positionals.length === 0) throw missing;
    const runs = await runFilesAmong(positionals, { cwd, lang, warn });
    const reading = await readMigration(runs.map((file) => resolve(cwd, file)));
    const report = migrationReport(reading, { incumbent, seed });
    const shown =
      format === "json"
        ? jsonText({ schema: formats.migration, ...report }, 2)
        : migrationLines(report, {
            lang,
            width: out === null ? columns : 160,
            markdown: format === "md",
          }).join("\n");
    if (out === null) print(shown);
    else await writeFile(resolve(cwd, out), `${shown}\n`);
    return 0;
  },
});

const missing = new UserError({
  zh: "请给出运行文件和现用的目标，例如 baimo migrate results/a.jsonl --incumbent qwen/qwen-plus",
  en: "name run files and the target in use, such as: baimo migrate results/a.jsonl --incumbent qwen/qwen-plus",
});
