import { stat } from "node:fs/promises";
import { resolve } from "node:path";

import { parse } from "yaml";

import type { GraderRef, Suite } from "../../domain/suite.ts";
import type { ImportOptions } from "../../importing/import-suite.ts";
import type { Importer, ImportSettings } from "../../importing/importer.ts";
import type { OptionsOf } from "../options.ts";

import { formats } from "../../domain/formats.ts";
import { GraderRef as GraderSchema } from "../../domain/suite.ts";
import { type Text, UserError } from "../../domain/text.ts";
import { importerIds, loadImporter } from "../../importing/importer.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { bookText, importBook, isBookFile } from "../import/import-book.ts";
import { importReviewed } from "../import/import-reviewed.ts";
import { writeSampleTable } from "../import/sample-table.ts";
import { ownSuiteId } from "../import/suite-id.ts";
import { writeBankTemplate } from "../init/bank-template.ts";
import { choice, defineCommand, flag, number, parsed, refused, text } from "../options.ts";
import { shared } from "../shared-options.ts";

const options = {
  out: { ...text({ zh: "要写的 .yaml 文件", en: "the .yaml to write" }), short: "o" },
  columns: parsed(
    {
      zh: "列的角色，如 question=题干,answer=答案,A=选项一",
      en: "roles of columns: question=COL,answer=COL,A=COL",
    },
    columnsOf,
    {},
  ),
  headerRow: number(
    {
      zh: "列名在第几行；0 表示没有列名，各列叫 列A、列B……",
      en: "row of the column names; 0: none, call them 列A, 列B …",
    },
    { least: 0, whole: true },
    null,
  ),
  sheet: text({
    zh: "工作表名，默认每个有题目的表",
    en: "the sheet (default: every one that holds questions)",
  }),
  shape: choice(
    {
      zh: "wide（一行一题）| long（一行一个选项）| dialogue（一行一句）",
      en: "wide | long | dialogue",
    },
    ["wide", "long", "dialogue"],
    "wide",
  ),
  answerBase: choice(
    { zh: "答案是序号时，从 0 还是从 1 算起", en: "indexes count from 0 or 1" },
    ["0", "1"],
    null,
  ),
  dimension: text({
    zh: "能力路径，如 专业技能/法律",
    en: "capability path, such as 专业技能/法律",
  }),
  grader: parsed(
    { zh: "改用的评分器，如 judge 或 '{use: numeric}'", en: "the grader to use instead" },
    graderOf,
    null,
  ),
  examples: text({
    zh: "同一格式的文件，其中各行作少样本示例",
    en: "file of the same format whose rows are few-shot examples",
  }),
  mask: flag({
    zh: "遮去手机号、身份证号、银行卡号和邮箱",
    en: "mask phone, identity and card numbers and e-mail",
  }),
  dedupe: flag({
    zh: "略去与前面几乎相同的题，并列出是哪几行",
    en: "leave out questions almost the same as earlier ones, and list them",
  }),
  template: text({
    zh: "写一份空的安全题库 Excel 到这个 .xlsx，不导入",
    en: "write an empty safety bank to this .xlsx and import nothing",
  }),
  sample: text({
    zh: "写一份样例表（单选、多选、判断、填空、计算、简答各一题）到这个 .xlsx，不导入",
    en: "write a sample table, a question of each type, to this .xlsx and import nothing",
  }),
  title: text({ zh: "题集名称", en: "title of the suite" }),
  license: text({
    zh: "许可证，默认沿用数据集自带的",
    en: "licence (default: that of the data set)",
  }),
  accept: flag({
    zh: "看过预览，写入题集（自己的表格里有要人看的地方时才需要）",
    en: "write it, the preview being fine (needed where a table of one's own has doubts)",
  }),
  force: shared.forceOverwrite,
};

type Given = OptionsOf<typeof options>;

/**
 * Exit 0 where the suite was written; what was left out is listed with row and reason. Exit 1 where a table of one's own holds
 * what a person should look at: it is shown, and written with --accept.
 */
