import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Text } from "../../domain/text.ts";

import { languages, type CodeLanguage, type InterpreterFiles } from "./box/messages.ts";

/** The package that brings a language's interpreter, and its file that is loaded. */
const packages: Readonly<Record<CodeLanguage, { readonly name: string; readonly file: string }>> = {
  python: { name: "pyodide", file: "pyodide.mjs" },
  javascript: { name: "quickjs-emscripten", file: "dist/index.mjs" },
  sql: { name: "sql.js", file: "dist/sql-wasm.js" },
};

const here = fileURLToPath(new URL(".", import.meta.url));

let found: InterpreterFiles | null = null;

/** Where the interpreters are; null for each that is not installed. */
export function interpreterFiles(): InterpreterFiles {
  found ??= Object.fromEntries(
    languages.map((language) => [language, installedFile(packages[language], here)]),
  ) as InterpreterFiles;
  return found;
}

/** What to install before this language can be graded; null where nothing is missing. */
export function missingPackage(language: CodeLanguage): Text | null {
  if (interpreterFiles()[language] !== null) return null;
  const { name } = packages[language];
  return {
    zh: `评 ${language} 代码需要 ${name} 包，目前没有安装。请运行 npm i ${name}（全局安装的 baimo 用 npm i -g ${name}）`,
    en: `grading ${language} needs the package ${name}, which is not installed; run npm i ${name} (npm i -g ${name} beside a global baimo)`,
  };
}

/**
 * The real path of a package's file, looked for in the `node_modules` of a folder and of those above it, as Node does,
 * which cannot be asked: not every package exports the file. Null where it is in none.
 */
export function installedFile(
  { name, file }: { readonly name: string; readonly file: string },
  from: string,
): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, "node_modules", name, file);
    if (existsSync(path)) return realpathSync(path);
    if (folder === dirname(folder)) return null;
  }
}

/** Folders and files that a box must be able to read: its own code and the interpreters. */
export function readableBy(entry: string): readonly string[] {
  const own = dirname(realpathSync(entry));
  const above = ancestors(own);
  // In a build, what several files share lies in one folder, and finds its own place by the program's entry.
  const built = above.filter((folder) => existsSync(join(folder, "cli", "bin.js")));
  const shared = built.flatMap((folder) => [join(folder, "chunks"), join(folder, "cli", "bin.js")]);
  const interpreters = Object.values(interpreterFiles()).flatMap((file) =>
    file === null ? [] : [`${file.slice(0, file.lastIndexOf("node_modules"))}node_modules`],
  );
  const described = above
    .map((folder) => join(folder, "package.json"))
    .filter((path) => existsSync(path));
  return [...new Set([own, ...shared, ...interpreters, ...described])];
}

function ancestors(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestors(above)];
}
