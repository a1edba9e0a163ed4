import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { parse } from "yaml";

import type { GraderRef, Suite } from "../../domain/suite.ts";
import type { Lang } from "../../domain/text.ts";
import type { ImportSummary, Skipped } from "../../importing/import-suite.ts";
import type { Importer, ImportSettings } from "../../importing/importer.ts";
import type { Command, Context, Parsed } from "../command.ts";

import { Id } from "../../domain/id.ts";
import { GraderRef as GraderSchema } from "../../domain/suite.ts";
import { UserError } from "../../domain/text.ts";
import { importSuite } from "../../importing/import-suite.ts";
import { suiteIdOf } from "../../importing/writer.ts";
import { importerIds, loadImporter } from "../../importing/importer.ts";
import { commonOptions } from "../options.ts";

/** Exit 0 where at least one row became an item; what was left out is listed with row and reason. */
export const command: Command = {
  summary: {
    zh: "把公开评测集、表格或日志导入为题集",
    en: "turn a public benchmark, a table or a log into a suite",
  },
  usage: "FORMAT PATH -o suites/x.yaml",
  options: {
    out: { type: "string", short: "o", help: { zh: "写到哪个 .yaml", en: "the .yaml to write" } },
    columns: {
      type: "string",
      help: {
        zh: "列的角色，如 question=题干,answer=答案,A=选项一",
        en: "roles of columns: question=COL,answer=COL,A=COL",
      },
    },
    sheet: {
      type: "string",
      help: { zh: "工作表名，默认第一个", en: "the sheet, default the first" },
    },
    shape: {
      type: "string",
      help: {
        zh: "wide（一行一题）| long（一行一个选项）| dialogue（一行一句）",
        en: "wide | long | dialogue",
      },
    },
    "answer-base": {
      type: "string",
      help: { zh: "答案是序号时，从 0 还是从 1 数", en: "indexes count from 0 or 1" },
    },
    dimension: {
      type: "string",
      help: { zh: "能力路径，如 专业技能/法律", en: "capability path, such as 专业技能/法律" },
    },
    grader: {
      type: "string",
      help: { zh: "改用的评分器，如 judge 或 '{use: numeric}'", en: "the grader to use instead" },
    },
    mask: {
      type: "boolean",
      help: {
        zh: "遮去手机号、身份证号、银行卡号和邮箱",
        en: "mask phone, identity and card numbers and e-mail",
      },
    },
    title: { type: "string", help: { zh: "题集名称", en: "title of the suite" } },
    license: {
      type: "string",
      help: { zh: "许可证，默认公开数据集自己的", en: "licence, default that of the public set" },
    },
    force: commonOptions.forceOverwrite,
  },
  run,
};

