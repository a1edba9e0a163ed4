import { stat } from "node:fs/promises";
import { resolve } from "node:path";

import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { monthPeriod, type Period, periodUntil } from "../../report/steadiness/period.ts";
import { historySource, runsSource } from "../../report/steadiness/read.ts";
import {
  lastWindow,
  type SteadinessReport,
  type SteadinessSource,
  steadinessOf,
} from "../../report/steadiness/steadiness.ts";
import { nightFiles, nightsFolder } from "../../store/nights/night-files.ts";
import { nightRunFiles } from "../nightly/files.ts";

/**
 * Judges a month, or the last 30 days where it is null, of a history's folder or of run files. Rejects with a UserError for what
 * is neither, and where nothing is kept by window.
 */
export async function readSteadiness(
  names: readonly string[],
  month: string | null,
  place: Pick<Context, "cwd">,
): Promise<SteadinessReport> {
  const source = await sourceOf(names, place);
  return steadinessOf(source, periodOf(source, month));
}

/** A folder with records of nights, one with run files, or run files. */
async function sourceOf(
  names: readonly string[],
  { cwd }: Pick<Context, "cwd">,
): Promise<SteadinessSource> {
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
