import { rowEnd } from "./tidy.ts";

/** The top-level structure of a formula. */
export type Structure = {
  /**
   * interval and point: bracketed pairs in order; set: braces; union: intervals; list: several solutions; matrix: rows, whose
   * entries are parts one after the other.
   */
  readonly kind: "single" | "list" | "set" | "interval" | "point" | "union" | "matrix";
  /** The outer brackets as written; empty where they have no meaning. Of a matrix its number of columns. */
  readonly brackets: string;
  readonly parts: readonly string[];
};

const single = (text: string): Structure => ({ kind: "single", brackets: "", parts: [text] });
const interval = (low: string, high: string, brackets: string): Structure => ({
  kind: "interval",
  brackets,
  parts: [low.trim(), high.trim()],
});

/**
 * Parses sets, intervals, unions, points, matrices, inequalities, ± and lists in the output of `tidy`; anything else is a single
 * expression.
 */
export function structureOf(written: string): Structure {
  const text = unnamed(withoutMembership(unnamed(inSymbols(written))));
  if (text === "ℝ") return interval("-∞", "∞", "()");
  const matrix = matrixOf(text);
  if (matrix !== null) return matrix;
  const system =
    /^(?:\{\s*|⦃\s*)?\\begin\{(?:cases|array|aligned)\}(?:\{[lcr|]*\})?(.*)\\end\{(?:cases|array|aligned)\}$/.exec(
      text,
    );
  if (system !== null) {
    const rows = (system[1] ?? "").replaceAll("&", "").split(rowEnd);
    return { kind: "list", brackets: "", parts: rows.map(trimmed).filter(isSome) };
  }
  const united = partsOf(text, /^∪/);
  if (united.length > 1) return unionOf(united);
  const either = partsOf(text, /^(?:或者?|\s+or\s+)/);
  if (either.length > 1 && either.every(isRegion)) return unionOf(either);
  const inequality = regionOf(text);
  if (inequality !== null) return inequality;
  const signs = bothSigns(text);
  if (signs !== null) return { kind: "list", brackets: "", parts: signs };
  const open = text.charAt(0);
  const close = text.slice(-1);
  const inner = partsOf(text.slice(1, -1), separator);
  if (`${open}${close}` === "⦃⦄" || `${open}${close}` === "{}") {
    if (isWhole(text)) return { kind: "set", brackets: "", parts: inner.flatMap(withBothSigns) };
  }
  if (/^[([]$/.test(open) && /^[)\]]$/.test(close) && inner.length > 1 && isWhole(text)) {
    return { kind: inner.length > 2 ? "point" : "interval", brackets: open + close, parts: inner };
  }
  const parts = partsOf(text, separator);
  return parts.length > 1
    ? { kind: "list", brackets: "", parts: parts.flatMap(withBothSigns) }
    : single(text);
}

const trimmed = (part: string): string => part.replace(/[,;]\s*$/, "").trim();
const isSome = (part: string): boolean => part !== "";

/** Nested unions in one, each part as written. */
const unionOf = (parts: readonly string[]): Structure => ({ kind: "union", brackets: "", parts });

const separator = /^(?:[,;、]|或者?|和|与|及|且|\s+or\s+|\s+and\s+)/;

/** Splits at separators outside all brackets. A comma between digits is a thousands separator. */
function partsOf(text: string, between: RegExp): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if ("([{⦃".includes(char)) depth++;
    else if (")]}⦄".includes(char)) depth--;
    const mark = depth === 0 ? between.exec(text.slice(at, at + 16)) : null;
    if (mark === null || isThousands(text, at)) continue;
    parts.push(text.slice(from, at).trim());
    from = at + mark[0].length;
    at = from - 1;
  }
  parts.push(text.slice(from).trim());
  return parts.filter(isSome);
}

const isThousands = (text: string, at: number): boolean =>
  text.charAt(at) === "," &&
  /(?:^|[^\d.,])\d{1,3}(?:,\d{3})*$/.test(text.slice(Math.max(0, at - 24), at)) &&
  /^,\d{3}(?:,\d{3})*(?:\.\d+)?$/.test(text.slice(at));

