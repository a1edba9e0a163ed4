import { stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import { UserError } from "../../domain/text.ts";
import { writeBook } from "../../importing/suite-book/write-book.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { findSuites } from "../../store/suites/find-suites.ts";
import { defineCommand } from "../options.ts";
import { shared } from "../shared-options.ts";

/** Exit 0 where the workbook was written. */
export const command = defineCommand({
  usage: "SUITE -o FILE.xlsx [--force]",
  options: { out: shared.out, force: shared.forceOverwrite },
  run: async ({ out, force, positionals }, { cwd, lang, print, finishing }) => {
    const [name, ...rest] = positionals;
    if (name === undefined || rest.length > 0) throw usage;
    if (out === null || !/\.xlsx$/i.test(out)) throw noOut;
    const file = resolve(cwd, out);
    if (!force && (await isThere(file))) throw taken(out);
    const [suite, ...others] = await findSuites([name], { cwd, builtin: builtinFolder("suites") });
    if (suite === undefined || others.length > 0) throw usage;
    const { bytes, items, tasks, beside } = await finishing(() => writeBook(suite));
    await writeFile(file, bytes);
    print(
      lang === "zh"
        ? `已写入 ${out}：${items} 题、${tasks} 个任务。改完后：baimo import xlsx ${out} -o suites/新名称.yaml`
        : `wrote ${out}: ${items} items, ${tasks} tasks. Once edited: baimo import xlsx ${out} -o suites/new.yaml`,
    );
    if (beside.length > 0) {
      print(
        lang === "zh"
          ? `题集还引用这些裁判文件，请放在新题集旁边的同一位置：${beside.join("、")}`
          : `the suite names these judge files; keep them at the same place beside the new suite: ${beside.join(", ")}`,
      );
    }
    return 0;
  },
});

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const usage = new UserError({
  zh: "请给出一个题集，例如 baimo export suite suites/mine.yaml -o mine.xlsx",
  en: "name one suite, such as: baimo export suite suites/mine.yaml -o mine.xlsx",
});
const noOut = new UserError({
  zh: "请用 -o 指明要写的 .xlsx 文件",
  en: "name the .xlsx to write with -o",
});
const taken = (out: string): UserError =>
  new UserError({
    zh: `${out} 已经存在；要覆盖请加 --force`,
    en: `${out} exists; add --force to overwrite it`,
  });
