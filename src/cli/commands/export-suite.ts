import { stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import type { Text } from "../../domain/text.ts";

import { UserError } from "../../domain/text.ts";
import { writeBook } from "../../importing/suite-book/write-book.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { findSuites, yamlHead } from "../../store/suites/find-suites.ts";
import { shownPath } from "../names.ts";
import { defineCommand } from "../options.ts";
import { shared } from "../shared-options.ts";

/** Exit 0 where the workbook was written. */
export const command = defineCommand({
  usage: "SUITE -o FILE.xlsx [--force]",
  options: { out: shared.out, force: shared.forceOverwrite },
  run: async ({ out, force, positionals }, context) => {
    const { cwd, lang, print, finishing } = context;
    const [name, ...rest] = positionals;
    if (name === undefined || rest.length > 0) throw usage;
    if (out === null || !/\.xlsx$/i.test(out)) throw noOut;
    const file = resolve(cwd, out);
    if (!force && (await isThere(file))) throw taken(out);
    const builtin = builtinFolder("suites");
    const [suite, ...others] = await findSuites([name], { cwd, builtin });
    if (suite === undefined || others.length > 0) throw usage;
    const { bytes, items, tasks, beside } = await finishing(() => writeBook(suite));
    await writeFile(file, bytes);
    print(
      lang === "zh"
        ? `已写入 ${out}：${items} 题、${tasks} 个任务`
        : `wrote ${out}: ${items} items, ${tasks} tasks`,
    );
    // In a checkout the suites that ship lie in ./suites, among one's own.
    const ships = dirname(suite) === builtin && builtin !== resolve(cwd, "suites");
    const { id } = await yamlHead(suite);
    print(ships ? asCopy(out, id)[lang] : backInto(out, shownPath(suite, context))[lang]);
    if (beside.length > 0) {
      print(
        lang === "zh"
          ? `题集还引用这些裁判文件；写到别的文件夹时，也放在题集旁边的同一位置：${beside.join("、")}`
          : `the suite names these judge files; in another folder they go to the same place beside it: ${beside.join(", ")}`,
      );
    }
    return 0;
  },
});

/** A file of one's own is written again; under another name it is a suite beside it. */
const backInto = (out: string, suite: string): Text => ({
  zh: `改完后写回（YAML 里的注释不保留）：\nbaimo import xlsx ${out} -o ${suite} --force\n要另成一份，就用 -o 写一个新文件名，不加 --force，id 随新文件名`,
  en: `Once edited, write it back (comments of the YAML are lost):\nbaimo import xlsx ${out} -o ${suite} --force\nFor a copy beside it, name a new file with -o and leave --force out: its id is the new name`,
});

/** What ships stays as it is. */
const asCopy = (out: string, id: string): Text => ({
  zh: `改完后（随程序附带的 ${id} 不动，id 随新文件名）：\nbaimo import xlsx ${out} -o suites/my-${id}.yaml`,
  en: `Once edited (${id}, which ships with baimo, stays as it is; the id is the new name):\nbaimo import xlsx ${out} -o suites/my-${id}.yaml`,
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
