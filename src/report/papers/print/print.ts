import { execFile } from "node:child_process";
import { mkdtemp, rename, rm, copyFile, stat } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

import type { Paper } from "../paper.ts";

import { UserError } from "../../../domain/text.ts";
import { pageAssets } from "../../page/assets.ts";
import { writePage } from "../../page/document.ts";

/** A browser that has not printed by then hangs. */
const mostMs = 180_000;

/**
 * Prints the report page on A4: all its views but the answers, one after the other. The page asks the network for nothing, and
 * the browser has a profile of its own. Rejects with a `UserError` where the browser printed nothing.
 */
export async function printPage(paper: Paper, file: string, browser: string): Promise<void> {
  const { lang, made, options } = paper;
  const folder = await mkdtemp(join(tmpdir(), "baimo-print-"));
  try {
    const page = join(folder, "report.html");
    const printed = join(folder, "report.pdf");
    // Answers are no part of what is printed.
    await writePage(page, { ...made, blocks: [], assets: await pageAssets(), lang });
    const ran = await promisify(execFile)(browser, argumentsFor(page, printed, folder), {
      timeout: mostMs,
      signal: options.signal,
    }).catch((error: unknown) => ({ stderr: error instanceof Error ? error.message : "" }));
    const { size } = await stat(printed).catch(() => ({ size: 0 }));
    if (size === 0) throw notPrinted(browser, ran.stderr);
    await moved(printed, resolve(file));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

const argumentsFor = (page: string, printed: string, folder: string): readonly string[] => [
  "--headless",
  // Chromium refuses its sandbox to root, as in a container; the page's own policy lets nothing but its script run.
  ...(userInfo().uid === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  // Charts are laid out for this window before paper shrinks the page to its width.
  "--window-size=1280,1700",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--no-first-run",
  "--no-pdf-header-footer",
  `--user-data-dir=${join(folder, "profile")}`,
  `--print-to-pdf=${printed}`,
  pathToFileURL(page).href,
];

/** The folder for temporary files may lie on another disk. */
async function moved(from: string, to: string): Promise<void> {
  await rename(from, to).catch(() => copyFile(from, to));
}

const notPrinted = (browser: string, said: string): UserError => {
  const last = said.trim().split("\n").at(-1)?.slice(0, 300) ?? "";
  return new UserError({
    zh: `${browser} 没有打印出 PDF：${last}。请在浏览器里打开 baimo report 写出的页面再打印，或改用 --to docx`,
    en: `${browser} printed no PDF: ${last}. Open the page of baimo report in a browser and print it, or use --to docx`,
  });
};
