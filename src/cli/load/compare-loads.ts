import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { compareLoads, loadComparisonText } from "../../report/load/compare.ts";
import { loadPage } from "../../report/load/page.ts";
import { renderMarkdown } from "../../report/render/markdown.ts";
import { jsonText } from "../../report/render/plain.ts";
import { renderTerminal } from "../../report/render/terminal.ts";
import { readLoad } from "../../store/load/load-file.ts";

type Shown = {
  readonly format: "table" | "md" | "html" | "json";
  readonly out: string | null;
  readonly failOn: readonly string[];
};

/** Compares each later load with the first. Exit 1 where `--fail-on` names latency and something got slower, 3 where nothing can be told, else 0. */
export async function compareLoadFiles(
  names: readonly string[],
  { format, out, failOn }: Shown,
  { cwd, lang, columns, print }: Context,
): Promise<number> {
  const loads = await Promise.all(names.map((name) => readLoad(resolve(cwd, name))));
  const [base, ...others] = loads;
  if (base === undefined || others.length === 0) throw tooFew;
  const comparisons = others.map((fresh) => compareLoads(base, fresh));
  const shown = comparisons.map((comparison) => {
    const { lines, table } = loadComparisonText(comparison, lang);
    const rendered =
      format === "md"
        ? renderMarkdown(table)
        : renderTerminal(table, out === null ? columns : undefined);
    return [...lines, "", rendered].join("\n");
  });
  const text =
    format === "json"
      ? jsonText(comparisons, 2)
      : format === "html"
        ? await loadPage(loads, lang)
        : shown.join("\n\n");
  if (out === null) print(text);
  else await writeFile(resolve(cwd, out), `${text}\n`);
  const verdicts = comparisons.flatMap(({ steps, knees }) =>
    [...steps, ...knees].map(({ verdict }) => verdict),
  );
  if (failOn.includes("latency") && verdicts.includes("worse")) return 1;
  return verdicts.every((verdict) => verdict === "undetermined") ? 3 : 0;
}

const tooFew = new UserError({
  zh: "比较要两个压力测试的文件：baimo compare 旧.jsonl 新.jsonl",
  en: "a comparison takes two loads: baimo compare base.jsonl new.jsonl",
});
