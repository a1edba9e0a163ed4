import type { YAMLError } from "yaml";

import type { SyntaxProblem } from "./syntax-problem.ts";

import { withoutQuoted } from "./wide-marks.ts";

/**
 * What is wrong where YAML says that an indentation does not fit: a bracket of the line before that nobody closed, or the two
 * lines of one block that are indented differently, of which the first may be the mistaken one. Null where neither is found.
 */
export function indentSlip(text: string, { code, pos }: YAMLError): SyntaxProblem | null {
  if (code !== "BAD_INDENT" && code !== "BLOCK_AS_IMPLICIT_KEY") return null;
  const lines = linesIn(text);
  const at = lines.findLastIndex(({ start }) => start <= pos[0]);
  const line = lines[at];
  if (line === undefined) return null;
  if (code === "BLOCK_AS_IMPLICIT_KEY") return tooDeep(line, lines[at + 1]);
  const above = lines.slice(0, at).filter(({ words }) => words !== "" && !words.startsWith("#"));
  const open = openBracket(above.at(-1));
  if (open !== null) return open;
  const parent = above.findLastIndex(({ indent }) => indent < line.indent);
  const first = above.slice(parent + 1)[0];
  if (first === undefined || first.indent === line.indent) return null;
  return unlike(line, first, first.indent);
}

/** A key below one that has its value already and begins further left. */
function tooDeep(line: Line, next: Line | undefined): SyntaxProblem | null {
  const [, dashes = "", value = ""] = /^((?:- +)*)[\w.-]+:\s+(.+)$/u.exec(line.words) ?? [];
  if (value === "" || next === undefined || !/^[\w.-]+:(?:\s|$)/u.test(next.words)) return null;
  const column = line.indent + dashes.length;
  return next.indent > column ? unlike(next, line, column) : null;
}

function unlike({ start, indent }: Line, { number, words }: Line, column: number): SyntaxProblem {
  const shown = words.slice(0, 30);
  return {
    offset: start + indent,
    message: {
      zh: `这一行缩进 ${indent} 格，上面第 ${number} 行（${shown}）的键缩进 ${column} 格：同一层的键要对齐，下一层的要多几格`,
      en: `this line is indented by ${indent}, the key of line ${number} above (${shown}) by ${column}: keys of one block stand in one column, what lies in it further right`,
    },
  };
}

type Line = {
  readonly number: number;
  readonly start: number;
  readonly indent: number;
  readonly words: string;
};

function linesIn(text: string): readonly Line[] {
  let start = 0;
  return text.split("\n").map((line, index) => {
    const own = {
      number: index + 1,
      start,
      indent: line.length - line.trimStart().length,
      words: line.trim(),
    };
    start += line.length + 1;
    return own;
  });
}

function openBracket(line: Line | undefined): SyntaxProblem | null {
  if (line === undefined) return null;
  const bare = withoutQuoted(line.words).replace(/(?:^|\s)#.*$/u, "");
  const open: number[] = [];
  for (const { index, 0: mark } of bare.matchAll(/(?<=^|[\s:,[{-])[[{]|[\]}]/gu)) {
    if (mark === "[" || mark === "{") open.push(index);
    else open.pop();
  }
  const [first] = open;
  if (first === undefined) return null;
  const mark = bare[first] ?? "";
  const closing = mark === "[" ? "]" : "}";
  return {
    offset: line.start + line.indent + first,
    message: {
      zh: `这里的 ${mark} 没有合上，缺少 ${closing}`,
      en: `the ${mark} here is not closed: ${closing} is missing`,
    },
  };
}
