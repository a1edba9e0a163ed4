import { fold, foldSimplified } from "./normalise.ts";

export const foldModes = ["text", "code", "characters"] as const;
/**
 * What may differ between two answers that are the same. `text`: spelling, dress and punctuation, but nothing that tells
 * two values apart. `code`: only dashes and what lies around the whole. `characters`: only outer white space.
 */
export type FoldMode = (typeof foldModes)[number];

/** The form in which two answers are compared. Empty where nothing is left. */
export function foldAnswer(text: string, mode: FoldMode): string {
  if (mode === "text") return foldText(text);
  return mode === "code" ? foldCode(text) : foldCharacters(text);
}

/**
 * Folded, simplified, in lower case, without Markdown, LaTeX dress, quotes and sentence punctuation. What tells values
 * apart stays: 1/2 and 12, 3:2 and 32, x-y and xy, 5² (as 5^2) and 52, 100 20 3 and 100203, (0,1) and [0,1].
 */
export function foldText(text: string): string {
  // Most answers are a word or a number, which nothing has to be taken off.
  return bareWord.test(text) ? foldSimplified(text).toLowerCase() : foldUndressed(undressed(text));
}

/** Like `foldText`, but traditional characters stay. */
export const foldTextAsWritten = (text: string): string => foldUndressed(undressedAsWritten(text));

const foldUndressed = (text: string): string =>
  withoutOuterBrackets(
    withoutPunctuation(signs(text.replaceAll(/(?<=[\p{L})])_(?=\d)/gu, "").toLowerCase())),
  );

const bareWord = /^[\p{Script=Han}A-Za-z0-9]+$/u;

/**
 * The text folded and simplified, without Markdown, HTML and LaTeX dress; case, punctuation and white space stay. A raised
 * digit is ^2 and a lowered one _2, since NFKC would make both of them a plain 2.
 */
export const undressed = (text: string): string =>
  bareLatex(foldSimplified(bareMarkup(scripts(text)))).trim();

/** Like `undressed`, but traditional characters stay. */
export const undressedAsWritten = (text: string): string =>
  bareLatex(fold(bareMarkup(scripts(text)))).trim();

