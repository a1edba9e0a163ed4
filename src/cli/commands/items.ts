import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Text } from "../../domain/text.ts";
import type { ItemAnalysis } from "../../report/items/analysis.ts";
import type { Context } from "../context.ts";

import { itemAnalysis } from "../../report/items/analysis.ts";
import { itemsJson } from "../../report/items/json.ts";
import { readResponses } from "../../report/items/read.ts";
import { wholeTable } from "../../report/items/table.ts";
import { itemsMarkdown, itemsTerminal } from "../../report/items/text.ts";
import { renderCsv } from "../../report/render/csv.ts";
import { jsonText } from "../../report/render/plain.ts";
import { noSuite } from "../../report/run/suites-text.ts";
import { choice, defineCommand, flag, list, number, type OptionsOf } from "../options.ts";
import { noRunNamed } from "../report/recent-runs.ts";
import { runFilesAmong } from "../report/run-files.ts";
import { shared } from "../shared-options.ts";

const options = {
  suite: list({ zh: "只看这个题集，可重复", en: "only this suite, repeatable" }),
  limit: number(
    { zh: "每张表最多几题，默认 10", en: "most items of each table (default 10)" },
    { whole: true, least: 1 },
    10,
  ),
  baselines: flag({ zh: "基线也算作答者", en: "baselines are respondents too" }),
  format: choice(
    { zh: "table（默认）、md、csv、json", en: "table (default), md, csv, json" },
    ["table", "md", "csv", "json"],
    "table",
  ),
  out: shared.out,
  wide: flag({ zh: "显示所有列", en: "show every column" }),
};

type Shown = Pick<OptionsOf<typeof options>, "format" | "out" | "wide" | "limit">;

/** Exit 0, or 3 where no answer counts. */
export const command = defineCommand({
  usage: "RUN… [--suite s] [--limit N] [--format table|md|csv|json] [-o f] [--wide]",
  options,
  run: async ({ suite: suites, baselines, positionals: named, ...shown }, context) => {
    if (named.length === 0) throw await noRunNamed(missingRun, context);
    const positionals = await runFilesAmong(named, context);
    const files = positionals.map((file) => resolve(context.cwd, file));
    const responses = await readResponses(files, { suites, baselines });
    const absent = suites.find((name) => !responses.suites.has(name));
    if (absent !== undefined) throw noSuite(absent, [...responses.suites]);
    const analysis = itemAnalysis(responses);
    const text = render(analysis, shown, context);
    if (shown.out === null) context.print(text.replace(/\n$/, ""));
    else await writeFile(resolve(context.cwd, shown.out), text);
    return analysis.items.length > 0 ? 0 : 3;
  },
});

function render(
  analysis: ItemAnalysis,
  { format, out, wide, limit }: Shown,
  { lang, columns, isTTY }: Context,
): string {
  const toFile = out !== null;
  const width = wide || toFile ? Number.POSITIVE_INFINITY : columns;
  const wrapped = isTTY && !toFile ? columns : null;
  switch (format) {
    case "table":
      return `${itemsTerminal(analysis, { lang, limit, width, wrapped })}\n`;
    case "md":
      return itemsMarkdown(analysis, { lang, limit });
    case "csv":
      return renderCsv(wholeTable(analysis, lang));
    case "json":
      return `${jsonText(itemsJson(analysis), 2)}\n`;
  }
}

const missingRun: Text = {
  zh: "请给出至少一个运行文件，例如 baimo items results/*.jsonl",
  en: "Name at least one run file, such as: baimo items results/*.jsonl",
};
