import { isAlias, isMap, isScalar, isSeq, visit } from "yaml";
import type { Document, Node, YAMLError } from "yaml";

import type { Text } from "../../domain/text.ts";
import type { AliasTarget } from "./aliases.ts";
import type { SyntaxProblem } from "./syntax-problem.ts";

import { show } from "../../validation/suggest.ts";
import { indentSlip } from "./indents.ts";
import { lostLatex, slipAt } from "./slips.ts";
import { leadingTab, tabIndent, wideMark } from "./wide-marks.ts";

/** Nodes that aliases may add to a document. A suite that shares its graders stays far below this. */
const maxAliasNodes = 200_000;
const maxDepth = 100;

/**
 * Every repeated key, and the first of all other syntax problems, because one slip often causes many.
 * If the syntax is valid: an empty file, runaway nesting or aliases, and numbers that would lose digits.
 */
export function syntaxProblems(
  document: Document.Parsed,
  targetOf: AliasTarget,
  text: string,
): readonly SyntaxProblem[] {
  const errors: readonly YAMLError[] = [...document.errors, ...document.warnings];
  const repeated = errors.filter((error) => error.code === "DUPLICATE_KEY");
  const first = errors.find((error) => error.code !== "DUPLICATE_KEY");
  if (errors.length > 0) {
    return [...repeated, ...(first === undefined ? [] : [first])].map((error) => {
      const told = variableIn(text, error.pos[0]) ?? colonInFlow(text, error);
      const slip = told === null ? slipAt(text, error, document) : null;
      const message = told ?? messages[error.code] ?? { zh: error.message, en: error.message };
      const named = leadingTab(text, error) ?? wideColonIn(text, error) ?? wideMark(text, error);
      return named ?? slip ?? indentSlip(text, error) ?? { offset: error.pos[0], message };
    });
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return [{ offset: 0, message: empty }];
  }
  const wide = wideKeys(document);
  if (wide.length > 0) return wide;
  const lost = lostLatex(document, text);
  if (lost.length > 0) return lost;
  const shape = shapeProblem(targetOf, contents);
  return shape === null ? lossyNumbers(document) : [shape];
}

