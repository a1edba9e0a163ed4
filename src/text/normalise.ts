import { Converter } from "opencc-js/t2cn";

/** Anything but plain text: control and format characters and variation selectors lie outside these ranges. */
const rare =
  /[^\t\n -~\u00a0-\u00ac\u00ae-\u200a\u2010-\u2027\u202f-\u205f\u2065-\ufdff\ufe10-\ufefe\uff00-\uffff]/;
const circled = /[①-⑳]/;
const invisible = /[[\p{Cc}\p{Cf}\uFE00-\uFE0F]--[\n\t]]/gv;

/**
 * Unicode form in which all grading happens: well-formed, NFKC (full-width letters, digits and punctuation
 * become ASCII; 。、《》【】「」 stay), line ends as \n, no invisible characters.
 */
export function fold(text: string): string {
  const form = normalForm(text.toWellFormed());
  if (!rare.test(form)) return form;
  return form
    .replaceAll("\r\n", "\n")
    .replaceAll(/[\r\u2028\u2029]/g, "\n")
    .replaceAll(invisible, "");
}

/** NFKC, but ① stays what it is: the number of a statement, which ①② would not be as 12. */
function normalForm(text: string): string {
  if (!circled.test(text)) return text.normalize("NFKC");
  return text
    .split(/([①-⑳])/)
    .map((part) => (circled.test(part) ? part : part.normalize("NFKC")))
    .join("");
}

const toSimplified = Converter({ from: "t", to: "cn" });
const han = /\p{Script=Han}/u;

/** Traditional characters as simplified ones (OpenCC); everything else stays. */
export const simplify = (text: string): string => (han.test(text) ? toSimplified(text) : text);

/** Removes Markdown emphasis, code marks, heading and quote marks; the words stay. Expects folded text. */
export function stripMarkdown(text: string): string {
  return text
    .replaceAll(/\*\*|__|`+|~~/g, "")
    .replaceAll(/^[ \t]{0,8}(?:#{1,6}|>)[ \t]/gm, "")
    .replaceAll(/(?<![\p{L}\p{N}*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\p{L}\p{N}*])/gu, "");
}

const dress =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathbb|mathsf|mathit|operatorname|boldsymbol|bf|rm)(?![a-zA-Z])/g;

/** Removes LaTeX that only dresses text: dollar signs, \text{}, \left, spacing commands. */
export function stripLatex(text: string): string {
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