export const command = defineCommand({
  usage: "FORMAT PATH -o suites/x.yaml",
  options,
  run: async (options, context) => {
    const { cwd, lang, print, stopping, finishing } = context;
    const { template, sample } = options;
    if (template !== null) {
      await writeNew(template, "--template", cwd, writeBankTemplate);
      print(toFillIn(template, "bank")[lang]);
      return 0;
    }
    if (sample !== null) {
      await writeNew(sample, "--sample", cwd, writeSampleTable);
      print(toFillIn(sample, "mine")[lang]);
      return 0;
    }
    const [format, path, ...rest] = options.positionals;
    if (format === undefined || path === undefined || rest.length > 0) throw usage();
    const importer = await loadImporter(format);
    if (options.out === null || !/\.ya?ml$/.test(options.out)) throw noOut;
    const out = resolve(cwd, options.out);
    if (!options.force && (await exists(out))) throw taken(options.out);
    const source = resolve(cwd, path);
    if (format === "xlsx" && (await isBookFile(source))) {
      const folders = { cwd, builtin: builtinFolder("suites") };
      const book = await finishing(() => importBook(source, out, folders));
      print(bookText(book, options.out)[lang]);
      return 0;
    }
    const told: Omit<ImportOptions, "accept"> = {
      importer,
      path: source,
      examples: options.examples === null ? null : resolve(cwd, options.examples),
      out,
      suite: suiteOf(importer, out, options),
      settings: settingsOf(options),
      mask: options.mask,
      dedupe: options.dedupe,
      grader: options.grader,
      signal: stopping,
    };
    return await finishing(() => importReviewed(told, options.accept, options.out ?? "", context));
  },
});

function suiteOf(importer: Importer, out: string, { title, license }: Given): Omit<Suite, "tasks"> {
  const id = ownSuiteId(out);
  const licence = license ?? importer.license;
  return {
    schema: formats.suite,
    id,
    title: title ?? importer.title.zh,
    ...(licence === null ? {} : { license: licence }),
    ...(importer.source === null ? { data_class: "内部" as const } : { source: importer.source }),
  };
}

const settingsOf = ({
  columns,
  sheet,
  shape,
  answerBase,
  dimension,
  headerRow,
}: Given): ImportSettings => ({
  columns,
  sheet,
  header_row: headerRow,
  shape,
  answer_base: answerBase === null ? null : answerBase === "0" ? 0 : 1,
  dimension: dimension?.split("/").filter((part) => part.trim() !== "") ?? null,
});

function columnsOf(given: string, named: string): Readonly<Record<string, string>> {
  const pairs = given.split(",").filter((pair) => pair.trim() !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1 || at === pair.length - 1) {
        const expected = {
          zh: "应写成 question=题干,answer=答案",
          en: "must read question=题干,answer=答案",
        };
        throw refused(named, expected, given);
      }
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

function graderOf(given: string, named: string): GraderRef {
  const value: unknown = given.trimStart().startsWith("{") ? parse(given) : { use: given };
  const read = GraderSchema.safeParse(value);
  if (read.success) return read.data;
  const expected = {
    zh: "应写成 exact 或 '{use: numeric, with: {relative: 0.01}}'",
    en: "must read exact or '{use: numeric, with: {relative: 0.01}}'",
  };
  throw refused(named, expected, given);
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const toFillIn = (file: string, id: string): Text => ({
  zh: `已写入 ${file}；填好之后：baimo import xlsx ${file} -o suites/${id}.yaml`,
  en: `wrote ${file}; fill it in, then: baimo import xlsx ${file} -o suites/${id}.yaml`,
});

async function writeNew(
  shown: string,
  option: string,
  cwd: string,
  write: (file: string) => Promise<void>,
): Promise<void> {
  const file = resolve(cwd, shown);
  if (!/\.xlsx$/i.test(shown)) {
    throw new UserError({
      zh: `${option} ${shown}：应写成一个 .xlsx 文件`,
      en: `${option} ${shown}: expected an .xlsx file`,
    });
  }
  if (await exists(file)) {
    throw new UserError({
      zh: `${shown} 已经存在；请换一个文件名`,
      en: `${shown} exists; name another file`,
    });
  }
  await write(file);
}

const usage = (): UserError =>
  new UserError({
    zh: `用法：baimo import FORMAT PATH -o suites/x.yaml（FORMAT：${importerIds().join("、")}）`,
    en: `usage: baimo import FORMAT PATH -o suites/x.yaml (FORMAT: ${importerIds().join(", ")})`,
  });
const noOut = new UserError({
  zh: "请用 -o 指明要写的 .yaml 文件",
  en: "name the .yaml to write with -o",
});
const taken = (out: string): UserError =>
  new UserError({
    zh: `${out} 已经存在；要覆盖请加 --force`,
    en: `${out} exists; add --force to overwrite it`,
  });