async function run({ values, positionals }: Parsed, context: Context): Promise<number> {
  const [format, path, ...rest] = positionals;
  if (format === undefined || path === undefined || rest.length > 0) throw usage();
  const importer = await loadImporter(format);
  const text = (name: string): string | null => {
    const value = values[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const outName = text("out");
  if (outName === null || !/\.ya?ml$/.test(outName)) throw noOut();
  const out = resolve(context.cwd, outName);
  if (values["force"] !== true && (await exists(out))) throw taken(outName);
  const summary = await importSuite({
    importer,
    path: resolve(context.cwd, path),
    out,
    suite: suiteOf(importer, out, text),
    settings: settingsOf(text),
    mask: values["mask"] === true,
    grader: graderOf(text("grader")),
    signal: context.signal,
  });
  for (const line of summaryLines(summary, outName, context.lang)) context.print(line);
  return 0;
}

type Flag = (name: string) => string | null;

function suiteOf(importer: Importer, out: string, text: Flag): Omit<Suite, "tasks"> {
  const id = suiteIdOf(out);
  if (!Id.safeParse(id).success) {
    throw new UserError({
      zh: `文件名 ${id} 不能作题集的 id（只能用文字、数字、. _ -）`,
      en: `the file name ${id} cannot be a suite's id (letters, digits, . _ -)`,
    });
  }
  const license = text("license") ?? importer.license;
  return {
    schema: "suite/1",
    id,
    title: text("title") ?? importer.title.zh,
    ...(license === null ? {} : { license }),
    ...(importer.source === null ? { data_class: "内部" as const } : { source: importer.source }),
  };
}

function settingsOf(text: Flag): ImportSettings {
  const shape = text("shape") ?? "wide";
  if (shape !== "wide" && shape !== "long" && shape !== "dialogue")
    throw oneOf("--shape", "wide, long, dialogue");
  const base = text("answer-base");
  if (base !== null && base !== "0" && base !== "1") throw oneOf("--answer-base", "0, 1");
  return {
    columns: columnsOf(text("columns")),
    sheet: text("sheet"),
    shape,
    answer_base: base === null ? null : base === "0" ? 0 : 1,
    dimension:
      text("dimension")
        ?.split("/")
        .filter((part) => part.trim() !== "") ?? null,
  };
}

function columnsOf(told: string | null): Readonly<Record<string, string>> {
  const pairs = (told ?? "").split(",").filter((pair) => pair.trim() !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1 || at === pair.length - 1) throw oneOf("--columns", "question=题干,answer=答案");
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

function graderOf(told: string | null): GraderRef | null {
  if (told === null) return null;
  const value: unknown = told.trimStart().startsWith("{") ? parse(told) : { use: told };
  const parsed = GraderSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw oneOf("--grader", "exact, '{use: numeric, with: {relative: 0.01}}'");
}

function summaryLines(summary: ImportSummary, out: string, lang: Lang): readonly string[] {
  const { files, rows, items, ungraded, tasks, skipped, masked } = summary;
  const left = skipped.reduce((sum, { count }) => sum + count, 0);
  const zh = lang === "zh";
  const maskedText = Object.entries(masked ?? {}).map(([kind, count]) => `${kind} ${count}`);
  return [
    zh
      ? `读取 ${rows} 行（${files} 个文件），导入 ${items} 题、${tasks.length} 个任务，跳过 ${left}`
      : `read ${rows} rows (files: ${files}), imported ${items} items (tasks: ${tasks.length}), skipped ${left}`,
    ...skipped.map((each) => `  ${skippedLine(each, lang)}`),
    ...(ungraded === 0
      ? []
      : [
          zh
            ? `其中 ${ungraded} 题没有客观答案，只提问不评分；有裁判模型时加 --grader judge`
            : `${ungraded} of them have no objective answer and are asked but not graded; with a judge, add --grader judge`,
        ]),
    ...(masked === null ? [] : [`${zh ? "已遮去" : "masked"}: ${maskedText.join("、")}`]),
    zh
      ? `已写入 ${out}；检查：baimo check ${out}`
      : `wrote ${out}; check it with: baimo check ${out}`,
  ];
}

function skippedLine({ reason, count, rows }: Skipped, lang: Lang): string {
  const named = rows.join(lang === "zh" ? "、" : ", ");
  const more = count > rows.length ? (lang === "zh" ? " 等" : " …") : "";
  return lang === "zh"
    ? `跳过 ${count}：${reason.zh}（行 ${named}${more}）`
    : `skipped ${count}: ${reason.en} (rows ${named}${more})`;
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const usage = (): UserError =>
  new UserError({
    zh: `用法：baimo import FORMAT PATH -o suites/x.yaml（FORMAT：${importerIds().join("、")}）`,
    en: `usage: baimo import FORMAT PATH -o suites/x.yaml (FORMAT: ${importerIds().join(", ")})`,
  });
const noOut = (): UserError =>
  new UserError({ zh: "请用 -o 指明要写的 .yaml 文件", en: "name the .yaml to write with -o" });
const taken = (out: string): UserError =>
  new UserError({
    zh: `${out} 已经存在；要覆盖请加 --force`,
    en: `${out} exists; add --force to overwrite it`,
  });
const oneOf = (flag: string, values: string): UserError =>
  new UserError({ zh: `${flag} 应为：${values}`, en: `${flag} takes: ${values}` });
