import { stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { figuresPage, reportOfSteadiness } from "../../report/page/first-view.ts";
import { jsonText } from "../../report/render/plain.ts";
import { monthPeriod, type Period, periodUntil } from "../../report/steadiness/period.ts";
import { historySource, runsSource } from "../../report/steadiness/read.ts";
import {
  lastWindow,
  type SteadinessReport,
  type SteadinessSource,
  steadinessOf,
} from "../../report/steadiness/steadiness.ts";
import {
  steadinessJson,
  steadinessMarkdown,
  steadinessTerminal,
} from "../../report/steadiness/text.ts";
import { nightFiles, nightsFolder } from "../../store/nights/night-files.ts";
import { nightRunFiles } from "../nightly/files.ts";
import { choice, defineCommand, text } from "../options.ts";
import { shared } from "../shared-options.ts";

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
    const source = await sourceOf(positionals, context);
    const report = steadinessOf(source, periodOf(source, month));
    if (report.targets.length === 0) throw nothingAsked(report);
    const shown = await render(report, json ? "json" : format, out, context);
    if (out === null) context.print(shown);
    else await writeFile(resolve(context.cwd, out), `${shown}\n`);
    return 0;
  },
});

/** A folder with records of nights, one with run files, or run files. */
async function sourceOf(names: readonly string[], { cwd }: Context): Promise<SteadinessSource> {
  const paths = names.map((name) => resolve(cwd, name));
  const [first = ""] = paths;
  if (!(await isFolder(first))) return runsSource(paths);
  if (paths.length > 1) throw oneFolder;
  if ((await nightFiles(nightsFolder(first))).length > 0) return historySource(first);
  const files = await nightRunFiles(first);
  if (files.length === 0) throw emptyFolder(names[0] ?? "");
  return runsSource(files.map(({ path }) => path));
}

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Whoever reads it says that it is not there.
    return false;
  }
};

function periodOf(source: SteadinessSource, month: string | null): Period {
  if (month !== null) return monthPeriod(month);
  const last = lastWindow(source);
  if (last === null) throw nothingKept(source);
  return periodUntil(last);
}

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

const oneFolder = new UserError({
  zh: "请只给一个历史文件夹，或者只给运行文件",
  en: "Name one folder of a history, or run files alone",
});

const emptyFolder = (name: string): UserError =>
  new UserError({
    zh: `${name} 里既没有夜间历史（nights/，由 baimo nightly 写出），也没有运行文件（.jsonl、.jsonl.zst）`,
    en: `${name} holds neither a history of nights (nights/, as baimo nightly writes it) nor run files (.jsonl, .jsonl.zst)`,
  });

const nothingKept = ({ without_windows }: SteadinessSource): UserError =>
  new UserError({
    zh: `没有一次单独发出的请求可以计时${without_windows > 0 ? `；${without_windows} 份记录是早先的版本所写，运行文件还在时用 baimo nightly --rebuild 重做` : ""}`,
    en: `No request was sent by itself whose time is known${without_windows > 0 ? `; ${without_windows} records were written by an earlier version: while the run files are there, baimo nightly --rebuild makes them again` : ""}`,
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