/** A key at the start of a line or of an entry in brackets, with the colon of Chinese writing behind it. */
const wideColon = /(?:^[ ]*(?:- +)*|[{,][ ]*)["']?([A-Za-z_][\w.-]*)["']?：/m;

/** A key with a full-width colon in the lines that an error is about: YAML read it as a text that goes on. */
function wideColonIn(text: string, { code, pos }: YAMLError): SyntaxProblem | null {
  if (code === "DUPLICATE_KEY") return null;
  const from = text.lastIndexOf("\n", Math.max(pos[0] - 1, 0)) + 1;
  const end = text.indexOf("\n", pos[0]);
  const lines = text.slice(from, Math.max(pos[1], end === -1 ? text.length : end));
  const found = wideColon.exec(lines);
  return found === null ? null : wideColonAt(from + found.index + found[0].length - 1, found[1]);
}

/** Keys that hold a full-width colon where YAML finds nothing wrong: in brackets, before them, or as all that a file says. */
function wideKeys({ contents, range }: Document.Parsed): readonly SyntaxProblem[] {
  const found: SyntaxProblem[] = [];
  const look = (node: unknown): void => {
    if (!isScalar(node) || node.type !== "PLAIN") return;
    const [whole = "", name] = wideKey.exec(node.source ?? "") ?? [];
    if (whole !== "") found.push(wideColonAt((node.range ?? range)[0] + whole.length - 1, name));
  };
  look(contents);
  visit(contents, {
    Pair: (_key, { key, value }) => {
      const isBare = value === null || (isScalar(value) && (value.source ?? "") === "");
      if (isBare || (isScalar(key) && /^[^：]*： ?[[{]/.test(key.source ?? ""))) look(key);
    },
  });
  return found;
}

const wideKey = /^([A-Za-z_][\w.-]*)：/;

const wideColonAt = (offset: number, name = ""): SyntaxProblem => ({
  offset,
  message: {
    zh: `${name} 后面是全角冒号“：”，应为半角冒号加空格，即 ${name}: …`,
    en: `a full-width colon "：" stands after ${name}; write a plain one and a blank: ${name}: …`,
  },
});

/** Said where one line in brackets holds a second colon: mostly a text with `: ` in it that has no quotes. */
function colonInFlow(text: string, { code, pos }: YAMLError): Text | null {
  const entry = text.slice(...pos);
  if (code !== "BLOCK_IN_FLOW" || /\n/.test(entry) || !/: /.test(entry)) return null;
  return {
    zh: `[ ] 或 { } 里的文本含有“: ”（冒号加空格）时，要整段加引号，例如 ${show(entry)}；如果是两个键，中间要有逗号`,
    en: `inside [ ] or { } a text with ": " (a colon and a blank) in it needs quotes, such as ${show(entry)}; between two keys stands a comma`,
  };
}

/** Said where a `${NAME}` begins: inside brackets its own bracket is read as YAML's. */
function variableIn(text: string, offset: number): Text | null {
  const [name] = /^\$\{[^}\n]*\}/.exec(text.slice(offset - 1)) ?? [];
  if (offset === 0 || name === undefined) return null;
  return {
    zh: `[ ] 或 { } 里的 ${name} 要加引号，例如 "${name}"；auth 的 env 只写变量名，不带 \${ }`,
    en: `inside [ ] or { } a text with ${name} needs quotes, such as "${name}"; env in auth takes the variable's name alone, without \${ }`,
  };
}

/** Walks the document as it would be expanded, and stops at the first sign of an alias bomb. */
function shapeProblem(targetOf: AliasTarget, root: Node): SyntaxProblem | null {
  const sizes = new Map<Node, number>();
  const open = new Set<Node>();
  let added = 0;
  let problem: SyntaxProblem | null = null;
  const sizeOf = (node: unknown, depth: number): number => {
    if (problem !== null || !(isAlias(node) || isMap(node) || isSeq(node))) return 1;
    const offset = node.range?.[0] ?? 0;
    if (depth > maxDepth) {
      problem = {
        offset,
        message: { zh: `嵌套超过 ${maxDepth} 层`, en: `nested more than ${maxDepth} deep` },
      };
      return 1;
    }
    if (isAlias(node)) {
      const target = targetOf(node);
      if (target === undefined) {
        problem = { offset, message: messages.BAD_ALIAS ?? bomb };
        return 1;
      }
      if (open.has(target)) {
        problem = {
          offset,
          message: {
            zh: `别名 *${node.source} 引用了自身`,
            en: `alias *${node.source} refers to itself`,
          },
        };
        return 1;
      }
      const size = sizes.get(target) ?? sizeOf(target, depth + 1);
      added += size;
      if (added > maxAliasNodes) problem ??= { offset, message: bomb };
      return size;
    }
    open.add(node);
    let size = 1;
    for (const entry of node.items) {
      size += isMap(node) ? 1 + sizeOf(valueOf(entry), depth + 1) : sizeOf(entry, depth + 1);
    }
    open.delete(node);
    sizes.set(node, size);
    return size;
  };
  sizeOf(root, 0);
  return problem;
}

const valueOf = (pair: unknown): unknown =>
  typeof pair === "object" && pair !== null && "value" in pair ? pair.value : null;

/** An integer beyond 2^53 would be read as a different one. */
function lossyNumbers(document: Document.Parsed): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(document, {
    Scalar: (key, node) => {
      if (key === "key" || typeof node.value !== "number") return;
      if (!Number.isInteger(node.value) || Number.isSafeInteger(node.value)) return;
      const source = node.source ?? String(node.value);
      problems.push({
        offset: node.range?.[0] ?? 0,
        message: {
          zh: `数字 ${show(source)} 过长，会丢失精度；请加引号写成文本`,
          en: `the number ${show(source)} is too long and would lose digits; write it in quotes`,
        },
      });
    },
  });
  return problems;
}

const empty: Text = {
  zh: "文件是空的；配置和题集的样例用 baimo init 写出",
  en: "the file is empty; baimo init writes a sample of a config and of a suite",
};

const bomb: Text = {
  zh: `别名展开后过大（超过 ${maxAliasNodes} 个节点），拒绝读取`,
  en: `aliases expand to more than ${maxAliasNodes} nodes; refused`,
};

const messages: Readonly<Partial<Record<YAMLError["code"], Text>>> = {
  DUPLICATE_KEY: { zh: "重复的键", en: "repeated key" },
  MULTIPLE_DOCS: {
    zh: "文件里有多个 YAML 文档（---），只能有一个",
    en: "the file holds several YAML documents (---); only one is read",
  },
  TAB_AS_INDENT: tabIndent,
  BAD_INDENT: { zh: "缩进与上下文不一致", en: "the indentation does not fit what stands above" },
  BAD_ALIAS: {
    zh: "别名没有对应的锚点（以 * 开头的文本要加引号）",
    en: "the alias has no anchor (a text that starts with * needs quotes)",
  },
  ALIAS_PROPS: { zh: "别名不能带标签或锚点", en: "an alias cannot have a tag or an anchor" },
  BAD_DIRECTIVE: { zh: "无效的 YAML 指令（%…）", en: "not a valid YAML directive (%…)" },
  BAD_DQ_ESCAPE: {
    zh: "双引号里有无效的转义（反斜杠请写成 \\\\，或改用单引号）",
    en: "not a valid escape in double quotes (write \\\\ for a backslash, or use single quotes)",
  },
  BAD_SCALAR_START: {
    zh: "文本不能以这个字符开头，请加引号",
    en: "a text cannot start with this character; put it in quotes",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    zh: "此处不能再嵌套键值（文本里有“: ”或以冒号结尾时，要整段加引号）",
    en: "no nested key can stand here (a text with ': ' in it or a colon at its end needs quotes)",
  },
  BLOCK_IN_FLOW: {
    zh: "[ ] 或 { } 里不能用缩进写法",
    en: "no indented list or map inside [ ] or { }",
  },
  MISSING_CHAR: {
    zh: "缺少引号、括号、冒号或逗号",
    en: "a quote, bracket, colon or comma is missing",
  },
  MULTILINE_IMPLICIT_KEY: {
    zh: "键不能跨行（可能漏了冒号或引号）",
    en: "a key cannot span lines (a colon or a quote may be missing)",
  },
  KEY_OVER_1024_CHARS: {
    zh: "键过长（超过 1024 个字符）",
    en: "the key is longer than 1024 characters",
  },
  NON_STRING_KEY: { zh: "键只能是文本", en: "a key must be a text" },
  MULTIPLE_ANCHORS: { zh: "一个节点只能有一个锚点", en: "a node can have one anchor only" },
  MULTIPLE_TAGS: { zh: "一个节点只能有一个标签", en: "a node can have one tag only" },
  TAG_RESOLVE_FAILED: { zh: "不支持 YAML 标签（!…）", en: "YAML tags (!…) are not supported" },
  BAD_COLLECTION_TYPE: { zh: "不支持 YAML 标签（!…）", en: "YAML tags (!…) are not supported" },
  UNEXPECTED_TOKEN: { zh: "此处有多余的内容", en: "something stands here that does not belong" },
  RESOURCE_EXHAUSTION: { zh: "文件过于复杂，拒绝读取", en: "the file is too complex; refused" },
};
