import { fold } from "../../text/normalise.ts";

const blank = /_{2,}|＿+|[(（【[][\s\u3000_＿]*[)）】\]]|﹍+|…{4,}|\.{6,}/gu;

/** How many blanks a question has: runs of underscores, empty brackets. */
export const blanksIn = (question: string): number => [...question.matchAll(blank)].length;

/**
 * The golds of a question's blanks, in order: `59；200`, lines, `(1) 59 (2) 200`, `第一空：59`. Null where the gold does not fall into as
 * many parts.
 */
export function partsOf(gold: string, count: number): readonly string[] | null {
  if (count < 2) return [gold.trim()];
  const text = gold.trim();
  const numbered = text
    .split(
      /(?:^|[\s;；,，、])(?:[(（]\s*\d\s*[)）]|[①②③④⑤⑥⑦⑧⑨]|\d\s*[、．]|\d\.(?!\d)|第\s*[一二三四五六七八九\d]\s*空\s*[:：]?)\s*/u,
    )
    .map(tidied);
  if (numbered[0] === "" && numbered.length === count + 1) return numbered.slice(1);
  for (const separator of [
    /\r?\n/u,
    /[;；]/u,
    /[|｜]/u,
    /\s{2,}|\u3000/u,
    /[、]/u,
    /[,，]/u,
    /\s/u,
    /[/／]/u,
  ]) {
    const parts = text.split(separator).map(tidied);
    if (parts.length === count && parts.every((part) => part !== "")) return parts;
  }
  return null;
}

const tidied = (part: string): string =>
  part
    .trim()
    .replace(/[;；,，、。]$/u, "")
    .trim();

/** Other spellings of one gold that are written beside it: `北京/北京市`, `七天或7天`, `七（7）`; the first is the gold. */
export function spellingsOf(gold: string): readonly string[] {
  const text = fold(gold).trim();
  // 1/2, 2024/3/1, km/h and TCP/IP are one thing.
  const parts = /\p{Script=Han}/u.test(text)
    ? text.split(/\s*(?:\/|\||或者?(?=.)|亦可(?:写作|为)?|也可(?:写作|为|以是)?)\s*/u)
    : text.split(/\s*(?:\|+|\s\/\s|\s或\s?)\s*/u);
  const spellings = parts.map(tidied);
  return spellings.length > 1 &&
    spellings.length <= 6 &&
    spellings.every((part) => part !== "" && part.length <= 20)
    ? [...new Set(spellings)]
    : [gold.trim()];
}
