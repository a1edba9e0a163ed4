import type { ReadClause } from "./reading.ts";

/** The share of a clause's content that another holds: characters in a pair that both have, and half for single ones. */
export function coverage({ content }: ReadClause, other: ReadClause): number {
  const points = Array.from(content);
  const { pairs, single } = signsOf(other);
  let counted = 0;
  let held = 0;
  points.forEach((char, at) => {
    if (char === "#" || char === "|") return;
    counted += 1;
    const isPaired =
      pairs.has(`${points[at - 1] ?? ""}${char}`) || pairs.has(`${char}${points[at + 1] ?? ""}`);
    if (isPaired) held += 1;
    else if (single.has(char)) held += 0.5;
  });
  return counted === 0 ? 0 : held / counted;
}

type Signs = { readonly pairs: ReadonlySet<string>; readonly single: ReadonlySet<string> };
/** A passage is compared with every clause of a reply. */
const signs = new WeakMap<ReadClause, Signs>();

function signsOf(clause: ReadClause): Signs {
  const known = signs.get(clause) ?? {
    pairs: new Set(pairsOf(clause.content)),
    single: new Set(clause.content),
  };
  signs.set(clause, known);
  return known;
}

function pairsOf(content: string): readonly string[] {
  const points = Array.from(content);
  return points.slice(1).flatMap((char, at) => {
    const before = points[at] ?? "";
    return before === "|" || char === "|" ? [] : [`${before}${char}`];
  });
}

/** The share of a text's pairs of characters that another has; of a single character, whether it is there. */
export function sharesMost(text: string, other: string): number {
  const pairs = pairsOf(text);
  if (pairs.length === 0) return other.includes(text) ? 1 : 0;
  return pairs.filter((pair) => other.includes(pair)).length / pairs.length;
}

export const shares = (text: string, other: string): boolean =>
  sharesMost(text, other) > 0 || sharesMost(other, text) > 0;
