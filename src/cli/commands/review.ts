import { resolve } from "node:path";

import type { Command, Context, Parsed } from "../command.ts";

import { UserError } from "../../domain/text.ts";
import { commonOptions } from "../options.ts";
import { exportBlind, importBlind } from "../review/blind.ts";
import { exportQueue, importRulings, ruleInTerminal } from "../review/queue.ts";
import { textOf } from "../../domain/json.ts";

/** Exit 0, or 3 where rows were refused, nothing can be ruled on, or too few have rated; 2 for wrong usage. */
export const command: Command = {
  summary: {
    zh: "人工裁定：导出、导入、在终端里裁，双盲对比",
    en: "rulings by people: export, import, in the terminal; blind side by side",
  },
  usage: "RUN [--export f | --import f] · --blind A B --export f · --blind --import f…",
  options: {
    export: {
      type: "string",
      help: {
        zh: "导出待裁的表：.xlsx、.csv 或 .jsonl",
        en: "write a sheet: .xlsx, .csv or .jsonl",
      },
    },
    import: {
      type: "string",
      multiple: true,
      help: { zh: "导入裁定过的表，可重复", en: "read a filled sheet, repeatable" },
    },
    reviewer: { type: "string", help: { zh: "裁定人", en: "who rules" } },
    sample: {
      type: "string",
      help: { zh: "随机抽百分之几，默认 5", en: "per cent drawn at random; 5 unless said" },
    },
    seed: {
      type: "string",
      help: { zh: "抽样种子，默认 7", en: "seed of the draw; 7 unless said" },
    },
    dispute: {
      type: "string",
      help: {
        zh: "裁判相差多少分算分歧，默认 30",
        en: "points apart that make judges disagree; 30 unless said",
      },
    },
    all: {
      type: "boolean",
      help: { zh: "已裁过的也列出", en: "also those that were ruled on before" },
    },
    "hide-verdict": {
      type: "boolean",
      help: { zh: "不给裁定人看评分器的判定", en: "do not show the grader's verdict" },
    },
    force: commonOptions.forceOverwrite,
    blind: {
      type: "boolean",
      help: {
        zh: "双盲对比：两个运行文件，或一个文件里的两个目标",
        en: "side by side without names: two run files, or two targets of one",
      },
    },
    map: {
      type: "string",
      help: { zh: "双盲：A 的目标=B 的目标", en: "blind: target of A=target of B" },
    },
    limit: { type: "string", help: { zh: "双盲：最多几对", en: "blind: pairs at most" } },
    mask: {
      type: "string",
      multiple: true,
      help: { zh: "双盲：另外要遮住的名字", en: "blind: another name to mask" },
    },
    key: { type: "string", help: { zh: "双盲：揭盲文件", en: "blind: the file that unblinds" } },
    arbiter: { type: "string", help: { zh: "双盲：仲裁人", en: "blind: who arbitrates" } },
    json: commonOptions.json,
  },
  run: async (parsed, context) => {
    const { values, positionals } = parsed;
    const exported = textOf(values["export"]);
    const imported = importsOf(parsed, context);
    if (values["blind"] === true) {
      return imported.length > 0
        ? importBlind(imported, exported, parsed, context)
        : exportBlind(positionals, needed(exported), parsed, context);
    }
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw oneRun;
    if (exported !== null && imported.length > 0) throw eitherOr;
    const file = resolve(context.cwd, name);
    if (exported !== null) return exportQueue(file, exported, parsed, context);
    if (imported.length > 0) return importRulings(file, imported, parsed, context);
    return ruleInTerminal(file, parsed, context);
  },
};

const importsOf = ({ values }: Parsed, { cwd }: Context): readonly string[] =>
  [values["import"] ?? []].flat().map((name) => resolve(cwd, String(name)));

function needed(exported: string | null): string {
  if (exported !== null) return exported;
  throw new UserError({
    zh: "双盲对比请用 --export f.xlsx 导出，或 --import f.xlsx 导入",
    en: "for a blind comparison name --export f.xlsx, or --import f.xlsx",
  });
}

const oneRun = new UserError({
  zh: "请给出一个运行文件，例如 baimo review results/x.jsonl --export queue.xlsx",
  en: "Name one run file, such as: baimo review results/x.jsonl --export queue.xlsx",
});
const eitherOr = new UserError({
  zh: "--export 与 --import 不能同时用",
  en: "--export and --import exclude each other",
});
