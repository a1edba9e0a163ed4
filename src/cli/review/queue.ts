import { basename, resolve } from "node:path";

import type { ReviewLine } from "../../domain/run-file/lines.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Queue, QueueEntry, QueueOptions, Reason } from "../../report/people/review/queue.ts";
import type { Imported } from "../../report/people/review/rulings.ts";
import type { Context } from "../context.ts";
import type { ReviewOptions } from "./options.ts";

import { UserError } from "../../domain/text.ts";
import { ratersLines } from "../../report/people/raters-text.ts";
import { ratersOf } from "../../report/people/raters.ts";
import { readCase } from "../../report/people/review/case.ts";
import { queueDefaults, readQueue, reasons } from "../../report/people/review/queue.ts";
import { refusedLines } from "../../report/people/review/refused-text.ts";
import { opinionsOf, readRuled, rulingsOf } from "../../report/people/review/rulings.ts";
import {
  neededColumns,
  reasonWords,
  reviewColumns,
  reviewSheet,
  type ReviewSheetOptions,
} from "../../report/people/review/sheet.ts";
import { readSheet } from "../../report/people/sheet/read.ts";
import { checkFormat, writeSheet } from "../../report/people/sheet/write.ts";
import { openRunLines } from "../../store/runs/run-lines.ts";
import { appendLines } from "../../store/runs/writer.ts";
import { ownName, shownPath } from "../names.ts";
import { refused } from "../options.ts";
import { loadRulingTui } from "./load-tui.ts";
import { printWrong } from "./print-wrong.ts";
import { reviewerOf } from "./reviewer.ts";

/** Writes the queue of a run as a sheet. Exit 3 where the run holds no answer that could be ruled on. */
export async function exportQueue(
  file: string,
  out: string,
  options: ReviewOptions,
  context: Context,
): Promise<number> {
  const { lang, cwd, print } = context;
  const target = resolve(cwd, out);
  checkFormat(target);
  const queue = await readQueue(file, queueOptions(options));
  const entries = waiting(queue, options);
  if (entries.length === 0) return nothing(queue, options.wrong, context);
  const lines = await openRunLines(file);
  try {
    const cases = [];
    for (const entry of entries) cases.push(await readCase(lines, entry, options.unfold));
    const sheet = reviewSheet(queue.run.id, cases, sheetOptions(options));
    await writeSheet(target, sheet, options.force);
    const as = options.arbiter === null ? "" : ` --arbiter ${options.arbiter}`;
    const next = `${ownName(context)} review ${options.positionals[0] ?? ""} --import ${out}${as}`;
    print(exportedText(queue, entries, out, next, lang));
    if (!target.toLowerCase().endsWith(".xlsx")) {
      print(["", ...sheet.guide.map((each) => each[lang])].join("\n"));
    }
    return 0;
  } finally {
    await lines.close();
  }
}

const sheetOptions = ({ hideVerdict, arbiter }: ReviewOptions): ReviewSheetOptions => ({
  hideVerdict,
  forArbiter: arbiter !== null,
});

/**
 * The entries that nobody has ruled on yet; with a reviewer, those that this person has not; with an arbiter, those on which
 * people disagree.
 */
function waiting(
  { entries }: Queue,
  { all, reviewer, arbiter }: Pick<ReviewOptions, "all" | "reviewer" | "arbiter">,
): readonly QueueEntry[] {
  if (arbiter !== null) return entries.filter(({ why }) => why.includes("people"));
  if (all) return entries;
  return entries.filter(({ ruled, draw }) => {
    const own = [...ruled.values()].filter(({ who }) => reviewer === null || who === reviewer);
    // What was ruled on as doubtful and is drawn now is ruled on once more: a sample without it would be none.
    return draw === null
      ? own.length === 0
      : !own.some(({ draw: drawn, sampled }) => drawn !== undefined || sampled === true);
  });
}

