import { visit } from "yaml";
import type { Document, YAMLError } from "yaml";

import type { Problem, Text } from "../../domain/text.ts";
import type { SyntaxProblem } from "./syntax-problem.ts";

import { wideHint } from "./wide-marks.ts";

/**
 * What a text did that stands there without the quotes it needs, or with the wrong ones: the commonest slips of those who write
 * questions. Null for an error of another kind.
 */
export function slipAt(text: string, error: YAMLError, document: Document): SyntaxProblem | null {
  const { code, message, pos } = error;
  const offset = pos[0];
  if (code === "MISSING_CHAR" && message.startsWith("Missing closing")) {
    return unclosed(document, offset);
  }
  const eaten = commentInFlow(text, offset);
  if (eaten !== null && code !== "BAD_DQ_ESCAPE") return eaten;
  const words = wordsFor(text, error);
  return words === null ? null : { offset, message: words };
}

function wordsFor(text: string, { code, message, pos }: YAMLError): Text | null {
  const [offset] = pos;
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const [first = ""] = text.slice(offset);
  if (code === "UNEXPECTED_TOKEN" && message.startsWith("Unexpected scalar at node end")) {
    if (/"\s*$/.test(before)) return doubleEnded;
    if (/'\s*$/.test(before)) return singleEnded;
    if (/[\]}]\s*$/.test(before)) return bracketed;
    if (/(?:^|[:\-,[{])\s*\*\S*\s*$/.test(before)) return startsWith("*");
  }
  if (code === "UNEXPECTED_TOKEN" && "[{".includes(first) && /[^\s,:[{]\s*$/.test(before)) {
    return message.includes("at node end") ? bracketed : null;
  }
  if (code === "UNEXPECTED_TOKEN" && message.startsWith("Unexpected block-seq-ind on same line")) {
    return startsWith("-");
  }
  if (code === "UNEXPECTED_TOKEN" && /[|>][-+\d]*\s*$/.test(before)) return blockText;
  if (code === "MISSING_CHAR" && /[:\-,]\s+[!&]$/.test(before))
    return startsWith(before.at(-1) ?? "");
  if (code === "BLOCK_AS_IMPLICIT_KEY" && first === "?") return startsWith("?");
  // `{{question}}` without quotes is a map whose key is a map.
  if (code === "NON_STRING_KEY" && first === "{" && before.endsWith("{")) return startsWith("{");
  return null;
}

const doubleEnded: Text = {
  zh: '文本在这个双引号处就结束了，后面的是多余的：文本里的双引号写成 \\"，或换成「」；也可以整段用单引号括住，或用 | 另起一行写（这两种写法里 \\n 不是换行）',
  en: 'the text ends at this double quote, and what follows does not belong: write \\" for a double quote inside it, or put the text into single quotes or below | on lines of its own (where \\n is no line break)',
};

const singleEnded: Text = {
  zh: "文本在这个单引号处就结束了，后面的是多余的：文本里的单引号写成两个 ''，或整段改用双引号，或用 | 另起一行写",
  en: "the text ends at this single quote, and what follows does not belong: write two '' for one inside it, or put the text into double quotes, or below | on lines of its own",
};

const bracketed: Text = {
  zh: "以 [ 或 { 开头的文本，和写在 [ ] 或 { } 里而含有括号的文本，都要整段加引号",
  en: "a text that starts with [ or {, or that has brackets in it and stands inside [ ] or { }, needs quotes",
};

const startsWith = (character: string): Text => ({
  zh: `以 ${character} 开头的文本要整段加引号`,
  en: `a text that starts with ${character} needs quotes`,
});

const blockText: Text = {
  zh: "| 和 > 后面要换行，文本从下一行起缩进着写；文本本身以它开头的，要整段加引号",
  en: "after | or > the text begins on the next line, indented; a text that itself starts with one needs quotes",
};

/** The quote that nothing closes, found at the end of the file. */
function unclosed(document: Document, end: number): SyntaxProblem | null {
  let offset: number | null = null;
  visit(document, {
    Scalar: (_key, { type, range }) => {
      const isQuoted = type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE";
      if (isQuoted && range !== null && range !== undefined && range[1] >= end) offset = range[0];
    },
  });
  return offset === null
    ? null
    : {
        offset,
        message: {
          zh: "从这里开始的引号没有结束的那一半",
          en: "the quote that opens here is never closed",
        },
      };
}

/** Inside brackets ` #` swallows the closing bracket, so that YAML finds fault with the next line. */
function commentInFlow(text: string, offset: number): SyntaxProblem | null {
  const above = text.slice(0, offset).trimEnd();
  const start = above.lastIndexOf("\n") + 1;
  const line = above.slice(start);
  const hash = /[^\s] +#/.exec(line);
  if (hash === null) return null;
  const kept = line.slice(0, hash.index + 1).replaceAll(/"(?:[^"\\]|\\.)*"|'[^']*'/g, "");
  const open = (kept.match(/[[{]/g) ?? []).length - (kept.match(/[\]}]/g) ?? []).length;
  if (open <= 0 || !/[\]}]/.test(line.slice(hash.index + 1))) return null;
  return {
    offset: start + hash.index + hash[0].length - 1,
    message: {
      zh: "空格加 # 之后到行尾是注释，后面的括号因此没有读到；文本里有“ #”时要整段加引号",
      en: "a blank and # begin a comment up to the end of the line, which hides the closing bracket; a text with ' #' in it needs quotes",
    },
  };
}

/**
 * Commands of LaTeX that begin like an escape of YAML, so that a text in double quotes loses them in silence: `\frac` becomes a
 * form feed and `rac`. https://yaml.org/spec/1.2.2/#57-escaped-characters
 */
const latex =
  /(?<!\\)(?:\\\\)*\\(frac|forall|times|theta|tan|text(?:bf|rm|it)?|tfrac|triangle|tilde|tau|therefore|neq|nabla|neg|notin|beta|bar|begin|big[lrg]*|binom|boxed|bot|because|alpha|angle|approx|arccos|arcsin|arctan|vec|varphi|vee|[vV]dots|right(?:arrow)?|rho|rangle|exists|equiv|epsilon|eta|exp|ell|end|Leftarrow|Leftrightarrow|Phi|Psi|Pi)(?![A-Za-z])/;

/** Texts in double quotes that lose a command of LaTeX, each at its beginning. */
export function lostLatex(document: Document, text: string): readonly SyntaxProblem[] {
  if (!latex.test(text)) return [];
  const found: SyntaxProblem[] = [];
  visit(document, {
    Scalar: (_key, { type, range }) => {
      if (type !== "QUOTE_DOUBLE" || range === null || range === undefined) return;
      const name = latex.exec(text.slice(range[0], range[1]))?.[1];
      if (name === undefined) return;
      found.push({
        offset: range[0],
        message: {
          zh: `双引号里的 \\${name} 会被读成别的字符（\\${name[0]} 是转义）：写成 \\\\${name}，或整段改用单引号`,
          en: `in double quotes \\${name} is read as another character (\\${name[0]} is an escape): write \\\\${name}, or put the text into single quotes`,
        },
      });
    },
  });
  return found;
}

/** The problem with a hint, where a text lacks quotes that YAML read as a comment, an anchor or a further key. */
export function withSlip(problem: Problem, text: string): Problem {
  const { line, column } = problem.place;
  if (line === null || column === null) return problem;
  const source = text.split("\n", line)[line - 1] ?? "";
  const hint = hintFor(source.slice(0, column - 1), source.slice(column - 1));
  if (hint === null) return problem;
  const { zh, en } = problem.message;
  return { ...problem, message: { zh: `${zh}；${hint.zh}`, en: `${en}; ${hint.en}` } };
}

function hintFor(before: string, rest: string): Text | null {
  if (/:\s+$/.test(before) && rest.startsWith("#")) {
    return {
      zh: "# 之后是注释，以 # 开头的文本要加引号",
      en: "# begins a comment; a text that starts with it needs quotes",
    };
  }
  if (/:\s+&\S+\s*$/.test(before + rest)) return startsWith("&");
  if (/[{,]\s+$/.test(before) && /^[^\s"':,{}[\]][^:,{}[\]]*[,}]/.test(rest)) {
    return {
      zh: "{ } 里的文本含有半角逗号时要整段加引号",
      en: "inside { } a text with a comma in it needs quotes",
    };
  }
  return wideHint(before, rest);
}
