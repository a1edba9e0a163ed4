import type { Lang } from "../../domain/text.ts";
import type { ImportSummary } from "../../importing/import-suite.ts";
import type { Skipped } from "../../importing/tally.ts";

import { colon } from "../../domain/text.ts";

/** What was read, imported and left out, with row and reason. */
export function summaryLines(summary: ImportSummary, lang: Lang): readonly string[] {
  const { files, rows, items, examples, ungraded, partly, tasks, skipped, masked } = summary;
  const left = skipped.reduce((sum, { count }) => sum + count, 0);
  const zh = lang === "zh";
  const maskedText = Object.entries(masked ?? {}).map(([kind, count]) => `${kind} ${count}`);
  return [
    zh
      ? `读取 ${rows} 行（${files} 个文件），导入 ${items} 题、${tasks.length} 个任务，跳过 ${left}`
      : `read ${rows} rows (files: ${files}), imported ${items} items (tasks: ${tasks.length}), skipped ${left}`,
    ...(examples === 0
      ? []
      : [
          zh
            ? `其中 ${examples} 行是少样本示例，每题抽几例写在 examples:（要零样本就删去）`
            : `${examples} rows are few-shot examples; how many each item gets stands under examples: (without it, none)`,
        ]),
    ...skipped.map((each) => `  ${skippedLine(each, lang)}`),
    ...(ungraded === 0
      ? []
      : [
          ungraded === items
            ? zh
              ? `其中 ${ungraded} 题没有客观答案，只提问不评分；有裁判模型时加 --grader judge`
              : `${ungraded} of them have no objective answer and are asked but not graded; with a judge, add --grader judge`
            : zh
              ? `其中 ${ungraded} 题没有客观答案，只提问不评分；有裁判模型时，把这些任务的 use: open 换成 use: judge`
              : `${ungraded} of them have no objective answer and are asked but not graded; with a judge, put use: judge for use: open in their tasks`,
        ]),
    ...(partly === 0
      ? []
      : [
          zh
            ? `其中 ${partly} 题的要求一部分由程序检查，其余要裁判：把任务 grader 里的 use: open 换成 use: judge`
            : `of ${partly} of them a program checks some demands; for the rest, put use: judge for use: open in the tasks' grader`,
        ]),
    ...(masked === null
      ? []
      : [`${zh ? "已遮去" : "masked"}${colon[lang]}${maskedText.join(zh ? "、" : ", ")}`]),
  ];
}

function skippedLine({ reason, count, rows }: Skipped, lang: Lang): string {
  const named = rows.join(lang === "zh" ? "、" : ", ");
  const more = count > rows.length ? (lang === "zh" ? " 等" : " …") : "";
  return lang === "zh"
    ? `跳过 ${count}：${reason.zh}（行 ${named}${more}）`
    : `skipped ${count}: ${reason.en} (rows ${named}${more})`;
}
