/** Format and control characters, and variation selectors: never part of an answer. */
const invisible = /[[\p{Cc}\p{Cf}\uFE00-\uFE0F]--[\n\t]]/gv;

/**
 * Unicode form in which all grading happens: well-formed, NFKC (full-width letters, digits and punctuation
 * become ASCII; 。、《》【】「」 stay), line ends as \n, no invisible characters.
 */
export function fold(text: string): string {
  const form = text.toWellFormed().normalize("NFKC");
  return form.replaceAll("\r\n", "\n").replaceAll("\r", "\n").replaceAll(invisible, "");
}

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
 * The form in which two short texts are compared: folded, without Markdown and LaTeX dress, lower case,
 * without white space, quotes and punctuation; signs that carry meaning in numbers stay.
 */
export function plain(text: string): string {
  return stripLatex(stripMarkdown(fold(text)))
    .toLowerCase()
    .replaceAll(/\s+/g, "")
    .replaceAll(/((?<=\d)\.(?=\d)|[-+](?=\d)|[%‰])|\p{P}/gu, "$1");
}
