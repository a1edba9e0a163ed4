import { Converter } from "opencc-js/t2cn";

import { traditionalCharacters } from "./traditional/characters.ts";

const invisible = /[[\p{Cc}\p{Cf}\uFE00-\uFE0F]--[\n\t]]/gv;

let converter: ((text: string) => string) | null = null;

/** The dictionaries are loaded on first use. */
const toSimplified = (text: string): string =>
  (converter ??= Converter({ from: "t", to: "cn" }))(text);

const unusual = 1;
const traditional = 2;
const usual = 4;
const compatible = 8;
const odd = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFE00-\uFE0F①-⑳]/u;

/**
 * What each UTF-16 unit needs: 1 if NFKC alone is not enough (control and format characters, variation selectors,
 * surrogates, ① to ⑳), 2 if simplification changes it, 4 if neither, 0 if not known yet, and 8 where NFKC changes it or what
 * stands before it. Filled on demand, because classifying all units would slow down startup.
 */
const kinds = new Uint8Array(0x1_0000);
for (const char of traditionalCharacters) kinds[char.charCodeAt(0)] = traditional;

/** CJK compatibility ideographs, which editors turn into others, so that no table holds them. */
const isCompatible = (code: number): boolean => code >= 0xf900 && code <= 0xfaff;

/** Marks and parts of Hangul syllables, which NFKC joins to what stands before them. */
const joins = /[\p{M}\u1100-\u11ff]/u;

function learn(code: number): number {
  const char = String.fromCharCode(code);
  const isOdd = char !== "\n" && char !== "\t" && odd.test(char);
  const isTraditional = isCompatible(code) && toSimplified(char) !== char;
  const isFolded = char.normalize("NFKC") !== char || joins.test(char);
  const kind =
    (isOdd ? unusual : isTraditional ? traditional : usual) | (isFolded ? compatible : 0);
  kinds[code] = kind;
  return kind;
}

function kindOf(text: string): number {
  let kind = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    kind |= kinds[code] || learn(code);
  }
  return kind;
}

/**
 * The Unicode form used for all grading: well-formed, NFKC (full-width letters, digits and punctuation
 * become ASCII; 。、《》【】「」 stay), line ends as \n, no invisible characters. ① stays: it numbers a statement, and
 * ①② must not become 12.
 */
export const fold = (text: string): string => foldedAs(kindOf(text), text);

function foldedAs(kind: number, text: string): string {
  if ((kind & unusual) !== 0) return foldUnusual(text);
  return (kind & compatible) === 0 ? text : text.normalize("NFKC");
}

/** Converts traditional characters to simplified ones (OpenCC); everything else stays. */
export const simplify = (text: string): string =>
  (kindOf(text) & traditional) === 0 ? text : toSimplified(text);

/** `fold`, then `simplify`, with a single scan of the text. */
export function foldSimplified(text: string): string {
  const kind = kindOf(text);
  const form = foldedAs(kind, text);
  return (kind & traditional) === 0 ? form : toSimplified(form);
}

const foldUnusual = (text: string): string =>
  text
    .toWellFormed()
    .split(/([①-⑳])/)
    .map((part, index) => (index % 2 === 1 ? part : part.normalize("NFKC")))
    .join("")
    .replaceAll("\r\n", "\n")
    .replaceAll(/[\r\u2028\u2029]/g, "\n")
    .replaceAll(invisible, "");

/** Removes Markdown emphasis, code marks, heading and quote marks; the text stays. Expects folded text. */
export function stripMarkdown(text: string): string {
  if (!/[*_`~#>]/.test(text)) return text;
  return text
    .replaceAll(/\*\*|__|`+|~~/g, "")
    .replaceAll(/^[ \t]{0,8}(?:#{1,6}|>)[ \t]/gm, "")
    .replaceAll(/(?<![\p{L}\p{N}*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\p{L}\p{N}*])/gu, "");
}

const formatting =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathbb|mathsf|mathit|operatorname|boldsymbol|bf|rm)(?![a-zA-Z])/g;

/** Removes LaTeX that only formats text: dollar signs, \text{}, \left, spacing commands. */
export function stripLatex(text: string): string {
  if (!text.includes("\\") && !text.includes("$")) return text;
  return text
    .replaceAll(/\$+|\\[()[\]]/g, "")
    .replaceAll(formatting, "")
    .replaceAll(/\\(?:left|right|displaystyle|quad|qquad)(?![a-zA-Z])|\\[,;!: ]/g, "");
}

/**
 * The form in which two short texts are compared: folded, simplified, without Markdown and LaTeX formatting, in lower
 * case, without white space, quotes and punctuation; signs that are part of numbers stay.
 */
export function plain(text: string): string {
  return stripLatex(stripMarkdown(foldSimplified(text)))
    .toLowerCase()
    .replaceAll(/\s+/g, "")
    .replaceAll(/((?<=\d)\.(?=\d)|[-+](?=\d)|[%‰])|\p{P}/gu, "$1");
}
