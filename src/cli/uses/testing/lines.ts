import { readFileSync } from "node:fs";
import { join } from "node:path";

const here = (path: string): string => join(import.meta.dirname, "..", path);

const filledLines = (path: string): readonly string[] =>
  readFileSync(here(path), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");

/** The lines of a use without its comments, and those of the other program's form, whose first line names the program. */
export const linesOf = (group: string, use: string) => ({
  here: filledLines(`${group}/suites/${use}.yaml`).filter((line) => !line.startsWith("#")).length,
  there: filledLines(`${group}/peers/${use}.yaml`).length - 1,
});

/** The row of a use in the guide for those who come from elsewhere, in each language; undefined where there is none. */
export const guideRows = (group: string, use: string): readonly (string | undefined)[] =>
  ["coming-from.md", "coming-from.zh-CN.md"].map((page) =>
    readFileSync(here(`../../../docs/${page}`), "utf8")
      .split("\n")
      .find((line) => line.includes(`src/cli/uses/${group}/suites/${use}.yaml`)),
  );
