import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

import type { Board } from "../../domain/board.ts";
import type { HistoryRun } from "../../report/page/history.ts";
import type { MadeReport } from "../../report/page/make-report.ts";

import { UserError } from "../../domain/text.ts";
import { pageAssets } from "../../report/page/assets.ts";
import { writePageFolder } from "../../report/page/document.ts";
import { historyRun } from "../../report/page/history.ts";
import { makeReport } from "../../report/page/make-report.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readHeader } from "../../store/runs/reader.ts";
import { findBoard } from "../../store/suites/find-suites.ts";
import { shownPath } from "../names.ts";
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
    const files = await runFiles(resolve(cwd, folder));
    if (files.length === 0) throw noRuns(folder);
    const site = resolve(cwd, out ?? "public");
    await writeSite(files, { site, board, lang, assets: await pageAssets() });
    const index = shownPath(join(site, "index.html"), context);
    print(
      {
        zh: `${files.length} 次运行 → ${index}；放到任何静态网站上即可`,
        en: `${files.length} runs → ${index}: any static web server will do`,
      }[lang],
    );
    return 0;
  },
});

/** Run files of a folder, the oldest first. */
async function runFiles(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
  const found = await Promise.all(
    names.map(async (name) => ({
      file: join(folder, name),
      header: await readHeader(join(folder, name)),
    })),
  );
  return found
    .flatMap(({ file, header }) => (header === null ? [] : [{ file, at: header.started_at }]))
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .map(({ file }) => file);
}

type SiteOptions = {
  readonly site: string;
  readonly board: Board | null;
  readonly lang: "zh" | "en";
  readonly assets: Awaited<ReturnType<typeof pageAssets>>;
};

/** A page for every run, and the newest one with the history of all at the top. */
async function writeSite(
  files: readonly string[],
  { site, board, lang, assets }: SiteOptions,
): Promise<void> {
  const history: HistoryRun[] = [];
  let newest: { readonly made: MadeReport; readonly folder: string } | null = null;
  for (const file of files) {
    const made = await makeReport({
      files: [file],
      board,
      by: [],
      baseline: null,
      margin: 0.05,
      now: new Date(),
    });
    const folder = `runs/${basename(file, ".jsonl").replaceAll(/[^\w.-]/g, "_")}`;
    await writePageFolder(join(site, folder), { ...made, assets, lang });
    history.push(historyRun(made.report, `${folder}/index.html`));
    newest = { made, folder };
  }
  if (newest === null) return;
  const { made, folder } = newest;
  const report = { ...made.report, history };
  const document = { ...made, report, assets, lang };
  await writePageFolder(site, document, `${folder}/blocks`);
}

const missingFolder = new UserError({
  zh: "请给出一个放运行文件的文件夹，例如 baimo site results -o public",
  en: "Name one folder of run files, such as: baimo site results -o public",
});

const noRuns = (folder: string): UserError =>
  new UserError({
    zh: `${folder} 里没有运行文件（.jsonl，由 baimo run 写出）`,
    en: `${folder} holds no run file (.jsonl, as baimo run writes them)`,
  });
