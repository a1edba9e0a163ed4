import { stat } from "node:fs/promises";
import { extname, resolve } from "node:path";

import { UserError } from "../../domain/text.ts";
import { exportFormats, loadExportFormat } from "../../report/export/format.ts";
import { readExport } from "../../report/export/read.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { findBoard } from "../../store/suites/find-suites.ts";
import { choice, defineCommand } from "../options.ts";
import { shared } from "../shared-options.ts";

const formats = exportFormats();

/** Exit 0 where the file was written. */
export const command = defineCommand({
  usage: `RUN… -o FILE [--to ${formats.join("|")}] [--board b] [--force]`,
  options: {
    to: choice(
      {
        zh: `${formats.join("、")}；默认按 -o 的扩展名`,
        en: `${formats.join(", ")}; by the ending of -o if not given`,
      },
      formats,
      null,
    ),
    out: shared.out,
    board: shared.totalBoard,
    force: shared.forceOverwrite,
  },
  run: async ({ to, out, board: name, force, positionals }, { cwd, lang, print, finishing }) => {
    if (positionals.length === 0) throw noRun;
    if (out === null) throw noOut;
    const id = to ?? extname(out).slice(1).toLowerCase();
    if (id === "") throw noFormat(out);
    const format = await loadExportFormat(id);
    const file = resolve(cwd, out);
    if (!force && (await isThere(file))) throw taken(out);
    const folders = { cwd, builtin: builtinFolder("suites") };
    const board = name === null ? null : await findBoard(name, folders);
    const runs = await readExport(
      positionals.map((each) => resolve(cwd, each)),
      board,
    );
    await finishing(() => format.write(runs, file, lang));
    const { length } = runs.view.answerRows;
    print(
      lang === "zh"
        ? `已写入 ${out}：${length} 条回答，${runs.view.targets.length} 个目标。得分 = 每个目标 value × weight 的平均`
        : `wrote ${out}: ${length} answers of ${runs.view.targets.length} targets. A score is the mean of value × weight by target`,
    );
    return 0;
  },
});

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const noRun = new UserError({
  zh: "请给出至少一个运行文件，例如 baimo export run results/*.jsonl -o runs.parquet",
  en: "Name at least one run file, such as: baimo export run results/*.jsonl -o runs.parquet",
});
const noOut = new UserError({
  zh: "请用 -o 指明要写的文件，例如 -o runs.parquet",
  en: "name the file to write with -o, such as -o runs.parquet",
});
const noFormat = (out: string): UserError =>
  new UserError({
    zh: `${out} 没有扩展名，看不出要写成什么格式；请加 --to（${formats.join("、")}）`,
    en: `${out} has no ending that names a format; add --to (${formats.join(", ")})`,
  });
const taken = (out: string): UserError =>
  new UserError({
    zh: `${out} 已经存在；要覆盖请加 --force`,
    en: `${out} exists; add --force to overwrite it`,
  });
