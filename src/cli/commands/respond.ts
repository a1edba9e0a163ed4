import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Lang } from "../../domain/text.ts";
import type { ClauseEvidence } from "../../report/clauses/evidence.ts";
import type { ResponseTable } from "../../report/clauses/response.ts";
import type { View } from "../../report/view/model.ts";
import type { Context } from "../context.ts";

import { Traffic } from "../../domain/choosing/traffic.ts";
import { formats } from "../../domain/formats.ts";
import { UserError } from "../../domain/text.ts";
import { billOf } from "../../report/bill/bill.ts";
import { readEvidence } from "../../report/clauses/evidence.ts";
import { measureLines } from "../../report/clauses/measures/list.ts";
import { readClauses } from "../../report/clauses/read/read-clauses.ts";
import { responseTable } from "../../report/clauses/respond.ts";
import { sampleClauses } from "../../report/clauses/sample.ts";
import {
  responseColumns,
  responseGuide,
  responseMarkdown,
  responseText,
} from "../../report/clauses/text.ts";
import { renderCsv } from "../../report/render/csv.ts";
import { jsonText } from "../../report/render/plain.ts";
import { renderXlsx } from "../../report/render/xlsx.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig } from "../../store/config.ts";
import { openVendors } from "../../store/providers/providers.ts";
import { findBoard } from "../../store/suites/find-suites.ts";
import { readYaml } from "../../store/yaml/yaml.ts";
import { callFactsOf } from "../bill/call-facts.ts";
import { choice, defineCommand, flag, list, text } from "../options.ts";
import { runFilesAmong } from "../report/run-files.ts";
import { shared } from "../shared-options.ts";

/** Exit 0; 1 where a ★ clause is missed; 3 where nothing could be measured. */
export const command = defineCommand({
  usage:
    "RUN… --clauses f.yaml|f.xlsx|f.csv [--target T] [--load l.jsonl]… [--traffic t.yaml] [--board b] [--format table|md|csv|xlsx|json] [-o f] · --sample · --measures",
  options: {
    clauses: text({
      zh: "招标条款（YAML、Excel 或 CSV）",
      en: "clauses of a buyer (YAML, Excel or CSV)",
    }),
    target: text({ zh: "答复哪个目标", en: "the target that answers" }),
    load: list({ zh: "baimo load 的文件，可重复", en: "files of baimo load, repeatable" }),
    traffic: text({
      zh: "业务流量（YAML），用来算每月费用",
      en: "traffic of one's own (YAML), for the month's bill",
    }),
    board: shared.totalBoard,
    config: shared.config,
    format: choice(
      { zh: "table（默认）、md、csv、xlsx、json", en: "table (default), md, csv, xlsx, json" },
      ["table", "md", "csv", "xlsx", "json"],
      "table",
    ),
    out: shared.out,
    sample: flag({ zh: "打印一份带注释的条款文件", en: "print a commented file of clauses" }),
    measures: flag({
      zh: "列出全部指标：名字、单位、公式",
      en: "list all measures: names, units, formulas",
    }),
  },
  run: async (options, context) => {
    const { cwd, lang, print } = context;
    if (options.sample) {
      print(sampleClauses[lang].trimEnd());
      return 0;
    }
    if (options.measures) {
      print(measureLines(lang).join("\n"));
      return 0;
    }
    const { clauses: named, out, format } = options;
    if (named === null || options.positionals.length === 0) throw missing;
    const positionals = await runFilesAmong(options.positionals, context);
    if (format === "xlsx" && out === null) throw noFile;
    const clauses = await readClauses(resolve(cwd, named), named);
    const placed = (shown: string) => ({ shown, path: resolve(cwd, shown) });
    const { view, evidence } = await readEvidence(
      positionals.map(placed),
      options.load.map(placed),
      clauses,
    );
    const more = { ...evidence, ...(await moreEvidence(view, options, context)) };
    const table = responseTable(view, clauses, options.target, more);
    if (out === null)
      print((await shown(table, format, lang, context.columns)).toString().trimEnd());
    else await writeFile(resolve(cwd, out), await shown(table, format, lang, 160));
    if (table.star_result === "rejected") return 1;
    return table.rows.some(({ source, value }) => source === "measured" && value !== null) ? 0 : 3;
  },
});

/** The board's totals and the month's bills, where they are asked for. */
async function moreEvidence(
  view: View,
  {
    board,
    traffic: named,
    config,
  }: {
    readonly board: string | null;
    readonly traffic: string | null;
    readonly config: string | null;
  },
  { cwd }: Context,
): Promise<Pick<ClauseEvidence, "board" | "bills">> {
  const folders = { cwd, builtin: builtinFolder("suites") };
  const found = board === null ? null : await findBoard(board, folders);
  if (named === null) return { board: found, bills: [] };
  const traffic = (await readYaml(resolve(cwd, named), Traffic)).value;
  const vendors = openVendors(builtinFolder("providers"), await readConfig(cwd, config), cwd);
  const { offers } = billOf(traffic, await callFactsOf(view, null, vendors));
  return { board: found, bills: offers.filter(({ kind }) => kind === "on-demand") };
}

async function shown(
  table: ResponseTable,
  format: "table" | "md" | "csv" | "xlsx" | "json",
  lang: Lang,
  width: number,
): Promise<string | Uint8Array> {
  switch (format) {
    case "table":
      return `${responseText(table, lang, width)}\n`;
    case "md":
      return `${responseMarkdown(table, lang)}\n`;
    case "csv":
      return renderCsv(responseColumns(table, lang));
    case "xlsx":
      return renderXlsx(
        { zh: "逐条响应表", en: "Clauses" }[lang],
        responseColumns(table, lang),
        responseGuide(table),
      );
    case "json":
      return `${jsonText({ schema: formats.response, ...table }, 2)}\n`;
  }
}

const missing = new UserError({
  zh: "请给出运行文件和条款文件，例如 baimo respond results/a.jsonl --clauses clauses.xlsx；baimo respond --sample > clauses.yaml 写出一份样例",
  en: "name run files and a file of clauses, such as: baimo respond results/a.jsonl --clauses clauses.xlsx; baimo respond --sample > clauses.yaml writes a sample",
});
const noFile = new UserError({
  zh: "xlsx 要写进文件，请加 -o，例如 -o response.xlsx",
  en: "a workbook goes into a file: add -o, such as -o response.xlsx",
});