function nothing(queue: Queue, wrong: boolean, { lang, print }: Context): number {
  if (queue.answers === 0) {
    print(
      {
        zh: "这次运行还没有可以裁定的回答。",
        en: "This run holds no answer that could be ruled on.",
      }[lang],
    );
    return 3;
  }
  if (wrong) {
    print(
      {
        zh: `${queue.answers} 条回答，没有判错、未读出或未判的${queue.entries.length > 0 ? "，或已裁定（--all 再列出）" : ""}。`,
        en: `${queue.answers} answers, none graded wrong, unread or ungraded${queue.entries.length > 0 ? ", or ruled on before (--all lists those)" : ""}.`,
      }[lang],
    );
    return 0;
  }
  print(
    {
      zh: `${queue.answers} 条回答，没有待裁的（用 --all 可再列出已裁定的）。`,
      en: `${queue.answers} answers, none waits for a ruling (--all lists those that have one).`,
    }[lang],
  );
  return 0;
}

/** Throws a UserError for a seed that is no number: only a blind comparison takes any text. */
function queueOptions({ sample: share, draw, seed, dispute, wrong }: ReviewOptions): QueueOptions {
  const sample = draw === null ? share : { answers: draw };
  if (seed === null) return { sample, seed: queueDefaults.seed, dispute, wrong };
  if (/^\d{1,15}$/.test(seed)) return { sample, seed: Number(seed), dispute, wrong };
  throw refused(
    "seed",
    { zh: "应是整数（双盲对比可用任何文字）", en: "must be a whole number (any text where blind)" },
    seed,
  );
}

function exportedText(
  queue: Queue,
  entries: readonly QueueEntry[],
  out: string,
  next: string,
  lang: Lang,
): string {
  const count = (reason: Reason): number =>
    entries.filter(({ why }) => why.includes(reason)).length;
  const parts = reasons
    .filter((reason) => count(reason) > 0)
    .map((reason) => `${reasonWords[reason][lang]} ${count(reason)}`);
  return {
    zh: `${out}：${entries.length} 条待裁（${parts.join("，")}；一条可有多个原因），共 ${queue.answers} 条回答。\n裁完后：${next}`,
    en: `${out}: ${entries.length} to rule on (${parts.join(", ")}; one may have several reasons) of ${queue.answers} answers.\nThen: ${next}`,
  }[lang];
}

/** Appends the rulings of returned sheets. Exit 3 where a row was refused; the others are kept. */
export async function importRulings(
  file: string,
  sheets: readonly string[],
  options: ReviewOptions,
  { lang, print, finishing }: Context,
): Promise<number> {
  const { reviewer, arbiter } = options;
  let code = 0;
  for (const sheet of sheets) {
    const columns = reviewColumns({ hideVerdict: false, forArbiter: true });
    const rows = await readSheet(sheet, columns, neededColumns);
    const ruled = await readRuled(file);
    const imported = rulingsOf(rows, ruled, {
      now_ms: Date.now(),
      reviewer,
      arbiter,
    });
    if (imported.lines.length > 0) {
      await finishing(() => appendLines(file, ruled.scanned, imported.lines));
    }
    print(importedText(basename(sheet), imported, lang));
    if (imported.refused.length > 0) code = 3;
  }
  const raters = ratersOf(opinionsOf(await readRuled(file)));
  if (raters !== null) print(ratersLines(raters, lang).join("\n"));
  return code;
}

function importedText(name: string, imported: Imported, lang: Lang): string {
  const { lines, unchanged, outdated, empty, refused } = imported;
  const old = {
    zh: outdated === 0 ? "" : `（其中 ${outdated} 条本人后来已改判，维持后来的；要改回请填时间）`,
    en:
      outdated === 0
        ? ""
        : ` (${outdated} of them were changed by their author since, which stands; to go back fill in the time)`,
  };
  return [
    {
      zh: `${name}：写入 ${lines.length} 条裁定，${unchanged} 条已有${old.zh}，${empty} 行未裁，拒收 ${refused.length} 行。`,
      en: `${name}: ${lines.length} rulings written, ${unchanged} known${old.en}, ${empty} rows without one, ${refused.length} refused.`,
    }[lang],
    ...refusedLines(refused, lang),
  ].join("\n");
}

