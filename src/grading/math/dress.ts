import { chineseDigits } from "../../text/quantity/chinese.ts";

/** Functions and joining words, which stay within a formula. */
const names =
  "sin|cos|tan|cot|sec|csc|arcsin|arccos|arctan|log|ln|lg|lim|exp|max|min|det|gcd|lcm|mod|rad|cm|mm|km|kg|dm|min|mol|Pa|Hz";
const words = String.raw`(?<![\\A-Za-z_^{])(?!(?:${names})(?![A-Za-z]))(?:[A-Z][a-z]{2,}|[a-z]{3,}|(?:is|so|we|to|of|at|by|if|in|as|be|it|an|on|or|Is|So|We|To|If|In|It|As|By|At))(?![A-Za-z(_^])`;
/** What cannot be part of a formula: Chinese, sentence marks, quotes and English words. */
const gap = new RegExp(
  String.raw`[\p{Script=Han}。:!?"“”‘’「」【】《》→⇒⇔⟺⟹⟶➡✓✔∵∴]+|(?<![A-Za-z])[A-Za-z]{1,8}[’'](?:s|re|ll|d|ve|m|t)(?![a-z])|√\s*$|\*\*|__|(?<![A-Za-z])(?:i\.\s?e|e\.\s?g)\.,?|${words}`,
  "gu",
);
const none = /空集|无解|无实数?(?:解|根)/g;
const all = /(?:全体|一切|任意|所有)实数(?:集)?/g;
const someReals: readonly (readonly [RegExp, string])[] = [
  [/(?:全体|一切|任意|所有)非负(?:的)?实数(?:集)?|非负实数集/g, "[0,∞)"],
  [/(?:全体|一切|任意|所有)非正(?:的)?实数(?:集)?|非正实数集/g, "(-∞,0]"],
  [/(?:全体|一切|任意|所有)正(?:的)?实数(?:集)?|(?<!非)正实数集/g, "(0,∞)"],
  [/(?:全体|一切|任意|所有)负(?:的)?实数(?:集)?|(?<!非)负实数集/g, "(-∞,0)"],
  [/(?:全体|一切|任意|所有)非零(?:的)?实数(?:集)?|非零实数集/g, "(-∞,0)∪(0,∞)"],
];
const numerals = "[一二两三四五六七八九十百]";
/** 八分之一 and 二分之根号三 */
const fraction = new RegExp(
  `(负)?(${numerals}{1,5})分之(负)?(?:(${numerals}{1,3})?倍?(根号)(?=${numerals}))?(${numerals}{1,5})`,
  "g",
);
const root = new RegExp(`(?:(${numerals}{1,3})倍?)?根号(${numerals}{1,5})(?!分之)`, "g");
const digitsOf = (word: string | undefined): string => chineseDigits(word ?? "") ?? "";

/** 加起来就是三。 */
const stated = new RegExp(
  `(?<=[是得为即]\\s?)(负)?([零壹贰叁肆伍陆柒捌玖]|${numerals}){1,6}(?=\\s*(?:$|[。,;]))`,
  "g",
);

/** Fractions and roots of numbers in Chinese characters as signs, and a number that is stated. */
const inSigns = (text: string): string =>
  /分之|根号|[是得为即]\s?[负零壹贰叁肆伍陆柒捌玖一二两三四五六七八九十百]/.test(text)
    ? text
        .replaceAll(stated, (word: string) => {
          const digits = chineseDigits(word.replace("负", ""));
          return digits === null ? word : `${word.startsWith("负") ? "-" : ""}${digits}`;
        })
        .replaceAll(
          fraction,
          (
            _,
            minus?: string,
            below?: string,
            sign?: string,
            times?: string,
            rooted?: string,
            of?: string,
          ) =>
            `${(minus ?? sign) === undefined ? "" : "-"}${digitsOf(times)}${rooted === undefined ? "" : "√"}${digitsOf(of)}/${digitsOf(below)}`,
        )
        .replaceAll(root, (_, times?: string, of?: string) => `${digitsOf(times)}√${digitsOf(of)}`)
    : text;

/**
 * Puts every formula that stands in plain text between dollars: 因此 x=1 或 x=2 as 因此 $x=1$ 或 $x=2$. Those in dollars stay.
 * Expects folded text.
 */
export const dressed = (sentence: string): string =>
  sentence
    .split(/(\$[^$\n]{1,600}\$)/)
    .map((part, index) => (index % 2 === 1 ? part : plainDressed(part)))
    .join("");

function plainDressed(text: string): string {
  let out = "";
  let at = 0;
  let told = inSigns(text).replaceAll(none, "∅");
  for (const [words, set] of someReals) told = told.replaceAll(words, set);
  told = told.replaceAll(all, "ℝ").replaceAll(remark, "");
  for (const match of [...told.matchAll(gap), null]) {
    const until = match?.index ?? told.length;
    if (until > at) out += piecesOf(told.slice(at, until)).map(dressedPiece).join(",");
    out += match?.[0] ?? "";
    at = until + (match?.[0].length ?? 0);
  }
  return out;
}

/** (≈3.464), (约2.1) and the like. */
const remark = /\((?:\s*(?:≈|约|即|也就是|大约)[^()]{0,40})\)/g;
/** Between commas outside of brackets. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    else if (/[,;]/.test(char) && depth <= 0) {
      pieces.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...pieces, text.slice(from)];
}

/** A relation, and another one in brackets that are not closed. */
const opensAside =
  /^([^()=<>]{0,40}[=<>≤≥∈](?:[^()]|\([^()]{0,80}\)){1,120})\(([^()]{1,40}[=<>≤≥∈](?:[^()]|\([^()]{0,80}\)){1,80})$/;

/** Letters alone are names, and a lone sign is none. */
function dressedPiece(piece: string): string {
  // A bracket that words follow belongs to them: a + b (for a ≠ b).
  const body = piece.trim().replace(/\s*[(（][A-Za-z]?$/, "");
  // a=2(a=-2舍去): the brackets that words close hold another formula.
  const [, before = "", within = ""] = opensAside.exec(piece) ?? [];
  if (within !== "") return `${dressedPiece(before)}(${dressedPiece(within)}`;
  const looks =
    /[\d=π√∅∞ℝ<>≤≥]|\\[a-z]|[a-zA-Z]\s?[-+*/^]\s?[a-zA-Z(]/.test(body) &&
    /[\dA-Za-zπ∅∞ℝ]/.test(body);
  if (!looks) return piece;
  const start = piece.indexOf(body);
  return `${piece.slice(0, start)}$${body}$${piece.slice(start + body.length)}`;
}
