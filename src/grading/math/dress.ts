/** Functions and joining words, which stay within a formula. */
const names =
  "sin|cos|tan|cot|sec|csc|arcsin|arccos|arctan|log|ln|lg|lim|exp|max|min|det|gcd|lcm|mod|rad|cm|mm|km|kg|dm|min|mol|Pa|Hz";
const words = String.raw`(?<![\\A-Za-z_^{])(?!(?:${names})(?![A-Za-z]))(?:[A-Z][a-z]{2,}|[a-z]{3,}|(?:is|so|we|to|of|at|by|if|in|as|be|it|an|on|or|Is|So|We|To|If|In|It|As|By|At))(?![A-Za-z(_^])`;
/** What cannot be part of a formula: Chinese, sentence marks, quotes and English words. */
const gap = new RegExp(
  String.raw`[\p{Script=Han}。:!?"“”‘’「」【】《》→⇒⇔✓✔∵∴]+|√\s*$|\*\*|__|${words}`,
  "gu",
);
const none = /空集|无解|无实数?(?:解|根)/g;
const all = /(?:全体|一切|任意)实数(?:集)?/g;

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
  const told = text.replaceAll(none, "∅").replaceAll(all, "ℝ").replaceAll(remark, "");
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

/** Letters alone are names, and a lone sign is none. */
function dressedPiece(piece: string): string {
  const body = piece.trim();
  const looks =
    /[\d=π√∅∞ℝ<>≤≥]|\\[a-z]|[a-zA-Z]\s?[-+*/^]\s?[a-zA-Z(]/.test(body) &&
    /[\dA-Za-zπ∅∞ℝ]/.test(body);
  if (!looks) return piece;
  const start = piece.indexOf(body);
  return `${piece.slice(0, start)}$${body}$${piece.slice(start + body.length)}`;
}
