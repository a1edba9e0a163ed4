import type { Queue, QueueEntry } from "../../report/people/review/queue.ts";
import type { Context } from "../context.ts";
import type { ReviewOptions } from "./options.ts";

import { readCase } from "../../report/people/review/case.ts";
import { clean } from "../../report/render/format.ts";
import { openRunLines } from "../../store/runs/run-lines.ts";
import { caseLines } from "../../tui/review/case-lines.ts";
import { ownName } from "../names.ts";

/** Answers that are printed where no `--limit` is given; a page is easier to read for more. */
const mostPrinted = 20;

/** What ruling shows of the wrong answers, for a reader without a terminal; nothing is ruled on. */
export async function printWrong(
  file: string,
  queue: Queue,
  entries: readonly QueueEntry[],
  { unfold, hideVerdict, positionals, limit }: ReviewOptions,
  context: Context,
): Promise<void> {
  const { lang, columns, print } = context;
  const wrong = entries.filter(({ why }) => why.includes("wrong"));
  const shown = wrong.slice(0, limit ?? mostPrinted);
  const lines = await openRunLines(file);
  try {
    for (const entry of shown) {
      const read = await readCase(lines, entry, unfold);
      const texts = caseLines(read, lang, columns, !hideVerdict).map((spans) =>
        spans.map(({ text }) => text).join(""),
      );
      print([`── ${clean(entry.key)}`, ...texts, ""].join("\n"));
    }
  } finally {
    await lines.close();
  }
  const run = positionals[0] ?? "";
  const name = ownName(context);
  const more = wrong.length - shown.length;
  const rest = {
    zh: more > 0 ? `，还有 ${more} 条没有打印（--limit ${wrong.length} 全部打印）` : "",
    en: more > 0 ? `, ${more} of them not printed (--limit ${wrong.length} prints all)` : "",
  };
  print(
    {
      zh: `${queue.answers} 条回答，判为错的 ${wrong.length} 条${rest.zh}。全部回答（报告页）：\n${name} report ${run}\n要裁定，就在终端里运行本命令，或导出表格：\n${name} review ${run} --export queue.xlsx`,
      en: `${queue.answers} answers, ${wrong.length} graded wrong${rest.en}. Every answer (a page):\n${name} report ${run}\nTo rule on them, run this in a terminal, or write a sheet:\n${name} review ${run} --export queue.xlsx`,
    }[lang],
  );
}
