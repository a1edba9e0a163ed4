import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { type Recipe, recipes } from "./recipes.ts";

const root = dirname(import.meta.dirname);

/** The page that quotes every recipe. */
export const contributingFile = join(root, "CONTRIBUTING.md");

/**
 * The text of CONTRIBUTING.md with what it quotes of the recipes brought up to date: files and checks stand between the
 * marks of their kind. Throws an Error if a recipe has no marks, or marks have no recipe.
 */
export function contributing(): string {
  const page = readFileSync(contributingFile, "utf8");
  const quoted = new Set<string>();
  const text = page.replaceAll(
    /(<!-- recipe: (\S+) -->\n)[^]*?(<!-- end -->)/g,
    (_whole, start: string, kind: string, end: string) => {
      const recipe = recipes.find((each) => each.kind === kind);
      if (recipe === undefined) throw new Error(`CONTRIBUTING.md quotes no recipe ${kind}`);
      quoted.add(kind);
      return `${start}${quoteOf(recipe)}${end}`;
    },
  );
  const missing = recipes.find(({ kind }) => !quoted.has(kind));
  if (missing !== undefined) throw new Error(`CONTRIBUTING.md has no section for ${missing.kind}`);
  return text;
}

const quoteOf = ({ kind, id, files, scripts, checks }: Recipe): string =>
  [
    "```sh",
    `npm run new -- ${kind} ${id}`,
    "```",
    "",
    "| 写出 · writes | 内容 | what it holds |",
    "| --- | --- | --- |",
    ...files.map(({ path, holds }) => `| \`${path}\` | ${holds.zh} | ${holds.en} |`),
    ...scripts.map(
      (script) =>
        `| \`npm run ${script}\` | 更新由程序生成的页面 | brings the generated pages up to date |`,
    ),
    "",
    "```sh",
    ...checks,
    "```",
    "",
  ].join("\n");
