import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import type { Text } from "../../domain/text.ts";
import type { MadeReport, ReportSources } from "../../report/page/make-report.ts";
import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { pageAssets } from "../../report/page/assets.ts";
import { writePage } from "../../report/page/document.ts";
import { makeReport } from "../../report/page/make-report.ts";
import { ownName, shownPath } from "../names.ts";
import { systemError } from "../system-error.ts";

/** A page that was written, and the line that says where it lies. */
export type WrittenPage = { readonly made: MadeReport; readonly line: string };

/**
 * Writes the report page of one run that has just ended, and says where it lies. Rejects with a `UserError` that says that
 * the answers are kept where the page cannot be written.
 */
export async function runPageLine(run: string, out: string, context: Context): Promise<string> {
  try {
    return (await writeReportPage(run, out, context)).line;
  } catch (error) {
    const known = systemError(error);
    if (known === null) throw error;
    const shown = shownPath(run, context);
    const again = `${ownName(context)} report ${shown} -o page.html`;
    throw new UserError(
      {
        zh: `报告页没有写成：${known.text.zh}回答都在 ${shown}，之后可以再出：\n${again}`,
        en: `The report page was not written: ${known.text.en} All answers are in ${shown}; make it later:\n${again}`,
      },
      [],
      3,
    );
  }
}

const writeReportPage = (run: string, out: string, context: Context): Promise<WrittenPage> =>
  writeReport(
    { files: [run], board: null, by: [], baseline: null, margin: 0.05, now: new Date() },
    out,
    context,
  );

/** Makes a report and writes its page, with the folder that it lies in. */
export async function writeReport(
  sources: ReportSources,
  out: string,
  context: Context,
): Promise<WrittenPage> {
  const { cwd, lang } = context;
  const file = resolve(cwd, out);
  const made = await makeReport(sources);
  await mkdir(dirname(file), { recursive: true });
  const bytes = await writePage(file, { ...made, assets: await pageAssets(), lang });
  return { made, line: said(shownPath(file, context), bytes)[lang] };
}

function said(shown: string, bytes: number): Text {
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  return {
    zh: `报告页 ${shown}（${size}），用浏览器打开，不联网也能看`,
    en: `Report page ${shown} (${size}): open it in a browser; it needs no network`,
  };
}
