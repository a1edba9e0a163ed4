import { stat } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";

import type { RunLine, SuiteEntry } from "../../../domain/run-file/header.ts";
import type { ConfigFile } from "../../../store/config.ts";
import type { SuiteFile } from "../../../store/suites/suites.ts";

import { UserError } from "../../../domain/text.ts";
import { builtinFolder } from "../../../store/builtin.ts";

/** A run file that is continued, and its first line. */
export type Continued = { readonly file: string; readonly header: RunLine };

/** What the header of a run file says of where its suites and its config lie. */
export function originOf(
  runFile: string,
  entries: readonly SuiteEntry[],
  { suites, config }: { readonly suites: readonly SuiteFile[]; readonly config: ConfigFile | null },
): Pick<RunLine, "suites" | "config"> {
  const path = (file: string): string => relative(dirname(runFile), file).replaceAll(sep, "/");
  const fileOf = new Map(suites.map(({ suite, file }) => [suite.id, file]));
  return {
    ...(config === null ? {} : { config: path(config.file) }),
    suites: entries.map((entry) => {
      const file = fileOf.get(entry.id);
      return file === undefined || isBuiltin(file) ? entry : { ...entry, file: path(file) };
    }),
  };
}

const isBuiltin = (file: SuiteFile["file"]): boolean =>
  !relative(builtinFolder("suites"), file).startsWith("..");

/** The config of a continued run, or null where it is not known or gone. */
export async function configOfRun({ file, header }: Continued): Promise<string | null> {
  if (header.config === undefined) return null;
  const config = resolve(dirname(file), header.config);
  return (await isThere(config)) ? config : null;
}

/**
 * Names of the suites of a continued run: their files, or the ids of those that ship with baimo. Null where
 * the file was written by an earlier version, which did not say. Throws a UserError for one that is gone.
 */
export async function suitesOfRun({ file, header }: Continued): Promise<readonly string[] | null> {
  if (header.config === undefined && header.suites.every((suite) => suite.file === undefined)) {
    return null;
  }
  const names: string[] = [];
  for (const suite of header.suites) {
    const path = suite.file === undefined ? null : resolve(dirname(file), suite.file);
    if (path !== null && !(await isThere(path))) throw goneSuite(suite.id, path);
    names.push(path ?? suite.id);
  }
  return names;
}

const isThere = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null)) !== null;

const goneSuite = (id: string, path: string): UserError =>
  new UserError({
    zh: `要续跑的题集 ${id} 原来在 ${path}，现在没有这个文件。若是移走了，把各题集现在的路径写在 run 后面，再加 --resume`,
    en: `the suite ${id} of the run to continue lay at ${path}, where there is no file now. If it was moved, name where the suites are: run PATH… --resume`,
  });
