import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { LoadFile } from "../../store/load/load-file.ts";
import type { Context } from "../context.ts";

import { loadCsv, loadJson } from "../../report/load/export.ts";
import { summaryOf } from "../../report/load/summary.ts";
import { loadNotes, loadSentence, loadTable } from "../../report/load/text.ts";
import { renderMarkdown } from "../../report/render/markdown.ts";
import { jsonText } from "../../report/render/plain.ts";
import { renderTerminal } from "../../report/render/terminal.ts";
import { readLoad } from "../../store/load/load-file.ts";
import { loadOptions, type LoadOptions } from "../load/options.ts";
import { shownPath } from "../names.ts";
import { defineCommand } from "../options.ts";

/** Exit 0, 2 for wrong usage, 3 where it stopped by errors or budget or no step can be trusted, 130 when interrupted. */
export const command = defineCommand({
  usage:
    "[-m target]… [--rate 1,2,5 | --concurrency 1,4,16] [--profile chat|rag|long|code|FILE] [options] · FILE.jsonl",
  options: loadOptions,
  run: async (options, context) => {
    const [shown] = options.positionals;
    const load =
      shown === undefined
        ? await (await import("../load/run-load.ts")).measureLoad(options, context)
        : await readLoad(resolve(context.cwd, shown));
    show(load, options, context);
    if (options.report !== null) {
      const { loadPage } = await import("../../report/load/page.ts");
      const file = resolve(context.cwd, options.report);
      await writeFile(file, await loadPage([load], context.lang));
      context.warn({ zh: `网页 ${options.report}`, en: `Page ${options.report}` }[context.lang]);
    }
    return exitCode(load);
  },
});

/** The sentence first, then the table, then what must be known of both. */
function show(
  load: LoadFile,
  options: LoadOptions,
  { lang, print, warn, columns, cwd }: Context,
): void {
  const summary = load.end?.summary ?? summaryOf(load);
  const { plan } = load.head;
  if (options.format === "json") return print(jsonText(loadJson(load, summary), 2));
  if (options.format === "csv") return print(loadCsv(summary, lang).trimEnd());
  const table = loadTable(summary.targets, lang);
  for (const target of summary.targets) print(loadSentence(target, plan, lang));
  print("");
  print(options.format === "md" ? renderMarkdown(table) : renderTerminal(table, columns));
  for (const note of loadNotes(summary, plan, lang)) print(note);
  const status = load.end?.status ?? "interrupted";
  if (status !== "complete") print(statusWords[status][lang]);
  warn(
    {
      zh: `每次请求记在 ${shownPath(load.file, { cwd })}`,
      en: `Every request stands in ${shownPath(load.file, { cwd })}`,
    }[lang],
  );
}

const statusWords = {
  interrupted: {
    zh: "中途停下：以上是停下之前测到的。",
    en: "Stopped on the way: this is what had been measured.",
  },
  budget: {
    zh: "到了费用或 token 的上限，提前结束。",
    en: "Ended early: the cap on money or tokens was reached.",
  },
  errors: {
    zh: "失败太多，提前结束；原因见文件里每次请求的 outcome 和 code。",
    en: "Ended early: too many failures; outcome and code of each request stand in the file.",
  },
} as const;

function exitCode({ end, steps }: LoadFile): number {
  if (end === null || end.status === "interrupted") return 130;
  if (end.status !== "complete") return 3;
  return steps.some(({ self_check }) => self_check.trusted) ? 0 : 3;
}