const setWords: readonly (readonly [RegExp, string])[] = [
  [/^(?:全体|一切|所有|任意)?(?:非零实数|不为零?0?的实数)集?$/, "(-∞,0)∪(0,∞)"],
  [/^(?:全体|一切|所有|任意)?非负实数集?$/, "[0,∞)"],
  [/^(?:全体|一切|所有|任意)?非正实数集?$/, "(-∞,0]"],
  [/^(?:全体|一切|所有|任意)?正实数集?$/, "(0,∞)"],
  [/^(?:全体|一切|所有|任意)?负实数集?$/, "(-∞,0)"],
  [/^(?:全体|一切|所有|任意)?实数集?R?$|^all real numbers$|^all reals$/i, "ℝ"],
  [/^R$/, "ℝ"],
  [/^[ℝR]\s*(?:\^\s*\{?\s*\+\s*\}?|_\s*\{?\s*(?:\+|\+\+|>\s*0)\s*\}?|\+)$/, "(0,∞)"],
  [/^[ℝR]\s*[\^_]\s*\{?\s*-\s*\}?$/, "(-∞,0)"],
  [/^[ℝR]\s*(?:_\s*\{?\s*≥\s*0\s*\}?|[\^_]\s*\{?\s*\+\s*\}?\s*∪\s*[⦃{]\s*0\s*[⦄}])$/, "[0,∞)"],
  [/^[ℝR]\s*\^\s*\{?\s*\*\s*\}?$/, "(-∞,0)∪(0,∞)"],
];

function inSymbols(text: string): string {
  const named = setWords.find(([pattern]) => pattern.test(text))?.[1];
  if (named !== undefined) return named;
  // All but one number.
  const gap = /^[ℝR]\s*∖\s*[⦃{]\s*([^,⦃⦄{}]{1,40})\s*[⦄}]$/.exec(text)?.[1]?.trim();
  return gap === undefined ? text : `(-∞,${gap})∪(${gap},∞)`;
}

/** x ∈ (1, 2) and {x | 1 < x < 2} count as the interval itself. */
const withoutMembership = (text: string): string =>
  inSymbols(
    text
      .replace(/^[a-zA-Z]\s*∈\s*/, "")
      .replace(
        /^[⦃{]\s*([a-zA-Z])(?:\s*∈\s*ℝ)?\s*[|:]\s*(.*?)\s*(?:,\s*\1\s*∈\s*ℝ\s*)?[⦄}]$/,
        "$2",
      ),
  );

