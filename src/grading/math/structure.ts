import { fold, stripMarkdown } from "../../text/normalise.ts";

/** The top-level structure of a formula. */
export type Structure = {
  /** interval and point: bracketed pairs in order; set: braces; union: intervals; list: several solutions. */
  readonly kind: "single" | "list" | "set" | "interval" | "point" | "union";
  /** The outer brackets as written; empty where they have no meaning. */
  readonly brackets: string;
  readonly parts: readonly string[];
};

/** Parses sets, intervals, unions, points, chained inequalities and lists; anything else is a single expression. */
export function structureOf(written: string): Structure {
  const text = withoutMembership(bare(written));
  const united = partsOf(text, /^(?:∪|\\cup(?![a-zA-Z]))/);
  if (united.length > 1) return { kind: "union", brackets: "", parts: united };
  const chain = intervalOf(text);
  if (chain !== null) return chain;
  const open = text.startsWith("\\{") ? "\\{" : text.charAt(0);
  const close = text.endsWith("\\}") ? "\\}" : text.slice(-1);
  const inner = text.slice(open.length, text.length - close.length);
  const pair = partsOf(inner, separator);
  if (isPair(open, close, "{") && isWhole(text))
    return { kind: "set", brackets: "{}", parts: pair };
  if (/^[([]$/.test(open) && /^[)\]]$/.test(close) && pair.length > 1 && isWhole(text)) {
    const point = pair.length > 2;
    return { kind: point ? "point" : "interval", brackets: open + close, parts: pair };
  }
  const parts = partsOf(text, separator);
  if (parts.length > 1 && parts.every((part) => intervalOf(part) !== null) && joined.test(text))
    return { kind: "union", brackets: "", parts };
  return parts.length > 1
    ? { kind: "list", brackets: "", parts }
    : { kind: "single", brackets: "", parts: [text] };
}

/** x<-1 或 x>3 is a union; with 且 or a comma it would not be. */
const joined = /或|∪|\bor\b/;
const separator = /^(?:[,;、]|或者?|和|与|且|\\text\{\s*或\s*\}|\s+or\s+)/;

/** Splits at separators outside all brackets. A comma between digits is a thousands separator. */
function partsOf(text: string, between: RegExp): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    const mark = depth === 0 ? between.exec(text.slice(at, at + 16)) : null;
    if (mark === null || isThousands(text, at)) continue;
    parts.push(text.slice(from, at).trim());
    from = at + mark[0].length;
    at = from - 1;
  }
  parts.push(text.slice(from).trim());
  return parts.filter((part) => part !== "");
}

const isThousands = (text: string, at: number): boolean =>
  text.charAt(at) === "," &&
  /\d$/.test(text.slice(0, at)) &&
  /^,\d{3}(?:,\d{3})*(?:\.\d+)?$/.test(text.slice(at));

const bare = (written: string): string =>
  stripMarkdown(fold(written))
    .replaceAll(/\$|\\(?:left|right)(?![a-zA-Z])|\\[,;!: ]/g, "")
    .replaceAll(/\\(?:leqslant|leq|le)(?![a-zA-Z])/g, "≤")
    .replaceAll(/\\(?:geqslant|geq|ge)(?![a-zA-Z])/g, "≥")
    .replaceAll(/\\(?:lt)(?![a-zA-Z])/g, "<")
    .replaceAll(/\\(?:gt)(?![a-zA-Z])/g, ">")
    .replaceAll(/\+?\s*(?:\\infty(?![a-zA-Z])|∞|正?无穷大?)/g, "∞")
    .replace(/[。.,;]+$/, "")
    .trim();

/** x ∈ (1, 2) counts as the interval itself. */
const withoutMembership = (text: string): string =>
  text
    .replace(/^[a-zA-Z]\s*(?:∈|\\in(?![a-zA-Z]))\s*/, "")
    .replace(/^\\?\{\s*[a-z]\s*(?:\||\\mid)(.*?)\\?\}$/, "$1");

const isPair = (open: string, close: string, brace: string): boolean =>
  open.endsWith(brace) && close.endsWith("}");

/** True where the first bracket closes at the very end. */
function isWhole(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    if (depth === 0 && at < text.length - 1 && text.charAt(at) !== "\\") return false;
  }
  return depth === 0;
}

const chained = /^([^<>≤≥=]+)([<≤])\s*[a-zA-Z]\s*([<≤])([^<>≤≥=]+)$/;
const below = /^[a-zA-Z]\s*([<≤>≥])([^<>≤≥=]+)$/;

/** 1 < x ≤ 2 and x > 3 as intervals. */
function intervalOf(text: string): Structure | null {
  const chain = chained.exec(text);
  if (chain !== null) {
    const [, low = "", left, right, high = ""] = chain;
    return {
      kind: "interval",
      brackets: `${left === "<" ? "(" : "["}${right === "<" ? ")" : "]"}`,
      parts: [low.trim(), high.trim()],
    };
  }
  const half = below.exec(text);
  if (half === null) return null;
  const [, sign = "", bound = ""] = half;
  if (sign === "<" || sign === "≤") {
    return {
      kind: "interval",
      brackets: `(${sign === "<" ? ")" : "]"}`,
      parts: ["-∞", bound.trim()],
    };
  }
  return { kind: "interval", brackets: `${sign === ">" ? "(" : "["})`, parts: [bound.trim(), "∞"] };
}
