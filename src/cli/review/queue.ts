import { basename, resolve } from "node:path";

import type { ReviewLine } from "../../domain/run-file/lines.ts";
import type { Lang } from "../../domain/text.ts";
import type { Queue, QueueEntry, QueueOptions, Reason } from "../../report/people/review/queue.ts";
import type { Imported } from "../../report/people/review/rulings.ts";
import type { Context, Parsed } from "../command.ts";

import { UserError } from "../../domain/text.ts";
import { clean } from "../../report/render/format.ts";
import { readCase } from "../../report/people/review/case.ts";
import { queueDefaults, readQueue, reasons } from "../../report/people/review/queue.ts";
import { refusedLines } from "../../report/people/review/refused-text.ts";
import { readRuled, rulingsOf } from "../../report/people/review/rulings.ts";
import {
  neededColumns,
  reasonWords,
  reviewColumns,
  reviewSheet,
} from "../../report/people/review/sheet.ts";
import { readSheet } from "../../report/people/sheet/read.ts";
import { checkFormat, writeSheet } from "../../report/people/sheet/write.ts";
import { appendLines } from "../../store/runs/append-lines.ts";
import { openRunLines } from "../../store/runs/run-lines.ts";
import { loadRulingTui } from "./load-tui.ts";
import { ownName } from "../own-name.ts";
import { textOf } from "../../domain/json.ts";

/** Writes the queue of a run as a sheet. Exit 3 where the run holds no answer that could be ruled on. */
export async function exportQueue(
  file: string,
  out: string,
  parsed: Parsed,
  context: Context,
): Promise<number> {
  const { lang, cwd, print } = context;
  const target = resolve(cwd, out);
  checkFormat(target);
  const queue = await readQueue(file, queueOptions(parsed));
  const entries = waiting(queue, parsed);
  if (entries.length === 0) return nothing(queue, context);
  const hidden = parsed.values["hide-verdict"] === true;
  const lines = await openRunLines(file);
  try {
    const cases = [];
    for (const entry of entries) cases.push(await readCase(lines, entry));
    const sheet = reviewSheet(queue.run.id, cases, hidden);
    await writeSheet(target, sheet, parsed.values["force"] === true);
    const next = `${ownName(context)} review ${parsed.positionals[0] ?? ""} --import ${out}`;
    print(exportedText(queue, entries, out, next, lang));
    if (!target.toLowerCase().endsWith(".xlsx")) {
      print(["", ...sheet.guide.map((each) => each[lang])].join("\n"));
    }
    return 0;
  } finally {
    await lines.close();
  }
}

/** Those that nobody has ruled on yet; with a reviewer, those that he has not. */
export function waiting({ entries }: Queue, { values }: Parsed): readonly QueueEntry[] {
  if (values["all"] === true) return entries;
  const who = textOf(values["reviewer"]);
  return entries.filter(({ ruled }) => (who === null ? ruled.size === 0 : !ruled.has(who)));
}

function nothing(queue: Queue, { lang, print }: Context): number {
  if (queue.answers === 0) {
    print(
      {
        zh: "这次运行还没有可以裁定的回答。",
        en: "This run holds no answer that could be ruled on.",
      }[lang],
    );
    return 3;
  }
  print(
    {
      zh: `${queue.answers} 条回答，没有待裁的（已裁过的用 --all 再列出）。`,
      en: `${queue.answers} answers, none waits for a ruling (--all lists those that have one).`,
    }[lang],
  );
  return 0;
}

/** Flags over defaults. Throws UserError. */
export const queueOptions = ({ values }: Parsed): QueueOptions => ({
  sample: numberOf("sample", values["sample"], queueDefaults.sample * 100, 100) / 100,
  seed: numberOf("seed", values["seed"], queueDefaults.seed, Number.MAX_SAFE_INTEGER),
  dispute: numberOf("dispute", values["dispute"], queueDefaults.dispute * 100, 100) / 100,
});

export function numberOf(
  name: string,
  value: Parsed["values"][string],
  fallback: number,
  most: number,
): number {
  if (value === undefined) return fallback;
  const text = String(value).replace(/%$/, "");
  const number = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (number <= most) return number;
  throw new UserError({
    zh: `--${name} 应是 0 到 ${most} 的数，得到 "${String(value)}"`,
    en: `--${name} must be a number from 0 to ${most}; got "${String(value)}"`,
  });
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

/** Appends the rulings of returned sheets. Exit 3 where a row was refused; the others are kept all the same. */
export async function importRulings(
  file: string,
  sheets: readonly string[],
  parsed: Parsed,
  context: Context,
): Promise<number> {
  const { lang, print } = context;
  let code = 0;
  for (const sheet of sheets) {
    const rows = await readSheet(sheet, reviewColumns(false), neededColumns);
    const ruled = await readRuled(file);
    const imported = rulingsOf(rows, ruled, {
      now_ms: Date.now(),
      reviewer: textOf(parsed.values["reviewer"]),
    });
    if (imported.lines.length > 0) await appendLines(file, ruled.scanned, imported.lines);
    print(importedText(basename(sheet), imported, lang));
    if (imported.refused.length > 0) code = 3;
  }
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
 * Lets a person rule in the terminal; each ruling is on disk before the next answer is shown, so that one can stop
 * at any time and go on later.
 */
export async function ruleInTerminal(
  file: string,
  parsed: Parsed,
  context: Context,
): Promise<number> {
  const { lang, env, isTTY, print } = context;
  if (!isTTY || env["TERM"] === "dumb") throw noTerminal;
  const who = reviewerOf(parsed, context);
  const queue = await readQueue(file, queueOptions(parsed));
  const entries = waiting(queue, parsed);
  if (entries.length === 0) return nothing(queue, context);
  const lines = await openRunLines(file);
  let { scanned } = queue;
  try {
    const { ruleInTui } = await loadRulingTui();
    const ruled = await ruleInTui({
      total: entries.length,
      load: async (at) => readCase(lines, entryAt(entries, at)),
      save: async ({ entry }, { verdict, value, reason }, blind) => {
        const line: ReviewLine = {
          kind: "review",
          key: entry.key,
          who,
          when: new Date().toISOString(),
          verdict,
          value,
          reason,
          ...(entry.why.includes("random") ? { sampled: true } : {}),
          ...(blind ? { blind: true } : {}),
        };
        scanned = await appendLines(file, scanned, [line]);
      },
      who,
      revealed: parsed.values["hide-verdict"] !== true,
      lang,
      stdout: process.stdout,
      stdin: process.stdin,
      colour: (env["NO_COLOR"] ?? "") === "",
      signal: context.stopping,
    });
    print(ruledText(ruled, entries.length, lang));
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

/** `--reviewer`, else the name under which the person is logged in. Throws UserError where neither is known. */
function reviewerOf({ values }: Parsed, { env }: Context): string {
  const name = clean(textOf(values["reviewer"]) ?? env["USER"] ?? env["USERNAME"] ?? "", 64);
  if (name !== "") return name;
  throw new UserError({
    zh: "请用 --reviewer 写明裁定人",
    en: "say who rules with --reviewer",
  });
}

const ruledText = (ruled: number, total: number, lang: Lang): string =>
  ({
    zh: `裁了 ${ruled} 条，还有 ${total - ruled} 条；再次运行同一命令接着裁。`,
    en: `${ruled} ruled on, ${total - ruled} left; the same command goes on.`,
  })[lang];

const noTerminal = new UserError({
  zh: "在终端里裁定需要终端；否则请用 --export queue.xlsx 导出，裁完再 --import",
  en: "ruling here needs a terminal; else write a sheet with --export queue.xlsx and read it with --import",
});
