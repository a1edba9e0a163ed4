import { existsSync } from "node:fs";

import { UserError } from "../../../domain/text.ts";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/microsoft-edge",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** A browser of the Chromium family on this machine: the named one, else one in the usual places; null where there is none. */
export const findBrowser = (named: string | null): string | null =>
  (named === null ? places : [named, ...places]).find((place) => existsSync(place)) ?? null;

/** The same, for who cannot do without. Throws a `UserError` that says what to do. */
export function browserFor(named: string | null): string {
  if (named !== null && !existsSync(named))
    throw new UserError({
      zh: `CHROMIUM_PATH 指的 ${named} 不存在；请改成 Chromium、Chrome 或 Edge 程序的路径`,
      en: `CHROMIUM_PATH names ${named}, which is not there; name the program of Chromium, Chrome or Edge`,
    });
  const found = findBrowser(named);
  if (found !== null) return found;
  throw new UserError({
    zh: "写 PDF 要用浏览器打印报告页，本机没有找到 Chromium、Chrome 或 Edge。请装一个（如 apt-get install chromium），或用 CHROMIUM_PATH 指明它的路径；也可以先 --to docx，再在 Word、WPS 里另存为 PDF",
    en: "PDF is printed by a browser, and no Chromium, Chrome or Edge was found. Install one (apt-get install chromium), or name its program in CHROMIUM_PATH; or write --to docx and save it as PDF in Word or WPS",
  });
}
