import type { AnyLanguage } from "./options.ts";

export type ExtractedProgram = { readonly program: string; readonly how: string };

/**
 * The program of a reply, or null where there is none: what stands between 【代码开始】 and 【代码结束】, else the fenced
 * blocks, else a reply that is itself code. Of several blocks the last that defines one of the `asked` names counts, after
 * those before it that define what it mentions; where none does, all are joined.
 */
export function extractProgram(
  reply: string,
  language: AnyLanguage,
  asked: readonly string[],
): ExtractedProgram | null {
  const marked = markedPart(reply);
  const text = marked ?? reply;
  const blocks = blocksOf(text);
  const own = blocks.filter(({ tag }) => isTagOf(tag, language));
  const kept = own.length > 0 ? own : blocks.filter(({ tag }) => tag === "");
  if (kept.length > 0) {
    const program = chosen(
      kept.map(({ code }) => code),
      language,
      asked,
    );
    return { program, how: marked === null ? "fence" : "marked" };
  }
  if (blocks.length > 0) return null;
  if (marked !== null) return marked.trim() === "" ? null : { program: marked, how: "marked" };
  const bare = bareCode(text, language);
  return bare === null ? null : { program: bare, how: "bare" };
}

/** Between the last pair of marks, the end mark being optional. */
function markedPart(reply: string): string | null {
  const start = [...reply.matchAll(/【\s*代码开始\s*】/g)].at(-1);
  if (start === undefined) return null;
  const rest = reply.slice(start.index + start[0].length);
  const end = /【\s*代码结束\s*】/.exec(rest);
  return end === null ? rest : rest.slice(0, end.index);
}

type Block = { readonly tag: string; readonly code: string };

/** Fenced blocks; one that is not closed ends with the text. */
function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { fence: string; indent: number; tag: string; lines: string[] } | null = null;
  for (const line of text.split(/\r?\n/)) {
    const [, indent = "", fence = "", info = ""] = /^([ \t>]*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (open === null) {
      if (fence === "" || info.includes("`")) continue;
      const tag = /^[\s{.]*([\w+#.-]*)/.exec(info)?.[1] ?? "";
      open = { fence, indent: indent.length, tag: tag.toLowerCase(), lines: [] };
    } else if (fence !== "" && info.trim() === "" && isEndOf(fence, open.fence)) {
      blocks.push({ tag: open.tag, code: open.lines.join("\n") });
      open = null;
    } else {
      open.lines.push(dedented(line, open.indent));
    }
  }
  if (open !== null) blocks.push({ tag: open.tag, code: open.lines.join("\n") });
  return blocks.map(({ tag, code }) => ({ tag, code: withoutPrompts(code) })).filter(hasCode);
}

const isEndOf = (fence: string, open: string): boolean =>
  fence[0] === open[0] && fence.length >= open.length;

const dedented = (line: string, indent: number): string =>
  /^[ \t>]*/.exec(line.slice(0, indent))?.[0].length === indent ? line.slice(indent) : line;

const hasCode = ({ code }: Block): boolean => code.trim() !== "";

/** A Python session keeps what was typed, and not what was answered. */
function withoutPrompts(code: string): string {
  const lines = code.split("\n");
  if (!lines.some((line) => line.startsWith(">>> "))) return code;
  return lines
    .filter((line) => /^(?:>>>|\.\.\.)(?: |$)/.test(line))
    .map((line) => line.slice(4))
    .join("\n");
}

const tags: Readonly<Record<string, readonly string[]>> = {
  python: ["python", "py", "python3", "python2", "py3", "ipython", "pycon"],
  javascript: ["javascript", "js", "jsx", "node", "nodejs", "mjs", "ecmascript"],
  sql: ["sql", "sqlite", "sqlite3", "mysql", "postgresql", "postgres"],
};

const isTagOf = (tag: string, language: AnyLanguage): boolean =>
  (tags[language] ?? [language]).includes(tag);

function chosen(
  blocks: readonly string[],
  language: AnyLanguage,
  asked: readonly string[],
): string {
  const at = blocks.findLastIndex((block) => asked.some((name) => defines(block, name, language)));
  const last = blocks[at];
  if (last === undefined) return onlyReader(blocks, language, asked) ?? blocks.join("\n\n");
  const mentioned = new Set(last.match(identifier));
  const helpers = blocks
    .slice(0, at)
    .filter((block) => !asked.some((name) => defines(block, name, language)))
    .filter((block) => namesIn(block, language).some((name) => mentioned.has(name)));
  return [...helpers, last].join("\n\n");
}

/** Of several programs without a name to look for, the last that reads its input. */
function onlyReader(
  blocks: readonly string[],
  language: AnyLanguage,
  asked: readonly string[],
): string | null {
  if (asked.length > 0 || language === "sql") return null;
  return (
    blocks.findLast((block) => /\binput\(|\bstdin\b|\breadline\(|\bscanf?\b/.test(block)) ?? null
  );
}

const definition: Readonly<Record<string, RegExp>> = {
  python:
    /^(?:async +)?(?:def|class) +([\p{L}_][\p{L}\p{N}_]*)|^([\p{L}_][\p{L}\p{N}_]*) *(?::[^=\n]+)?=(?!=)/gmu,
  javascript:
    /^(?:export +)?(?:default +)?(?:async +)?(?:function *\*? *|class +|(?:const|let|var) +)([\p{L}_$][\p{L}\p{N}_$]*)/gmu,
};

const namesIn = (block: string, language: AnyLanguage): readonly string[] => {
  const pattern = definition[language];
  if (pattern === undefined) return [];
  return [...block.matchAll(pattern)].flatMap(([, first, second]) => first ?? second ?? []);
};

const defines = (block: string, name: string, language: AnyLanguage): boolean =>
  namesIn(block, language).includes(name);

const identifier = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** How a line of code begins, and nothing else: a reply in words has none such. */
const codeStart: Readonly<Record<string, RegExp>> = {
  python:
    /^(?:import \w|from \w[\w.]* import |(?:async )?def \w+\s*\(|class \w+|@\w|#!|[A-Za-z_]\w* = |print\(|for \w.* in .*:|if __name__)/,
  javascript:
    /^(?:export |import \w|(?:async )?function\s*\*?\s*\w|class \w|(?:const|let|var) [\w${[]|module\.exports|console\.|"use strict")/,
  sql: /^(?:select|with|insert|update|delete|create|drop|alter|replace|begin)\b/i,
};

/** From the first line that can only be code to the last that is not a sentence. */
function bareCode(text: string, language: AnyLanguage): string | null {
  const start = codeStart[language];
  if (start === undefined) return null;
  const lines = text.split(/\r?\n/);
  const from = lines.findIndex((line) => start.test(line));
  if (from < 0) return null;
  const to = lines.findLastIndex(
    (line, at) => at >= from && line.trim() !== "" && !isSentence(line),
  );
  return to < from ? null : lines.slice(from, to + 1).join("\n");
}

const isSentence = (line: string): boolean =>
  /^(?![#/*\s"'`-])[^"'`#]*\p{Script=Han}/u.test(line) &&
  !/^[\p{L}_$][\p{L}\p{N}_$]*\s*[=(]/u.test(line);
