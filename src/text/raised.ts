const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᵐᵏᵗˣʸ";
const raised = "0123456789+-=()niabmktxy";
const subscripts = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙₖᵢₘₐₓ";
const lowered = "0123456789+-=()nkimax";
const vulgar: Readonly<Record<string, string>> = {
  "½": "{1}{2}",
  "⅓": "{1}{3}",
  "⅔": "{2}{3}",
  "¼": "{1}{4}",
  "¾": "{3}{4}",
  "⅕": "{1}{5}",
  "⅖": "{2}{5}",
  "⅗": "{3}{5}",
  "⅘": "{4}{5}",
  "⅙": "{1}{6}",
  "⅚": "{5}{6}",
  "⅛": "{1}{8}",
  "⅜": "{3}{8}",
  "⅝": "{5}{8}",
  "⅞": "{7}{8}",
};

const odd = new RegExp(`[${superscripts}${subscripts}${Object.keys(vulgar).join("")}]`, "u");
const up = new RegExp(`[${superscripts}]+`, "gu");
const down = new RegExp(`[${subscripts}]+`, "gu");
const fractions = new RegExp(`[${Object.keys(vulgar).join("")}]`, "gu");

/** Superscripts, subscripts and fractions of one character in LaTeX, before a Unicode fold makes x² and x2 the same. */
export const withRaised = (text: string): string =>
  odd.test(text)
    ? text
        .replaceAll(up, (run) => `^{${plainOf(run, superscripts, raised)}}`)
        .replaceAll(down, (run) => `_{${plainOf(run, subscripts, lowered)}}`)
        .replaceAll(fractions, (sign) => `\\frac${vulgar[sign] ?? ""}`)
    : text;

const plainOf = (run: string, from: string, to: string): string =>
  Array.from(run, (char) => to.charAt(from.indexOf(char))).join("");
