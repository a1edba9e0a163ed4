import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import { UserError } from "../../domain/text.ts";
import {
  disagreementKind,
  disagreementOf,
  type GradedRow,
  graderSummary,
} from "../../report/calibration/grader-report.ts";
import { graderReportText } from "../../report/calibration/grader-text.ts";
import { renderCsv } from "../../report/render/csv.ts";
import { jsonText } from "../../report/render/plain.ts";
import { benchJudge } from "../calibrate/judge-bench.ts";
import { gradeLabelled, graderNamed } from "../calibrate/labelled.ts";
import { defineCommand, flag, number, text } from "../options.ts";
import { shared } from "../shared-options.ts";

/** Exit 0 however well the grader agrees: a threshold is the reader's to set. */
export const command = defineCommand({
  usage: "LABELLED.jsonl [--grader choice] [--with '{…}'] [--replay RUN] [--json] [-o f]",
  options: {
    grader: text({
      zh: "评分器 id，或自家评分器文件；各行写了 grader 时可省，写上则只看它的行",
      en: "id of a grader, or an in-house grader file; not needed where rows name theirs, else only its rows",
    }),
    with: shared.with,
    json: flag({ zh: "只输出 JSON 汇总", en: "print the summary as JSON only" }),
    out: {
      ...text({
        zh: "把不一致的各行写入文件（.csv 为 CSV，其余为 JSONL）；--grader judge 时逐条写下调用和判定",
        en: "write the disagreements to a file (.csv: CSV, else JSONL); with --grader judge every call and verdict",
      }),
      short: "o",
    },
    replay: text({
      zh: "裁判的判定取自这个运行文件，不调用模型（--grader judge）",
      en: "take the judges' verdicts from this run file, no call (--grader judge)",
    }),
    config: shared.judgeConfig,
    limit: number(
      {
        zh: "屏幕上最多列出多少条不一致，默认全部",
        en: "most disagreements to list (default: all)",
      },
      { whole: true, least: 0 },
      Number.POSITIVE_INFINITY,
    ),
  },
  run: async ({ with: given, positionals, ...options }, context) => {
    const [named] = positionals;
    if (named === undefined || positionals.length > 1) throw oneFile;
    const { cwd, lang, columns } = context;
    if (options.grader === null && given !== null) throw withoutGrader;
    const grader = options.grader === null ? null : await graderNamed(options.grader, cwd);
    if (grader?.id === "judge") {
      const once = { repeat: 1, withoutReference: false, maxCost: null };
      return benchJudge(named, grader, given ?? {}, { ...options, ...once }, context);
    }
    const one = grader === null ? null : { grader, with: given ?? {} };
    const rows = await gradeLabelled({ file: resolve(cwd, named), shown: named }, one, cwd);
    const summary = graderSummary(rows);
    if (options.out !== null) {
      const differing = rows.filter((row) => disagreementKind(row) !== null);
      await writeFile(resolve(cwd, options.out), disagreements(differing, options.out));
    }
    context.print(
      options.json
        ? jsonText(summary)
        : graderReportText(summary, rows, { lang, width: columns, limit: options.limit }),
    );
    return 0;
  },
});

/** CSV where the file's name says so, else a line of JSON each. */
function disagreements(rows: readonly GradedRow[], file: string): string {
  const found = rows.map(disagreementOf);
  if (!/\.csv$/i.test(file)) return found.map((each) => `${JSON.stringify(each)}\n`).join("");
  return renderCsv({
    columns: disagreementColumns.map((title) => ({ title })),
    rows: found.map((each) => disagreementColumns.map((name) => cellOf(each[name]))),
  });
}

const disagreementColumns = [
  "line",
  "kind",
  "id",
  "grader",
  "reply_kind",
  "debatable",
  "answer",
  "label",
  "value",
  "expect",
  "extracted",
  "why",
  "response",
] as const satisfies readonly (keyof ReturnType<typeof disagreementOf>)[];

const cellOf = (value: string | object | number | boolean | null): string =>
  typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);

const oneFile = new UserError({
  zh: "请给出一个标注文件，例如 baimo calibrate labelled.jsonl --grader choice",
  en: "Name one labelled file, such as: baimo calibrate labelled.jsonl --grader choice",
});
const withoutGrader = new UserError({
  zh: "--with 是某一个评分器的选项，请同时用 --grader 指定它；各行自己的选项写在该行的 with 里",
  en: "--with holds options of one grader: name it with --grader; options of a single row stand in its field with",
});
