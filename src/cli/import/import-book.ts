import { stat } from "node:fs/promises";

import type { Text } from "../../domain/text.ts";
import type { ReadBook } from "../../importing/suite-book/read-book.ts";

import { openWorkbook } from "../../files/xlsx.ts";
import { isSuiteBook, readBook, writeReadBook } from "../../importing/suite-book/read-book.ts";

/** True of a workbook that `export suite` wrote. Rejects with a `UserError` where the file is no workbook. */
export async function isBookFile(file: string): Promise<boolean> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile && isSuiteBook(await openWorkbook(file));
}

/** Writes the suite of such a workbook with its data files. */
export async function importBook(file: string, out: string): Promise<ReadBook> {
  const book = await readBook(file, out);
  await writeReadBook(book, out);
  return book;
}

export const bookText = ({ suite, items }: ReadBook, out: string): Text => ({
  zh: `由 export suite 写出的题集：${items} 题、${suite.tasks.length} 个任务，照原样写入 ${out}；检查：baimo check ${out}`,
  en: `a suite that export suite wrote: ${items} items, ${suite.tasks.length} tasks, written to ${out} as they are; check it with: baimo check ${out}`,
});
