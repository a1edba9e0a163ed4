import { stat } from "node:fs/promises";
import { extname, resolve } from "node:path";

import type { Text } from "../../domain/text.ts";

import { UserError } from "../../domain/text.ts";
import { exportFormats, loadExportFormat } from "../../report/export/format.ts";
import { readExport } from "../../report/export/read.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { findBoard } from "../../store/suites/find-suites.ts";
import { choice, defineCommand, flag, text } from "../options.ts";
import { clauseParts } from "../report/clause-parts.ts";
import { runFilesAmong } from "../report/run-files.ts";
import { shared } from "../shared-options.ts";

const formats = exportFormats();

/** Exit 0 where the file was written. */
export const command = defineCommand({
  usage: `RUN… -o FILE [--to ${formats.join("|")}] [--board b] [--clauses f.yaml|f.xlsx [--target T]] [--template company.docx] [--unfold] [--force]`,
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
    clauses: text({
      zh: "报告和工作簿里加上逐条响应表：招标条款（YAML、Excel 或 CSV）",
      en: "answer a buyer's clauses in papers (YAML, Excel or CSV)",
    }),
    target: text({ zh: "只答复这个目标", en: "answer them for this target alone" }),
    template: text({
      zh: "Word 报告的模板：自己的 .docx，里面有 {{conclusion}} 这样的占位符",
      en: "template of a Word report: a .docx of your own with placeholders such as {{conclusion}}",
    }),
    unfold: flag({
      zh: "报告和工作簿里也写出风险题的作答",
      en: "write out the replies to risk items in papers",
    }),
    force: shared.forceOverwrite,
  },
  run: async (options, { cwd, env, lang, print, warn, now, finishing, signal }) => {
    const { to, out, board: name, clauses, target, template, unfold, force } = options;
    if (options.positionals.length === 0) throw noRun;
    const positionals = await runFilesAmong(options.positionals, { cwd, lang, warn });
    if (out === null) throw noOut;
    const id = to ?? extname(out).slice(1).toLowerCase();
    if (id === "") throw noFormat(out);
    const format = await loadExportFormat(id);
    if (template !== null && format.templates !== true) throw noTemplate(id);
    if (clauses !== null && format.parts !== true) throw noClauses(id);
    const file = resolve(cwd, out);
    if (!force && (await isThere(file))) throw taken(out);
    const folders = { cwd, builtin: builtinFolder("suites") };
    const board = name === null ? null : await findBoard(name, folders);
    const runs = await readExport(
      positionals.map((each) => resolve(cwd, each)),
      board,
      { weighted: format.paper !== true },
    );
    const paper = {
      now: now(),
      template: template === null ? null : resolve(cwd, template),
      parts:
        clauses === null
          ? []
          : await clauseParts({ runs: positionals, clauses, target, board }, { cwd }),
      unfold,
      browser: env["CHROMIUM_PATH"] ?? null,
      signal,
      say: (line: Text) => {
        warn(line[lang]);
      },
    };
    await finishing(() => format.write(runs, file, lang, paper));
    if (format.paper === true) {
      print(
        { zh: `已写入 ${out}：${format.title.zh}`, en: `wrote ${out}: ${format.title.en}` }[lang],
      );
      return 0;
    }
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
const noTemplate = (id: string): UserError =>
  new UserError({
    zh: `--template 只用于 Word 报告（--to docx），${id} 没有模板`,
    en: `--template is for Word reports (--to docx); ${id} has no template`,
  });
const noClauses = (id: string): UserError =>
  new UserError({
    zh: `--clauses 只用于报告和工作簿（--to docx、xlsx），${id} 放不下；单独的表用 baimo respond`,
    en: `--clauses is for papers (--to docx, xlsx), not for ${id}; baimo respond writes the table alone`,
  });
const taken = (out: string): UserError =>
  new UserError({
    zh: `${out} 已经存在；要覆盖请加 --force`,
    en: `${out} exists; add --force to overwrite it`,
  });
