import { z } from "zod";

import type { Text } from "../../domain/text.ts";
import type { Cut } from "./parts.ts";

import { PartKind, partsOf } from "./parts.ts";

/** Single marks and Markdown forms that can be counted. */
const patterns = {
  标点: /\p{P}|[～`^|=+<>$]/gu,
  数字: /\d+(?:[.,]\d+)*/gu,
  数位: /\d/gu,
  字母: /\p{Script=Latin}/gu,
  大写字母: /\p{Lu}/gu,
  表情: /\p{Extended_Pictographic}/gu,
  问句: /[?？](?:[!！?？])*/gu,
  标题: /^[^\S\n]{0,3}#{1,6}[^\S\n]+\S.*$/gmu,
  粗体: /\*\*(?=\S)[^*\n]*\S\*\*/gu,
  引文: /“[^“”]*”|「[^「」]*」/gu,
  书名号: /《[^《》]*》/gu,
  链接: /https?:\/\/[^\s）)」』]+/gu,
  分隔线: /^[^\S\n]*(?:-{3,}|\*{3,}|_{3,})[^\S\n]*$/gmu,
} as const satisfies Readonly<Record<string, RegExp>>;

const marks = Object.keys(patterns) as [keyof typeof patterns, ...(keyof typeof patterns)[]];
const codeBlock = "代码块";

/** What `count` can count: parts of a text, or marks and forms in it. */
export const Countable = z.union([PartKind, z.enum([...marks, codeBlock])]);
export type Countable = z.infer<typeof Countable>;

export const countable: Readonly<Record<Countable, Text>> = {
  paragraph: { zh: "段", en: "paragraphs" },
  sentence: { zh: "句", en: "sentences" },
  line: { zh: "行", en: "lines" },
  item: { zh: "条列表项", en: "list items" },
  part: { zh: "个部分", en: "parts" },
  标点: { zh: "个标点", en: "punctuation marks" },
  数字: { zh: "个阿拉伯数字", en: "numbers" },
  数位: { zh: "位阿拉伯数字", en: "digits" },
  字母: { zh: "个字母", en: "Latin letters" },
  大写字母: { zh: "个大写字母", en: "capitals" },
  表情: { zh: "个表情符号", en: "emoji" },
  问句: { zh: "个问句", en: "questions" },
  标题: { zh: "个标题", en: "headings" },
  粗体: { zh: "处粗体", en: "bold texts" },
  代码块: { zh: "个代码块", en: "code blocks" },
  引文: { zh: "处引文", en: "quotations" },
  书名号: { zh: "处书名号", en: "titles in 《》" },
  链接: { zh: "个链接", en: "links" },
  分隔线: { zh: "条分隔线", en: "rules" },
};

export function countOf(text: string, of: Countable, cut: Cut | null): number {
  const kind = PartKind.safeParse(of);
  if (kind.success) return partsOf(text, kind.data, cut).length;
  if (of === codeBlock) return codeBlocks(text);
  return text.match(patterns[of as keyof typeof patterns])?.length ?? 0;
}

/** Blocks between fences; one that is never closed is none. */
function codeBlocks(text: string): number {
  let isOpen = false;
  let count = 0;
  for (const line of text.split("\n").filter((each) => /^\s*```[^`]*$/u.test(each))) {
    // A closing fence stands alone.
    if (isOpen && line.trim() !== "```") continue;
    if (isOpen) count += 1;
    isOpen = !isOpen;
  }
  return count;
}
