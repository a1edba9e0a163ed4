import { Converter } from "opencc-js/t2cn";

/**
 * Anything that NFKC alone does not settle: control and format characters, variation selectors, surrogates, ① to ⑳.
 * The class names what is plain instead.
 */
const unusual =
  /[^\t\n -~\u00a0-\u00ac\u00ae-\u200a\u2010-\u2027\u202f-\u205f\u2065-\u245f\u2474-\ud7ff\ue000-\ufdff\ufe10-\ufefe\uff00-\uffff]/;
const invisible = /[[\p{Cc}\p{Cf}\uFE00-\uFE0F]--[\n\t]]/gv;

/**
 * Unicode form in which all grading happens: well-formed, NFKC (full-width letters, digits and punctuation
 * become ASCII; 。、《》【】「」 stay), line ends as \n, no invisible characters. ① stays what it is: the number of a
 * statement, which ①② would not be as 12.
 */
export function fold(text: string): string {
  if (!unusual.test(text)) return text.normalize("NFKC");
  return text
    .toWellFormed()
    .split(/([①-⑳])/)
    .map((part, index) => (index % 2 === 1 ? part : part.normalize("NFKC")))
    .join("")
    .replaceAll("\r\n", "\n")
    .replaceAll(/[\r\u2028\u2029]/g, "\n")
    .replaceAll(invisible, "");
}

const toSimplified = Converter({ from: "t", to: "cn" });
const [firstHan, lastHan] = [0x4e00, 0x9fff];
let changed: Uint8Array | null = null;

/** One byte for each character of the block, 1 where simplification changes it. */
function changedCharacters(): Uint8Array {
  return Uint8Array.from({ length: lastHan - firstHan + 1 }, (_, index) => {
    const char = String.fromCodePoint(firstHan + index);
    return toSimplified(char) === char ? 0 : 1;
  });
}

/** Traditional characters as simplified ones (OpenCC); everything else stays. */
export function simplify(text: string): string {
  changed ??= changedCharacters();
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= firstHan && code <= lastHan && changed[code - firstHan] === 1)
      return toSimplified(text);
  }
  return text;
}

/** Removes Markdown emphasis, code marks, heading and quote marks; the words stay. Expects folded text. */
export function stripMarkdown(text: string): string {
  if (!/[*_`~#>]/.test(text)) return text;
  return text
    .replaceAll(/\*\*|__|`+|~~/g, "")
    .replaceAll(/^[ \t]{0,8}(?:#{1,6}|>)[ \t]/gm, "")
    .replaceAll(/(?<![\p{L}\p{N}*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\p{L}\p{N}*])/gu, "");
}

const dress =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathbb|mathsf|mathit|operatorname|boldsymbol|bf|rm)(?![a-zA-Z])/g;

/** Removes LaTeX that only dresses text: dollar signs, \text{}, \left, spacing commands. */
export function stripLatex(text: string): string {
  if (!text.includes("\\") && !text.includes("$")) return text;
  return text
    .replaceAll(/\$+|\\[()[\]]/g, "")
    .replaceAll(dress, "")
    .replaceAll(/\\(?:left|right|displaystyle|quad|qquad)(?![a-zA-Z])|\\[,;!: ]/g, "");
}

/**
 * The form in which two short texts are compared: folded, simplified, without Markdown and LaTeX dress, lower case,
 * without white space, quotes and punctuation; signs that carry meaning in numbers stay.
 */
export function plain(text: string): string {
  return simplify(stripLatex(stripMarkdown(fold(text))))
    .toLowerCase()
    .replaceAll(/\s+/g, "")
    .replaceAll(/((?<=\d)\.(?=\d)|[-+](?=\d)|[%‰])|\p{P}/gu, "$1");
}
