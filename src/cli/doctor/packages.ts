import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Text } from "../../domain/text.ts";
import type { Env } from "../../store/config.ts";

import { installedFile } from "../../grading/code/packages.ts";
import { type DoctorFinding, fine } from "./finding.ts";

/** What each package that is installed only where it is wanted is for: the optional peers of package.json, and no others. */
export const optionalPackages: Readonly<Record<string, Text>> = {
  bullmq: { zh: "多台机器共用队列", en: "a queue for several machines" },
  docx: { zh: "写 Word 报告", en: "Word reports" },
  exceljs: { zh: "读写 Excel", en: "Excel files" },
  "hyparquet-writer": { zh: "导出 Parquet", en: "Parquet files" },
  ioredis: { zh: "多台机器共用队列", en: "a queue for several machines" },
  "jieba-wasm": { zh: "按词算 BLEU、ROUGE", en: "BLEU and ROUGE by words" },
  pkijs: { zh: "核对时间戳", en: "checking timestamps" },
  pyodide: { zh: "评 Python 代码题", en: "grading Python" },
  "quickjs-emscripten": { zh: "评 JavaScript 代码题", en: "grading JavaScript" },
  "sql.js": { zh: "评 SQL 题", en: "grading SQL" },
};

/** Where the newest version is not the one that is read. */
const wanted: Readonly<Record<string, string>> = { pkijs: "pkijs@3" };

const browsers = ["xdg-open", "open", "chromium", "google-chrome", "firefox", "msedge"];

/** Optional packages, and whether a browser is there to look at pages. */
export const packageFindings = (env: Env): readonly DoctorFinding[] => [
  ...installedPackages(),
  browser(env),
];

function installedPackages(from: string = fileURLToPath(new URL(".", import.meta.url))) {
  const missing = Object.entries(optionalPackages).filter(
    ([name]) => installedFile({ name, file: "package.json" }, from) === null,
  );
  if (missing.length === 0) {
    return [
      fine("packages", {
        zh: `可选的包都在：${Object.keys(optionalPackages).join("、")}`,
        en: `every optional package is there: ${Object.keys(optionalPackages).join(", ")}`,
      }),
    ];
  }
  return missing.map(([name, purpose]): DoctorFinding => ({
    id: "packages",
    state: "fine",
    what: {
      zh: `没有装 ${name}（${purpose.zh}时才需要）`,
      en: `${name} is not installed (needed for ${purpose.en} only)`,
    },
    todo: {
      zh: `需要时 npm i ${wanted[name] ?? name}`,
      en: `npm i ${wanted[name] ?? name} when you need it`,
    },
  }));
}

function browser(env: Env): DoctorFinding {
  const folders = (env["PATH"] ?? "").split(delimiter);
  const found = browsers.find((name) =>
    folders.some((folder) => {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    }),
  );
  return found === undefined && process.platform !== "win32"
    ? fine("browser", {
        zh: "这台机器上没有找到浏览器；HTML 报告拷到别处打开即可，不需要网络",
        en: "no browser was found here; copy HTML reports elsewhere to open them, they need no network",
      })
    : fine("browser", {
        zh: "有浏览器可以打开 HTML 报告",
        en: "there is a browser for HTML reports",
      });
}
