/**
 * A text of a model or vendor as it may stand on a page: lines and tabs as they are, and whatever would turn the text
 * around, hide in it or be obeyed by a terminal spelt out.
 */
export const visibleText = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, "\n")
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Bidi_Control}\u200B\u2028\u2029\uFEFF]/gu, (sign) =>
      sign === "\n" || sign === "\t" ? sign : `⟦U+${code(sign)}⟧`,
    );

const code = (sign: string): string =>
  (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");

/** The text before, at and after the last place of `part`; null where it is not in it. */
export function aroundLast(
  text: string,
  part: string | null,
): readonly [string, string, string] | null {
  if (part === null || part.trim() === "") return null;
  const at = text.lastIndexOf(part);
  if (at === -1) return null;
  return [text.slice(0, at), part, text.slice(at + part.length)];
}