/**
 * Lets a person rule in the terminal; without one, those that `--wrong` asks for are printed. Each ruling is on disk before the next answer is shown, so the person can stop at
 * any time and go on later.
 */
export async function ruleInTerminal(
  file: string,
  options: ReviewOptions,
  context: Context,
): Promise<number> {
  const { lang, env, isTTY, print } = context;
  const canRule = isTTY && env["TERM"] !== "dumb";
  if (!canRule && !options.wrong) throw noTerminal;
  const queue = await readQueue(file, queueOptions(options));
  const entries = waiting(queue, options);
  if (entries.length === 0) return nothing(queue, options.wrong, context);
  if (!canRule) {
    await printWrong(file, queue, entries, options, context);
    return 0;
  }
  const reviewer = await reviewerOf(options.arbiter ?? options.reviewer, context);
  // Reading needs no name.
  if (reviewer === null && !options.wrong) throw noReviewer;
  if (reviewer?.from != null) print(reviewerText(reviewer.name, reviewer.from, lang));
  const who = reviewer?.name ?? null;
  const lines = await openRunLines(file);
  let { scanned } = queue;
  try {
    const { ruleInTui } = await loadRulingTui();
    const ruled = await context.finishing(() =>
      ruleInTui({
        total: entries.length,
        load: async (at) => readCase(lines, entryAt(entries, at), options.unfold),
        save: async ({ entry }, { verdict, value, reason }, blind) => {
          if (who === null) throw noReviewer;
          const line: ReviewLine = {
            kind: "review",
            key: entry.key,
            who,
            when: new Date().toISOString(),
            verdict,
            value,
            reason,
            ...(entry.draw === null ? {} : { sampled: true, draw: entry.draw }),
            ...(blind ? { blind: true } : {}),
            ...(options.arbiter === null ? {} : { arbiter: true }),
          };
          scanned = await appendLines(file, scanned, [line]);
        },
        who,
        revealed: !options.hideVerdict,
        lang,
        stdout: process.stdout,
        stdin: process.stdin,
        colour: (env["NO_COLOR"] ?? "") === "",
        signal: context.stopping,
      }),
    );
    print(
      ruledText(ruled, entries.length, `${ownName(context)} report ${shownPath(file, context)}`)[
        lang
      ],
    );
    return 0;
  } finally {
    await lines.close();
  }
}

function entryAt(entries: readonly QueueEntry[], at: number): QueueEntry {
  const entry = entries[at];
  if (entry === undefined) throw new RangeError(`the queue has no place ${at}`);
  return entry;
}

const reviewerText = (name: string, from: Text, lang: Lang): string =>
  ({
    zh: `裁定人：${name}（名字来源：${from.zh}；另用名字就加 --reviewer）`,
    en: `Ruling as ${name} (${from.en}; --reviewer takes another name)`,
  })[lang];

/** How far a person got; a page that was made before holds no ruling, so `report` is the command that makes it anew. */
export function ruledText(ruled: number, total: number, report: string): Text {
  const page =
    ruled === 0
      ? { zh: "", en: "" }
      : {
          zh: `裁定已在运行文件里，排行榜会照它算；已有的报告页要重新出：\n${report}`,
          en: ` Rulings are in the run file, and leaderboards count them; a report page is made anew:\n${report}`,
        };
  return {
    zh: `已裁定 ${ruled} 条，还有 ${total - ruled} 条；再次运行同一命令可继续。${page.zh}`,
    en: `${ruled} ruled on, ${total - ruled} left; the same command goes on.${page.en}`,
  };
}

const noReviewer = new UserError({
  zh: "不知道裁定人是谁：请加 --reviewer 名字",
  en: "nobody is known who could rule: add --reviewer NAME",
});
const noTerminal = new UserError({
  zh: "在终端里裁定需要终端；否则请用 --export queue.xlsx 导出，裁完再 --import；只看判错和没有读出答案的用 --wrong",
  en: "ruling here needs a terminal; else write a sheet with --export queue.xlsx and read it with --import; --wrong prints the answers that are wrong or could not be read",
});