/** Line ends, dashes, trailing blanks and one fence or one pair of backticks around the whole are the only freedom. */
function foldCode(text: string): string {
  const lines = lineEnds(text).replaceAll("−", "-");
  const fenced = /^\s*(`{3,}|~{3,})[^\n`]*\n([^]*?)\n?\s*\1\s*$/.exec(lines)?.[2] ?? lines;
  const bare = /^\s*`([^`\n]+)`\s*$/.exec(fenced)?.[1] ?? fenced;
  return bare
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+/, "")
    .trimEnd();
}

const foldCharacters = (text: string): string =>
  lineEnds(text)
    .normalize("NFC")
    .replaceAll(/\p{Zs}/gu, " ")
    .replaceAll(/[‐‑‒–−﹣－]/g, "-")
    .trim();

const lineEnds = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll(/\uFE0F|[\u200B-\u200D\u2060\uFEFF]/g, "");

const raised = new Map(
  Array.from("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", (char, at) => [char, "0123456789+-n"[at] ?? ""]),
);
const lowered = new Map(Array.from("₀₁₂₃₄₅₆₇₈₉₊₋", (char, at) => [char, "0123456789+-"[at] ?? ""]));

const scripts = (text: string): string => (/[²³¹⁰-₋<]/.test(text) ? spelledScripts(text) : text);

const spelledScripts = (text: string): string =>
  text
    .replaceAll(
      /[⁰¹²³⁴-⁹⁺⁻ⁿ]+/g,
      (run) => `^${Array.from(run, (char) => raised.get(char)).join("")}`,
    )
    .replaceAll(/[₀-₉₊₋]+/g, (run) => `_${Array.from(run, (char) => lowered.get(char)).join("")}`)
    .replaceAll(/<sup>\s*([^<>\n]{1,40})\s*<\/sup>/gi, "^$1")
    .replaceAll(/<sub>\s*([^<>\n]{1,40})\s*<\/sub>/gi, "_$1")
    .replaceAll(/<\/?(?:b|i|u|strong|em|span|p|mark|code)>|<br\s*\/?>/gi, "");

/** Pairs of marks around a text; the operators of 2**3 and 3*4 stay. */
function bareMarkup(text: string): string {
  if (!/[*_`~#>]/.test(text)) return text;
  return text
    .replaceAll(/`+/g, "")
    .replaceAll(/^[ \t]{0,8}(?:#{1,6}|>)[ \t]/gm, "")
    .replaceAll(/(\*\*|__|~~)(?=\S)([^*_~\n]{1,500}?)(?<=\S)\1(?![\p{L}\p{N}]*\1)/gu, "$2")
    .replaceAll(
      /(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*\n]{1,500})(?<=[^\s*])\*(?![\p{L}\p{N}*])/gu,
      "$1",
    );
}

const latexSigns: readonly (readonly [RegExp, string])[] = [
  [/\\(?:d|t)?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, "$1/$2"],
  [/\\(?:d|t)?frac\s*(\d)\s*(\d)/g, "$1/$2"],
  [/\\(?:times|ast)(?![a-zA-Z])/g, "×"],
  [/\\div(?![a-zA-Z])/g, "÷"],
  [/\\cdot(?![a-zA-Z])/g, "·"],
  [/\\leq?(?![a-zA-Z])/g, "≤"],
  [/\\geq?(?![a-zA-Z])/g, "≥"],
  [/\\pm(?![a-zA-Z])/g, "±"],
  [/\\(?:rightarrow|to)(?![a-zA-Z])/g, "→"],
  [/\^\{?\\circ\}?|\\degree(?![a-zA-Z])/g, "°"],
  [/\\colon(?![a-zA-Z])/g, ":"],
  [
    /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathsf|mathit|operatorname|boldsymbol|ce|bf|rm|boxed|fbox)(?![a-zA-Z])\s*/g,
    "",
  ],
  [/\\(?:left|right|displaystyle|quad|qquad)(?![a-zA-Z])|\\[,;!: ]/g, ""],
  [/\\([%_#&$])/g, "$1"],
  [/_\{([^{}\s]{1,8})\}/g, "_$1"],
];

/** Formatting commands go, operators become their signs, braces go only where LaTeX stood. */
function bareLatex(text: string): string {
  const paired = text
    .replaceAll("\\{", "\uE001")
    .replaceAll("\\}", "\uE002")
    .replaceAll(/\$\$?([^$\n]{1,500}?)\$\$?/g, "$1")
    .replaceAll(/\\[()[\]]/g, "");
  const raise = (each: string): string => each.replaceAll(/\^\{([^{}\n]{1,40})\}/g, "^$1");
  if (paired === text && !text.includes("\\")) return raise(text);
  const plain = latexSigns.reduce((all, [pattern, by]) => all.replaceAll(pattern, by), paired);
  return raise(plain).replaceAll(/[{}]/g, "").replaceAll("\uE001", "{").replaceAll("\uE002", "}");
}

const numeral = "〇零一二三四五六七八九十百千万亿两廿卅";
/** What a separator can lie between so that leaving it out would make another value. */
const part = `[\\p{Nd}\\p{Script=Latin}\\p{Script=Greek}${numeral}]`;

/** One sign for each meaning, whatever its code point. */
const signs = (text: string): string =>
  text
    .replaceAll(/[‐‑‒–−﹣－]/g, "-")
    .replaceAll(/(?<=\d)\s*—+\s*(?=\d)/g, "-")
    .replaceAll(/[∶︰]/g, ":")
    .replaceAll(/[⁄∕]/g, "/")
    .replaceAll(/[⩽≦]/g, "≤")
    .replaceAll(/[⩾≧]/g, "≥")
    .replaceAll(/[〜∼～]/g, "~")
    .replaceAll(/(?<=[\p{Nd}]) ?([:~]) ?(?=[\p{Nd}])/gu, "$1")
    .replaceAll(/(?<=\d)\s*[*✕✖x]\s*(?=\d)/g, "×")
    .replaceAll(/(?<=[a-z])[’‘′]/g, "'")
    .replaceAll(/(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])/g, (number) => number.replaceAll(",", ""));

const separators = new RegExp(`(?<=${part})[\\s、,;。…—]+(?=${part})`, "gu");
const quotes = /[“”‘’"「」『』《》〈〉【】〔〕]|(?<![a-z])'/gu;
const loose = new RegExp(
  [
    "[、,;。…—?\\s]+",
    `(?<!${part})[:~]|[:~](?!${part})`,
    `(?<![\\p{Nd}\\p{Script=Latin}])[.](?!\\p{Nd})|[.](?![\\p{Nd}\\p{Script=Latin}])`,
    "(?<![\\d)])!",
    "(?<=\\p{Script=Han})[-](?=\\p{Script=Han})",
    "(?<!\\p{Nd})[·•・](?!\\p{Nd})",
    "[()](?=\\p{Script=Han})(?<=\\p{Script=Han}[()])|(?<=\\p{Script=Han})[()](?!.)",
  ].join("|"),
  "gu",
);

function withoutPunctuation(text: string): string {
  const kept = "\uE000";
  return text
    .replaceAll(quotes, "")
    .replaceAll(separators, kept)
    .replaceAll(loose, "")
    .replaceAll(kept, " ")
    .replaceAll(/ (?=[-+×÷/=:<>≤≥^~])|(?<=[-+×÷/=:<>≤≥^~]) /g, "");
}

/** (3) is 3, （李白） is 李白; (0,1) and (a)(b) keep theirs. */
function withoutOuterBrackets(text: string): string {
  const inner = /^[([]([^()[\] ]+)[)\]]$/.exec(text)?.[1];
  return inner ?? text;
}
