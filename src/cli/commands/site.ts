import { basename, join, resolve } from "node:path";

import type { Board } from "../../domain/board.ts";
import type { HistoryRun } from "../../report/page/history.ts";
import type { MadeReport } from "../../report/page/make-report.ts";

import { type Text, UserError } from "../../domain/text.ts";
import { readHistory } from "../../report/nightly/history.ts";
import { pageAssets } from "../../report/page/assets.ts";
import { writePageFolder } from "../../report/page/document.ts";
import { historyRun } from "../../report/page/history.ts";
import { makeReport } from "../../report/page/make-report.ts";
import { withNightTasks } from "../../report/page/night-tasks.ts";
import { reportOfNights } from "../../report/page/nights-report.ts";
import { siteNights, type SiteNights } from "../../report/page/nights.ts";
import { type SteadinessPart, steadinessPart } from "../../report/page/steadiness.ts";
import { periodUntil } from "../../report/steadiness/period.ts";
import { historySource } from "../../report/steadiness/read.ts";
import { lastWindow, steadinessOf } from "../../report/steadiness/steadiness.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readHeader } from "../../store/runs/reader.ts";
import { findBoard } from "../../store/suites/find-suites.ts";
import { shownPath } from "../names.ts";
import { type NightFile, nightRunFiles } from "../nightly/files.ts";
import { defineCommand } from "../options.ts";
import { shared } from "../shared-options.ts";

/** Exit 0. */
export const command = defineCommand({
  usage: "FOLDER [-o public] [--board b]",
  options: { board: shared.totalBoard, out: shared.out },
  run: async ({ board: name, out, positionals }, context) => {
    const { cwd, lang, print } = context;
    const [folder, ...more] = positionals;
    if (folder === undefined || more.length > 0) throw missingFolder;
    const board =
      name === null ? null : await findBoard(name, { cwd, builtin: builtinFolder("suites") });
    const path = resolve(cwd, folder);
    const files = await runFiles(path);
    const history = await readHistory(path);
    if (files.length === 0 && history.nights.length === 0) throw noRuns(folder);
    const site = resolve(cwd, out ?? "public");
    const slots = siteNights(board?.id ?? basename(path), history.nights);
    const nights = await withNightTasks(slots, path, history);
    const steadiness = await steadinessOfHistory(path);
    await writeSite(
      { files, nights, steadiness },
      { site, board, lang, assets: await pageAssets() },
    );
    const index = shownPath(join(site, "index.html"), context);
    print(written(files.length, history.nights.length, index)[lang]);
    return 0;
  },
});

/** Run files of a folder, packed ones too, the oldest first. Second measurements belong to their nights. */
async function runFiles(folder: string): Promise<readonly NightFile[]> {
  const files = (await nightRunFiles(folder)).filter(({ isRecheck }) => !isRecheck);
  const found = await Promise.all(
    files.map(async (file) => ({ file, header: await readHeader(file.path) })),
  );
  return found
    .flatMap(({ file, header }) => (header === null ? [] : [{ file, at: header.started_at }]))
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .map(({ file }) => file);
}

type SiteSources = {
  readonly files: readonly NightFile[];
  readonly nights: readonly SiteNights[];
  /** Null where nothing is known of single attempts. */
  readonly steadiness: SteadinessPart | null;
};

type SiteOptions = {
  readonly site: string;
  readonly board: Board | null;
  readonly lang: "zh" | "en";
  readonly assets: Awaited<ReturnType<typeof pageAssets>>;
};

/** A page for every run, and the newest one with the history of all at the top; without any run, the history alone. */
async function writeSite(
  { files, nights, steadiness }: SiteSources,
  { site, board, lang, assets }: SiteOptions,
): Promise<void> {
  const history: HistoryRun[] = [];
  let newest: { readonly made: MadeReport; readonly folder: string } | null = null;
  for (const { path, name } of files) {
    const made = await makeReport({
      files: [path],
      board,
      by: [],
      baseline: null,
      margin: 0.05,
      now: new Date(),
    });
    const folder = `runs/${name.replaceAll(/[^\w.-]/g, "_")}`;
    await writePageFolder(join(site, folder), { ...made, assets, lang });
    history.push(historyRun(made.report, `${folder}/index.html`));
    newest = { made, folder };
  }
  if (newest === null) {
    const made = await reportOfNights(nights, steadiness, new Date());
    await writePageFolder(site, { ...made, assets, lang });
    return;
  }
  const { made, folder } = newest;
  const steady = steadiness === null ? {} : { steadiness };
  const report = { ...made.report, history, nights, ...steady };
  const document = { ...made, report, assets, lang };
  await writePageFolder(site, document, `${folder}/blocks`);
}

/** The last 30 days of a history's records. */
async function steadinessOfHistory(folder: string): Promise<SteadinessPart | null> {
  const source = await historySource(folder);
  const last = lastWindow(source);
  return last === null ? null : steadinessPart(steadinessOf(source, periodUntil(last)));
}

function written(runs: number, nights: number, index: string): Text {
  const counts = [
    ...(runs === 0 ? [] : [{ zh: `${runs} 次运行`, en: `${runs} runs` }]),
    ...(nights === 0 ? [] : [{ zh: `${nights} 夜`, en: `${nights} nights` }]),
  ];
  return {
    zh: `${counts.map(({ zh }) => zh).join("，")} → ${index}；放到任何静态网站上即可`,
    en: `${counts.map(({ en }) => en).join(", ")} → ${index}: any static web server will do`,
  };
}

const missingFolder = new UserError({
  zh: "请给出一个文件夹，里面放运行文件或夜间历史，例如 baimo site results -o public",
  en: "Name one folder of run files or of a history of nights, such as: baimo site results -o public",
});

const noRuns = (folder: string): UserError =>
  new UserError({
    zh: `${folder} 里既没有运行文件（.jsonl、.jsonl.zst，由 baimo run 写出），也没有夜间历史（nights/，由 baimo nightly 写出）`,
    en: `${folder} holds neither a run file (.jsonl or .jsonl.zst, as baimo run writes them) nor a history of nights (nights/, as baimo nightly writes it)`,
  });
