import { fold, stripLatex, stripMarkdown } from "./normalise.ts";
import { withRaised } from "./raised.ts";

const symbols: readonly (readonly [RegExp, string])[] = [
  [/\\(?:times|cdot|bullet|ast)(?![a-zA-Z])|[×·⋅∙]/g, "*"],
  [/\\div(?![a-zA-Z])|÷/g, "/"],
  [/\\pm(?![a-zA-Z])/g, "±"],
  [/\\pi(?![a-zA-Z])/g, "π"],
  [/\\infty(?![a-zA-Z])/g, "∞"],
  [/\\(?:le|leq|leqslant)(?![a-zA-Z])/g, "≤"],
  [/\\(?:ge|geq|geqslant)(?![a-zA-Z])/g, "≥"],
  [/\\(?:ne|neq)(?![a-zA-Z])/g, "≠"],
  [/\\cup(?![a-zA-Z])/g, "∪"],
  [/\\cap(?![a-zA-Z])/g, "∩"],
  [/\\(?:emptyset|varnothing)(?![a-zA-Z])/g, "∅"],
  [/\^\{?\\circ\}?/g, "°"],
  [/\\(?:vec|overrightarrow|overline|bar)(?![a-zA-Z])/g, ""],
  [/根号/g, "√"],
  [/[−–—]/g, "-"],
  [/和|与|及|或|、|，/g, ","],
];

const fraction = /\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g;
const shortFraction = /\\[dtc]?frac\s*(\d)\s*(\d)/g;
const root = /\\sqrt\s*(?:\[(\d)\])?\s*\{([^{}]*)\}/g;

/**
 * The form in which two formulas are compared as text: one spelling for LaTeX, Unicode and plain ASCII, without
 * white space and formatting. Signs, brackets, operators and what is raised or lowered stay. No algebra: 2/4 is not 1/2.
 */
export function formulaKey(text: string): string {
  let form = stripLatex(stripMarkdown(fold(withRaised(text)))).replaceAll(/\s+/g, "");
  form = text.includes("\\")
    ? form.replaceAll("\\{", "⦃").replaceAll("\\}", "⦄")
    : form.replaceAll("{", "⦃").replaceAll("}", "⦄");
  // Innermost first; formulas nested deeper than this are not compared as text.
  for (let depth = 0; depth < 4; depth++) {
    form = form
      .replaceAll(shortFraction, "$1/$2")
      .replaceAll(
        fraction,
        (_, upper: string, lower: string) => `${operand(upper)}/${operand(lower)}`,
      )
      .replaceAll(
        root,
        (_, degree: string | undefined, of: string) => `${degree ?? ""}√${operand(of)}`,
      );
  }
  for (const [spelling, symbol] of symbols) form = form.replaceAll(spelling, symbol);
  return form
    .replaceAll(/([\^_])\{(\w)\}/g, "$1$2")
    .replaceAll(/([\^_])\{([^{}]*)\}/g, "$1($2)")
    .replaceAll(/[{}"'“”‘’「」]/g, "")
    .replaceAll(/√\((\w+)\)/g, "√$1")
    .replaceAll(/[.,;:。]+$/g, "")
    .toLowerCase();
}

const operand = (part: string): string => (/^[\w.πα-ω]*$|^\\?\w+$/.test(part) ? part : `(${part})`);

const han = /\p{Script=Han}/u;

/** True for a text without Chinese characters that denotes a value rather than words. */
export const isFormula = (text: string): boolean => !han.test(text) && /[\dπ√a-zA-Z∅]/.test(text);
