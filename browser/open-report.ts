import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Browser, chromium, type Page } from "playwright-core";

import type { RunFileLine } from "../src/domain/run-file/lines.ts";
import type { Lang } from "../src/domain/text.ts";
import type { ReportSources } from "../src/report/page/make-report.ts";

import { writeRun } from "../src/cli/testing/command-context.ts";
import { pageAssets } from "../src/report/page/assets.ts";
import { writePage } from "../src/report/page/document.ts";
import { makeReport } from "../src/report/page/make-report.ts";
import { chromiumPath } from "./chromium.ts";

/** A report in a browser, with all that it did besides showing itself. */
export type OpenedReport = {
  readonly page: Page;
  readonly file: string;
  /** Errors and warnings of the console, uncaught errors, and dialogs. */
  readonly complaints: string[];
  /** Addresses that it asked for beside its own file. */
  readonly requests: string[];
};

export type OpenOptions = {
  readonly lang?: Lang;
  readonly width?: number;
  readonly dark?: boolean;
  /** Such as `#/heat`. */
  readonly hash?: string;
  readonly baseline?: readonly RunFileLine[];
};

const browsers: Browser[] = [];
const folders: string[] = [];

/** Writes run lines into a file and makes a report of them; its path. */
export async function writeReport(
  lines: readonly RunFileLine[],
  { lang = "zh", baseline }: Pick<OpenOptions, "lang" | "baseline"> = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "baimo-page-"));
  folders.push(folder);
  const sources: ReportSources = {
    files: [join(folder, writeRun(folder, "run.jsonl", lines))],
    board: null,
    by: [],
    baseline:
      baseline === undefined ? null : join(folder, writeRun(folder, "base.jsonl", baseline)),
    margin: 0.05,
    now: new Date("2026-11-22T00:00:00Z"),
  };
  const file = join(folder, "report.html");
  await writePage(file, { ...(await makeReport(sources)), assets: await pageAssets(), lang });
  return file;
}

/** Makes a report of run lines and opens it from the disk. */
export const openReport = async (
  lines: readonly RunFileLine[],
  options: OpenOptions = {},
): Promise<OpenedReport> => openFile(await writeReport(lines, options), options);

/** Opens a page from the disk. */
export async function openFile(
  file: string,
  { width = 1280, dark = false, hash = "" }: Pick<OpenOptions, "width" | "dark" | "hash"> = {},
): Promise<OpenedReport> {
  const page = await (
    await theBrowser()
  ).newPage({
    viewport: { width, height: 900 },
    colorScheme: dark ? "dark" : "light",
  });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "log") complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`file://${file}`)) requests.push(request.url());
  });
  await page.goto(`file://${file}${hash}`);
  await page.locator("main h2").first().waitFor();
  return { page, file, complaints, requests };
}

async function theBrowser(): Promise<Browser> {
  const [known] = browsers;
  if (known !== undefined) return known;
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error("no Chromium");
  const started = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  browsers.push(started);
  return started;
}

/** Ends the browser and removes what was written. */
export async function closeAll(): Promise<void> {
  for (const browser of browsers.splice(0)) await browser.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
