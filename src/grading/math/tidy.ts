import { fold, stripMarkdown } from "../../text/normalise.ts";
import { withRaised } from "../../text/raised.ts";

/** Stands for the \\\\ between rows. */
export const rowEnd = "␤";
/** Stands for the sign of a factorial, where a text is yet to be parted into sentences. */
export const factorial = "ǃ";

/** Letters of number sets, in LaTeX and as people type them. */
const sets: readonly (readonly [RegExp, string])[] = (
  [
    ["R", "ℝ"],
    ["N", "ℕ"],
    ["Z", "ℤ"],
    ["Q", "ℚ"],
    ["C", "ℂ"],
  ] as const
).map(([letter, sign]) => [
  new RegExp(
    `\\\\(?:mathbb|mathbf|bm|boldsymbol|Bbb)\\s*(?:\\{\\s*${letter}\\s*\\}|${letter}(?![A-Za-z]))`,
    "g",
  ),
  sign,
]);

const words: readonly (readonly [RegExp, string])[] = [
  [
    /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|mathsf|operatorname\*?|bm|boldsymbol|mbox|rm)\s*\{([^{}]*)\}/g,
    " $1 ",
  ],
  [
    /\\(?:left|right|middle|displaystyle|textstyle|limits|big|Big|bigg|Bigg|bigl|bigr|Bigl|Bigr|biggl|biggr|rm|bf|it)(?![a-zA-Z])\s?\.?/g,
    "",
  ],
  [/\\(?:quad|qquad|hspace\s*\{[^{}]*\})(?![a-zA-Z])|\\[,;!: ]|~/g, " "],
  [/\\[dtc]frac(?![a-zA-Z])/g, "\\frac"],
  [
    /\\(?:vec|overrightarrow|overline|bar|hat|widehat|overset\{\\rightharpoonup\}|boldsymbol)(?![a-zA-Z])\s*/g,
    "",
  ],
  [/\\(?:leqslant|leqq|leq|le)(?![a-zA-Z])|⩽|≦/g, "≤"],
  [/\\(?:geqslant|geqq|geq|ge)(?![a-zA-Z])|⩾|≧/g, "≥"],
  [/<=(?!>)/g, "≤"],
  [/>=/g, "≥"],
  [/!=(?=\s*[-\d])/g, "≠"],
  [/\\lt(?![a-zA-Z])/g, "<"],
  [/\\gt(?![a-zA-Z])/g, ">"],
  [/\\(?:neq|ne)(?![a-zA-Z])/g, "≠"],
  [/\\approx(?![a-zA-Z])/g, "≈"],
  [/\\langle(?![a-zA-Z])|⟨/g, "("],
  [/\\rangle(?![a-zA-Z])|⟩/g, ")"],
  [/\\pm(?![a-zA-Z])|\+\/-/g, "±"],
  [/\\mp(?![a-zA-Z])/g, "∓"],
  [/\\cup(?![a-zA-Z])/g, "∪"],
  [/\\cap(?![a-zA-Z])/g, "∩"],
  [/\\in(?![a-zA-Z])/g, "∈"],
  [/\\(?:mid|vert|lvert|rvert)(?![a-zA-Z])/g, "|"],
  [/\\(?:emptyset|varnothing)(?![a-zA-Z])|空集|无实数解|无实根|无解/g, "∅"],
  [/\\infty(?![a-zA-Z])|正?无穷大?/g, "∞"],
  [/\+\s*∞/g, "∞"],
  [/\\(?:lbrace)(?![a-zA-Z])|\\\{/g, "⦃"],
  [/\\(?:rbrace)(?![a-zA-Z])|\\\}/g, "⦄"],
  [/\\(?:times|cdot|ast|bullet)(?![a-zA-Z])|[×·⋅∙∗]/g, "*"],
  [/\\div(?![a-zA-Z])|÷/g, "/"],
  [/\\pi(?![a-zA-Z])/g, "π"],
  [/\^\s*\{?\s*\\circ\s*\}?|\\(?:degree|degrees)(?![a-zA-Z])/g, "°"],
  [/\\(?:wedge|land)(?![a-zA-Z])/g, "且"],
  [/\\(?:vee|lor)(?![a-zA-Z])/g, "或"],
  [/\\(?:setminus|backslash)(?![a-zA-Z])|(?<=[Rℝ]\s?)[\\-](?=\s*\\?\{)/g, "∖"],
  [
    /\\(?:therefore|because|implies|Rightarrow|Leftrightarrow|iff|to|rightarrow|Longrightarrow)(?![a-zA-Z])/g,
    " ",
  ],
  [/\\(lg|lb)(?![a-zA-Z])|(?<![A-Za-z\\])lg(?![a-zA-Z])/g, "\\log_{10} "],
  [/\\exp(?![a-zA-Z])\s*(?=\()|(?<![A-Za-z\\])exp(?=\()/g, "e^"],
  [/\\exp(?![a-zA-Z])\s*\{/g, "e^{"],
  [/根号下?|(?<![\\a-zA-Z])sqrt\s?(?=\()/g, "√"],
  [/\\(?:lambda)(?![a-zA-Z])/g, "λ"],
  [/\\%/g, "%"],
  [/\{,\}/g, ""],
  [/[−–—]/g, "-"],
  [/[⁄∕]/g, "/"],
  [/(?<=\))\s*\^\s*\{?\s*(?:T|\\top|\\intercal)\s*\}?$/g, ""],
];

/**
 * A formula in one notation: dollars, spacing and upright letters taken away, signs instead of commands where there is one,
 * every \frac and \sqrt with braces, ⦃⦄ for the braces of sets. White space is single.
 */
export function tidy(written: string): string {
  let text = stripMarkdown(fold(withRaised(written.replaceAll(/^```\w*|```$/g, ""))))
    .replaceAll(factorial, "!")
    .replaceAll(/\\\\(?:\s*\[\d+(?:\.\d+)?(?:pt|em|ex|mm)\])?/g, rowEnd);
  for (const [pattern, sign] of sets) text = text.replaceAll(pattern, sign);
  text = text.replaceAll(/\$|\\[()]|\\[[\]](?!\s*\d*(?:pt|em|ex))/g, "");
  // Twice: \text within \mathrm.
  for (const [pattern, sign] of words) text = text.replaceAll(pattern, sign);
  for (const [pattern, sign] of words.slice(0, 1)) text = text.replaceAll(pattern, sign);
  text = text.replaceAll(bracketedArray, "\\begin{pmatrix}$1\\end{pmatrix}");
  return braced(text)
    .replaceAll(/∈\s*([RNZQC])(?![a-zA-Z])/g, (_, letter: string) => `∈${signs[letter] ?? letter}`)
    .replaceAll(/\s+/g, " ")
    .replace(/^[\s,;:。、]+/, "")
    .replace(/[\s。.,;:、]+$/, "")
    .trim();
}

/** The usual way to write a vector before there was pmatrix. */
const bracketedArray =
  /[([]\s*\\begin\s*\{array\}\s*\{[lcr| ]*\}((?:(?!\\end)[\s\S]){1,400})\\end\s*\{array\}\s*[)\]]/g;

const signs: Readonly<Record<string, string>> = { R: "ℝ", N: "ℕ", Z: "ℤ", Q: "ℚ", C: "ℂ" };

/** \frac12, \frac1{x}, \sqrt2, √2 and √(x+1) with braces. */
function braced(text: string): string {
  if (!/frac|sqrt|[√∛]|binom/.test(text)) return text;
  return text
    .replaceAll(/∛/g, "\\sqrt[3]")
    .replaceAll(/√\s*\(([^()]*)\)/g, "\\sqrt{$1}")
    .replaceAll(/√\s*(?=\{)/g, "\\sqrt")
    .replaceAll(/√\s*(\d+(?:\.\d+)?|[a-zA-Zπ])/g, "\\sqrt{$1}")
    .replaceAll(/\\sqrt\s*(\[[^[\]]{1,8}\])?\s*([\da-zA-Zπ])/g, "\\sqrt$1{$2}")
    .replaceAll(/\\sqrt\s*(\[[^[\]]{1,8}\])?\s*\(([^()]*)\)/g, "\\sqrt$1{$2}")
    .replaceAll(/\\sqrt\s+/g, "\\sqrt")
    .replaceAll(/\\(frac|binom|[dt]binom)\s*([\da-zA-Zπ])\s*([\da-zA-Zπ])/g, "\\$1{$2}{$3}")
    .replaceAll(/\\(frac|binom|[dt]binom)\s*([\da-zA-Zπ])\s*(?=[\\{])/g, "\\$1{$2}")
    .replaceAll(/(\\frac\{[^{}]*\}|\\frac\{(?:[^{}]|\{[^{}]*\})*\})\s*([\da-zA-Zπ])/g, "$1{$2}")
    .replaceAll(/(\\frac\{[^{}]*\})\s*(\\sqrt\{[^{}]*\})/g, "$1{$2}");
}

/** n!, \binom, C_n^k and A_n^k of numbers, as whole numbers. */
export function counted(text: string): string {
  if (!/[!CAP]|binom|choose/.test(text)) return text;
  const index = String.raw`(?:\{\s*(\d{1,3})\s*\}|(\d{1,3}))`;
  const pair = (sign: string, first: string, second: string): RegExp =>
    new RegExp(`(?<![A-Za-z\\\\])${sign}\\s*${first}\\s*${index}\\s*${second}\\s*${index}`, "g");
  const of =
    (count: (n: number, k: number) => bigint | null, swapped: boolean) =>
    (all: string, a?: string, b?: string, c?: string, d?: string): string => {
      const [first, second] = [Number(a ?? b), Number(c ?? d)];
      return String(count(swapped ? second : first, swapped ? first : second) ?? all);
    };
  return text
    .replaceAll(/\{\s*(\d{1,3})\s*\\choose\s*(\d{1,3})\s*\}/g, "\\binom{$1}{$2}")
    .replaceAll(new RegExp(`\\\\[dt]?binom\\s*${index}\\s*${index}`, "g"), of(choose, false))
    .replaceAll(pair("C", "_", "\\^"), of(choose, false))
    .replaceAll(pair("C", "\\^", "_"), of(choose, true))
    .replaceAll(pair("[AP]", "_", "\\^"), of(arrange, false))
    .replaceAll(pair("[AP]", "\\^", "_"), of(arrange, true))
    .replaceAll(
      /(?<![A-Za-z\\])C\s*_\s*(?:\{([\w+-]+)\}|(\w))\s*\^\s*(?:\{([\w+-]+)\}|(\w))/g,
      (all, a?: string, b?: string, c?: string, d?: string) =>
        /[a-z]/.test(`${a ?? b}${c ?? d}`) ? `\\binom{${a ?? b}}{${c ?? d}}` : all,
    )
    .replaceAll(/(?<![A-Za-z\\])C\((\d{1,3}),\s?(\d{1,3})\)/g, of2(choose))
    .replaceAll(/(?<![A-Za-z\\])A\((\d{1,3}),\s?(\d{1,3})\)/g, of2(arrange))
    .replaceAll(
      /(?<![\d.}])(\d{1,3})\s?!(?!=)/g,
      (_, n: string) => `(${arrange(Number(n), Number(n))})`,
    )
    .replaceAll(/^\((\d+)\)$/g, "$1");
}

const of2 =
  (count: (n: number, k: number) => bigint | null) =>
  (all: string, n: string, k: string): string =>
    String(count(Number(n), Number(k)) ?? all);

/** n·(n-1)·…, k factors: the number of ordered choices. Null where k exceeds n. */
function arrange(n: number, k: number): bigint | null {
  if (k > n) return null;
  let product = 1n;
  for (let factor = n - k + 1; factor <= n; factor++) product *= BigInt(factor);
  return product;
}

const choose = (n: number, k: number): bigint | null => {
  const ordered = arrange(n, k);
  return ordered === null ? null : ordered / (arrange(k, k) ?? 1n);
};
