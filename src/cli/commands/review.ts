import { resolve } from "node:path";

import { type Text, UserError } from "../../domain/text.ts";
import { defineCommand } from "../options.ts";
import { noRunNamed } from "../report/recent-runs.ts";
import { exportBlind, importBlind } from "../review/blind.ts";
import { reviewOptions } from "../review/options.ts";
import { exportQueue, importRulings, ruleInTerminal } from "../review/queue.ts";

/** Exit 0, or 3 where rows were refused, nothing can be ruled on, or too few have rated; 2 for wrong usage. */
export const command = defineCommand({
  usage: "RUN [--export f | --import f] · --blind A B --export f · --blind --import f…",
  options: reviewOptions,
  run: async (options, context) => {
    const { blind, export: out, positionals } = options;
    const sheets = options.import.map((sheet) => resolve(context.cwd, sheet));
    if (blind) {
      if (sheets.length > 0) return importBlind(sheets, options, context);
      if (out === null) throw noSheet;
      return exportBlind(out, options, context);
    }
    if (options.json) throw jsonElsewhere;
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw await noRunNamed(oneRun, context);
    if (out !== null && sheets.length > 0) throw eitherOr;
    const file = resolve(context.cwd, name);
    if (out !== null) return exportQueue(file, out, options, context);
    if (sheets.length > 0) return importRulings(file, sheets, options, context);
    return ruleInTerminal(file, options, context);
  },
});

const noSheet = new UserError({
  zh: "双盲对比请用 --export f.xlsx 导出，或 --import f.xlsx 导入",
  en: "for a blind comparison name --export f.xlsx, or --import f.xlsx",
});
const jsonElsewhere = new UserError({
  zh: "--json 只用于双盲的 --import；要机器可读的待裁清单，用 --export queue.jsonl",
  en: "--json belongs to --blind --import; for a queue that a program reads use --export queue.jsonl",
});
const oneRun: Text = {
  zh: "请给出一个运行文件，例如 baimo review results/x.jsonl --export queue.xlsx",
  en: "Name one run file, such as: baimo review results/x.jsonl --export queue.xlsx",
};
const eitherOr = new UserError({
  zh: "--export 与 --import 不能同时用",
  en: "--export and --import exclude each other",
});