/** A = {1, 2}, a = (3, 4) and P(3, 4) count as the set, the vector and the point. */
function unnamed(text: string): string {
  const word = /^[^=<>≤≥≠,;]{1,30}=\s*([ℝR∅])$/.exec(text)?.[1];
  if (word !== undefined) return inSymbols(word);
  if (/^\S{1,12}=\s*\\begin\{cases\}/.test(text)) return text.slice(text.indexOf("=") + 1).trim();
  const value = /^[^=<>≤≥≠,;]{1,30}=\s*([⦃{([\\].*)$/.exec(text)?.[1];
  if (value !== undefined && (/^\\begin\{[pbvBV]?matrix/.test(value) || isBracketed(value)))
    return value.replace(/(?<=matrix\})\s*=\s*[A-Z]$/, "");
  const point = /^[A-Z](?:_\{?\w\}?)?'?\s*(\(.*,.*\))$/.exec(text)?.[1];
  return point !== undefined && isWhole(point) ? point : text;
}

const isBracketed = (text: string): boolean =>
  /^[⦃{([]/.test(text) &&
  partsOf(text, /^∪/).every((part) => isWhole(part) && (/^[⦃{]/.test(part) || part.includes(",")));

/** True where the first bracket closes at the very end. */
function isWhole(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if ("([{⦃".includes(char)) depth++;
    else if (")]}⦄".includes(char)) depth--;
    if (depth === 0 && at < text.length - 1) return false;
  }
  return depth === 0;
}

function matrixOf(text: string): Structure | null {
  const nested = /^\[\s*(\[.*\])\s*\]$/.exec(text)?.[1];
  if (nested !== undefined) {
    const lines = partsOf(nested, /^,/);
    if (lines.every((line) => /^\[.*\]$/.test(line))) {
      return matrixOf(
        `\\begin{pmatrix}${lines.map((line) => line.slice(1, -1).replaceAll(",", "&")).join(rowEnd)}\\end{pmatrix}`,
      );
    }
  }
  const [, kind = "", body = ""] = /^\\begin\{([pbvBV]?matrix)\}(.*)\\end\{\1\}$/.exec(text) ?? [];
  if (kind === "") return null;
  const rows = body
    .split(rowEnd)
    .filter((row) => row.trim() !== "")
    .map((row) => row.split("&").map((entry) => entry.trim()));
  const columns = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== columns)) return null;
  if (/^[vV]/.test(kind)) return { kind: "matrix", brackets: `|${columns}|`, parts: rows.flat() };
  // A row or a column is a vector.
  if (columns === 1 || rows.length === 1) {
    const parts = rows.flat();
    return { kind: parts.length > 2 ? "point" : "interval", brackets: "()", parts };
  }
  return { kind: "matrix", brackets: String(columns), parts: rows.flat() };
}

/** 1 ± √2 as two values; ∓ has the other sign. */
function bothSigns(text: string): readonly string[] | null {
  if (!text.includes("±") || partsOf(text, separator).length > 1 || /^[⦃{]/.test(text)) return null;
  const swapped = text.replaceAll("∓", "±̸");
  return ["+", "-"].map((sign) =>
    swapped
      .replaceAll("±̸", sign === "+" ? "-" : "+")
      .replaceAll("±", sign)
      .replaceAll(/(?<=^|[=(])\s*\+\s*/g, ""),
  );
}

const withBothSigns = (part: string): readonly string[] => bothSigns(part) ?? [part];

const isRegion = (text: string): boolean =>
  regionOf(text) !== null || /^[([].*,.*[)\]]$/.test(text);

const turned: Readonly<Record<string, string>> = { "<": ">", ">": "<", "≤": "≥", "≥": "≤" };
const chained = /^([^<>≤≥=≠]+)([<>≤≥])\s*([a-zA-Z])\s*([<>≤≥])([^<>≤≥=≠]+)$/;
const nameFirst = /^([a-zA-Z])\s*([<≤>≥≠])([^<>≤≥=≠]+)$/;
const nameLast = /^([^<>≤≥=≠]+)([<≤>≥≠])\s*([a-zA-Z])$/;

/** 1 < x ≤ 2, 2 ≥ x > 1, x > 3 and 3 < x as intervals; x ≠ 1 as a union. */
function regionOf(text: string): Structure | null {
  const chain = chained.exec(text);
  if (chain !== null) {
    const [, first = "", left = "", , right = "", second = ""] = chain;
    const rising = /[<≤]/.test(left);
    if (rising !== /[<≤]/.test(right)) return null;
    return rising
      ? interval(first, second, `${left === "<" ? "(" : "["}${right === "<" ? ")" : "]"}`)
      : interval(second, first, `${right === ">" ? "(" : "["}${left === ">" ? ")" : "]"}`);
  }
  const both = partsOf(text, /^(?:且|\s+and\s+)/);
  if (both.length === 2) return between(both);
  const [, , within = "", size = ""] =
    /^\|([a-zA-Z])\|\s*([<≤>≥])\s*([^<>≤≥=≠,]+)$/.exec(text) ?? [];
  if (within !== "") {
    const closed = /[≤≥]/.test(within);
    return /[<≤]/.test(within)
      ? interval(`-(${size})`, size, closed ? "[]" : "()")
      : unionOf([`(-∞,-(${size})${closed ? "]" : ")"}`, `${closed ? "[" : "("}${size},∞)`]);
  }
  const half = halfOf(text);
  if (half === null || half.bound.includes(",")) return null;
  const { sign, bound } = half;
  if (sign === "≠") return unionOf([`(-∞,${bound})`, `(${bound},∞)`]);
  return /[<≤]/.test(sign)
    ? interval("-∞", bound, `(${sign === "<" ? ")" : "]"}`)
    : interval(bound, "∞", `${sign === ">" ? "(" : "["})`);
}

type Half = { readonly name: string; readonly sign: string; readonly bound: string };

/** The name first: x > 3. */
function halfOf(text: string): Half | null {
  const [, name = "", sign = "", bound = ""] = nameFirst.exec(text) ?? [];
  if (name !== "") return { name, sign, bound: bound.trim() };
  const [, from = "", mark = "", last = ""] = nameLast.exec(text) ?? [];
  return last === "" ? null : { name: last, sign: turned[mark] ?? mark, bound: from.trim() };
}

/** x > 1 且 x ≤ 3 as one interval, x ≥ 0 且 x ≠ 1 as two. */
function between(both: readonly string[]): Structure | null {
  const halves = both.map(halfOf);
  const chain = both.map(regionOf).find((part) => part?.kind === "interval");
  const [least, most] = chain?.parts ?? [];
  const outside = halves.find((half) => half?.sign === "≠");
  if (least !== undefined && most !== undefined && outside !== undefined && outside !== null) {
    const [open = "", close = ""] = Array.from(chain?.brackets ?? "");
    return unionOf([`${open}${least},${outside.bound})`, `(${outside.bound},${most}${close}`]);
  }
  const low = halves.find((half) => half !== null && /[>≥]/.test(half.sign));
  const high = halves.find((half) => half !== null && /[<≤]/.test(half.sign));
  if (low === undefined || high === undefined || low === null || high === null) return null;
  return interval(
    low.bound,
    high.bound,
    `${low.sign === ">" ? "(" : "["}${high.sign === "<" ? ")" : "]"}`,
  );
}
