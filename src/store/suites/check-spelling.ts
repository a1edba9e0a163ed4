import type { Item, Task } from "../../domain/suite.ts";
import type { Problem, Text } from "../../domain/text.ts";
import type { Locate } from "../yaml/yaml.ts";
import type { ParsedSuite } from "./suites.ts";

import { goldTurns } from "../../domain/prompt.ts";
import { problemAt } from "../yaml/yaml.ts";

/** Graders for which 010 and 10 are different answers. */
const textGraders: ReadonlySet<string> = new Set(["exact", "value", "contains", "fuzzy", "regex"]);

/**
 * Golds of graders of texts that YAML read as another text than the one written: 000001 is the number 1, 1.10 is 1.1, True
 * is true. Only items that stand in the suite's own file; JSON has no such spellings but 1.10.
 */
export function lostSpellingIn(
  { file, text }: Pick<ParsedSuite, "file" | "text">,
  task: Task,
): (item: Item, locate: Locate) => readonly Problem[] {
  let lines: readonly string[] | null = null;
  const lineAt = (line: number): string => (lines ??= text.split("\n"))[line - 1] ?? "";
  return (item, locate) =>
    goldTurns(task, item).flatMap((turn, index) => {
    if (!textGraders.has(turn.grader?.use ?? "")) return [];
    const base = item.turns === undefined ? ["answer"] : ["turns", index, "answer"];
    const members = Array.isArray(turn.answer)
      ? turn.answer.map((value: unknown, at) => ({ value, path: [...base, at] }))
      : [{ value: turn.answer, path: base }];
    return members.flatMap(({ value, path }) => {
      if (typeof value !== "number" && typeof value !== "boolean") return [];
      const { file: where, line, column } = locate(path);
      if (where !== file || line === null || column === null) return [];
      const written = scalarAt(lineAt(line).slice(column - 1));
      return written === String(value) || written === ""
        ? []
        : [problemAt(locate, path, unquoted(written, String(value)))];
    });
  });
}

/** The plain scalar that begins at a place; quotes and aliases are none. */
const scalarAt = (rest: string): string => /^[^\s,\]}#"'&*!|>]+/.exec(rest)?.[0] ?? "";

const unquoted = (written: string, read: string): Text => ({
  zh: `没有加引号，${written} 会被读成 ${read}；请写成 "${written}"`,
  en: `without quotes, ${written} is read as ${read}; write "${written}"`,
});
