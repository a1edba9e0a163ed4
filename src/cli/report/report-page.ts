import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import type { Text } from "../../domain/text.ts";
import type { MadeReport, ReportSources } from "../../report/page/make-report.ts";
import type { Context } from "../context.ts";

import { pageAssets } from "../../report/page/assets.ts";
import { writePage } from "../../report/page/document.ts";
import { makeReport } from "../../report/page/make-report.ts";
import { shownPath } from "../names.ts";

/** A page that was written, and the line that says where it lies. */
export type WrittenPage = { readonly made: MadeReport; readonly line: string };

/** Writes the report page of one run that has just ended. */
export const writeReportPage = (run: string, out: string, context: Context): Promise<WrittenPage> =>
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
