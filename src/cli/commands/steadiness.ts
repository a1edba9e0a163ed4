import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { SteadinessReport } from "../../report/steadiness/steadiness.ts";
import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { figuresPage, reportOfSteadiness } from "../../report/page/first-view.ts";
import { jsonText } from "../../report/render/plain.ts";
import {
  steadinessJson,
  steadinessMarkdown,
  steadinessTerminal,
} from "../../report/steadiness/text.ts";
import { choice, defineCommand, text } from "../options.ts";
import { shared } from "../shared-options.ts";
import { readSteadiness } from "../steadiness/read-steadiness.ts";

const formats = ["table", "md", "html", "json"] as const;

/** Exit 0, or 3 where nothing was asked in the period. */
export const command = defineCommand({
  usage: `HISTORY|RUN… [--month 2026-11] [--format ${formats.join("|")}] [-o f]`,
  options: {
    month: text({
      zh: "一个月，如 2026-11；默认是最后一次探测为止的 30 天",
      en: "a month such as 2026-11; by default the 30 days up to the last probe",
    }),
    json: shared.json,
    format: choice(
      { zh: "table（默认）、md、html、json", en: "table (default), md, html, json" },
      formats,
      "table",
    ),
    out: shared.out,
  },
  run: async ({ positionals, month, json, format, out }, context) => {
    if (positionals.length === 0) throw missingSource;
    const report = await readSteadiness(positionals, month, context);
    if (report.targets.length === 0) throw nothingAsked(report);
    const shown = await render(report, json ? "json" : format, out, context);
    if (out === null) context.print(shown);
    else await writeFile(resolve(context.cwd, out), `${shown}\n`);
    return 0;
  },
});

async function render(
  report: SteadinessReport,
  format: (typeof formats)[number],
  out: string | null,
  { lang, columns }: Context,
): Promise<string> {
  switch (format) {
    case "json":
      return jsonText(steadinessJson(report), 2);
    case "md":
      return steadinessMarkdown(report, lang);
    case "html":
      return figuresPage(reportOfSteadiness(report, new Date()), lang);
    case "table":
      return steadinessTerminal(report, lang, out === null ? columns : Number.POSITIVE_INFINITY);
  }
}

const missingSource = new UserError({
  zh: "请给出夜间历史的文件夹或运行文件，例如 baimo steadiness results/nightly/nightly",
  en: "Name the folder of a history of nights or run files, such as: baimo steadiness results/nightly/nightly",
});

const nothingAsked = ({ period: { from, to } }: SteadinessReport): UserError =>
  new UserError(
    {
      zh: `${from} 到 ${to} 之间什么也没有问过，请用 --month 换一个月`,
      en: `Nothing was asked from ${from} to ${to}: name another month with --month`,
    },
    [],
    3,
  );
