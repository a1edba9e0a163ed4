import { stat } from "node:fs/promises";
import { relative } from "node:path";

import type { Text } from "../../domain/text.ts";
import type { ReadBook } from "../../importing/suite-book/read-book.ts";
import type { SuiteFolders } from "../../store/suites/find-suites.ts";

import { openWorkbook } from "../../files/xlsx.ts";
import { isSuiteBook, readBook, writeReadBook } from "../../importing/suite-book/read-book.ts";
import { suiteIdOf } from "../../importing/writer.ts";
import { namedSuites, suitesBeside } from "../../store/suites/find-suites.ts";
import { ownSuiteId } from "./suite-id.ts";

/** A suite that was imported from its workbook. */
export type ImportedBook = ReadBook & {
  /** The file that has its id already, so that it was named after its new file; null where it kept its id. */
  readonly renamed: { readonly from: string; readonly holder: string } | null;
};

/** True of a workbook that `export suite` wrote. Rejects with a `UserError` where the file is no workbook. */
export async function isBookFile(file: string): Promise<boolean> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile && isSuiteBook(await openWorkbook(file));
}

/**
 * Writes the suite of such a workbook with its data files. Answers are told apart by the suite's id, so a copy beside the suite that
 * it came from is named after its own file.
 */
export async function importBook(
  file: string,
  out: string,
  folders: SuiteFolders,
): Promise<ImportedBook> {
  const book = await readBook(file, out);
  const { id } = book.suite;
  const holder = id === suiteIdOf(out) ? null : await holderOf(id, out, folders);
  const named = holder === null ? book : { ...book, suite: { ...book.suite, id: ownSuiteId(out) } };
  await writeReadBook(named, out);
  return { ...named, renamed: holder === null ? null : { from: id, holder } };
}

/** The file besides `out` that an id stands for: beside it, in ./suites or among those that ship. */
async function holderOf(id: string, out: string, folders: SuiteFolders): Promise<string | null> {
  const beside = await suitesBeside([{ file: out, id }]);
  const { suites } = await namedSuites(folders);
  const held = [...beside, ...suites.filter((head) => head.id === id && head.file !== out)][0];
  if (held === undefined) return null;
  const short = relative(folders.cwd, held.file);
  return short.startsWith("..") ? held.file : short;
}

export function bookText({ suite, items, renamed }: ImportedBook, out: string): Text {
  const { from, holder } = renamed ?? { from: "", holder: "" };
  const id =
    renamed === null
      ? { zh: "", en: "" }
      : {
          zh: `；id 改成 ${suite.id}，因为 ${from} 已是 ${holder} 的 id`,
          en: `; its id is now ${suite.id}, since ${from} is that of ${holder}`,
        };
  return {
    zh: `由 export suite 写出的题集：${items} 题、${suite.tasks.length} 个任务，照原样写入 ${out}${id.zh}；检查：baimo check ${out}`,
    en: `a suite that export suite wrote: ${items} items, ${suite.tasks.length} tasks, written to ${out} as they are${id.en}; check it with: baimo check ${out}`,
  };
}
