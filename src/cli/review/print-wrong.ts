import type { Queue, QueueEntry, Reason } from "../../report/people/review/queue.ts";
import type { Context } from "../context.ts";
import type { ReviewOptions } from "./options.ts";

import { readCase } from "../../report/people/review/case.ts";
import { clean } from "../../report/render/format.ts";
import { openRunLines } from "../../store/runs/run-lines.ts";
import { caseLines } from "../../tui/review/case-lines.ts";
import { ownName } from "../names.ts";

/** Answers that are printed where no `--limit` is given; a page is easier to read for more. */
const mostPrinted = 20;

/** What ruling shows of the answers that scored 0 or were left open, for a reader without a terminal; nothing is ruled on. */
export async function printWrong(
  file: string,
  queue: Queue,
  entries: readonly QueueEntry[],
  { unfold, hideVerdict, positionals, limit }: ReviewOptions,
  context: Context,
): Promise<void> {
  const { lang, columns, print } = context;
  const shown = entries.slice(0, limit ?? mostPrinted);
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
  const more = entries.length - shown.length;
  const rest = {
    zh: more > 0 ? `，还有 ${more} 条没有打印（--limit ${entries.length} 全部打印）` : "",
    en: more > 0 ? `, ${more} of them not printed (--limit ${entries.length} prints all)` : "",
  };
  const count = (reason: Reason): number =>
    entries.filter(({ why }) => why.includes(reason)).length;
  const [wrong, unread, open] = [count("wrong"), count("unresolved"), count("ungraded")];
  const kinds = {
    zh: `${unread === 0 ? "" : `，没有读出答案的 ${unread} 条`}${open === 0 ? "" : `，未判的 ${open} 条`}`,
    en: `${unread === 0 ? "" : `, ${unread} without an answer that could be read`}${open === 0 ? "" : `, ${open} not graded`}`,
  };
  print(
    {
      zh: `${queue.answers} 条回答，判为错的 ${wrong} 条${kinds.zh}${rest.zh}。全部回答（报告页）：\n${name} report ${run}\n要裁定，就在终端里运行本命令，或导出表格：\n${name} review ${run} --export queue.xlsx`,
      en: `${queue.answers} answers, ${wrong} graded wrong${kinds.en}${rest.en}. Every answer (a page):\n${name} report ${run}\nTo rule on them, run this in a terminal, or write a sheet:\n${name} review ${run} --export queue.xlsx`,
    }[lang],
  );
}
