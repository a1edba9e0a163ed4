import type { YAMLError } from "yaml";

import type { Text } from "../../domain/text.ts";
import type { SyntaxProblem } from "./syntax-problem.ts";

/** A tab in front of the line at which YAML stops, whatever it then finds fault with: below `|` it speaks of other things. */
export function leadingTab(text: string, { code, pos }: YAMLError): SyntaxProblem | null {
  if (code === "DUPLICATE_KEY" || code === "BAD_DQ_ESCAPE") return null;
  const start = lineStart(text, pos[0]);
  const [indent = ""] = /^[ \t]*/.exec(text.slice(start)) ?? [];
  const tab = indent.indexOf("\t");
  return tab === -1 ? null : { offset: start + tab, message: tabIndent };
}

export const tabIndent: Text = {
  zh: "缩进不能用制表符，请用空格",
  en: "tabs cannot indent; use spaces",
};

/**
 * A comma or a bracket of Chinese writing that stands where YAML needs its own, in the line of an error or, where a bracket is
 * missing, in the one before.
 */
export function wideMark(text: string, error: YAMLError): SyntaxProblem | null {
  const { code, pos } = error;
  if (code === "DUPLICATE_KEY" || code === "BAD_DQ_ESCAPE") return null;
  const offset = Math.max(0, Math.min(pos[0], text.trimEnd().length - 1));
  const places = new Set([offset, text.slice(0, offset).trimEnd().length]);
  for (const place of places) {
    const start = lineStart(text, place);
    const end = text.indexOf("\n", start);
    const line = withoutQuoted(text.slice(start, end === -1 ? text.length : end));
    const at = brokenAt(line, code);
    if (at !== null) return { offset: start + at, message: wideWords(line[at] ?? "") };
  }
  return null;
}

/** Where a line holds a full-width mark instead of a plain one, or null. */
function brokenAt(line: string, code: YAMLError["code"]): number | null {
  const bracket = /(?:^\s*(?:- +)*|[:,[{]\s*)[［｛]/.exec(line);
  if (bracket !== null) return bracket.index + bracket[0].length - 1;
  if (!/[[{]/.test(line)) return null;
  const key = /[，、；](?=\s*["']?[A-Za-z_][\w.-]*["']?\s*: )/.exec(line);
  if (code === "BLOCK_IN_FLOW" && key !== null) return key.index;
  const quoted = /["'\]}]\s*[，、；]/.exec(line);
  if (quoted !== null) return quoted.index + quoted[0].length - 1;
  const open = (line.match(/[[{]/g) ?? []).length - (line.match(/[\]}]/g) ?? []).length;
  const closing = /[］｝】]/.exec(line);
  return open > 0 && closing !== null ? closing.index : null;
}

/** What is said of a full-width mark. */
function wideWords(mark: string): Text {
  const plain = plainMarks[mark] ?? "";
  if (plain === ",") {
    return {
      zh: `这里是全角${mark === "，" ? "逗号" : "标点"}“${mark}”，应为半角逗号加空格；是文本的一部分时，要整段加引号`,
      en: `a full-width "${mark}" stands here; write a plain comma and a blank, or, where it belongs to a text, put the text into quotes`,
    };
  }
  return {
    zh: `这里是全角括号“${mark}”，应为半角 ${plain}`,
    en: `a full-width bracket "${mark}" stands here; write a plain ${plain}`,
  };
}

const plainMarks: Readonly<Record<string, string>> = {
  "，": ",",
  "、": ",",
  "；": ",",
  "［": "[",
  "｛": "{",
  "【": "[",
  "］": "]",
  "｝": "}",
  "】": "]",
};

/** Said of a value that YAML read as a text and the file's format refused, by what stands before it and from it on. */
export function wideHint(before: string, rest: string): Text | null {
  const [first = ""] = rest;
  if (/[:,[{-]\s*$/.test(before) && "［｛【".includes(first) && first !== "")
    return wideWords(first);
  const [, comma] = /^[^\s"'[\]{},][^"'[\]{},]*?([，、；])[^"'[\]{}]*\]/.exec(rest) ?? [];
  return /[[,]\s*$/.test(before) && comma !== undefined ? wideWords(comma) : null;
}

const lineStart = (text: string, offset: number): number =>
  text.lastIndexOf("\n", Math.max(offset - 1, 0)) + 1;

/** A line with its quoted texts blanked, so that places stay what they are. */
export const withoutQuoted = (line: string): string =>
  line.replaceAll(
    /"(?:[^"\\]|\\.)*"|'[^']*'/g,
    (quoted) => `${quoted[0]}${" ".repeat(quoted.length - 2)}${quoted[0]}`,
  );
