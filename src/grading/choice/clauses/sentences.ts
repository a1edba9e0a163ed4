/** A part of a sentence between commas, colons or dashes. */
export type OptionClause = {
  readonly start: number;
  readonly end: number;
  /** The first clause of its sentence, of its line. */
  readonly opens: boolean;
  readonly opensLine: boolean;
  /** An empty line stands before it. */
  readonly afterBlank: boolean;
  /** Its sentence ends in a question mark. */
  readonly asks: boolean;
  readonly sentence: number;
};

const breaks = /[,:;。!?\n]|—{1,9}|\.{3,9}|\.(?=\s|$)|(?<=[^\d])[→](?=[^\d])/g;
const ends = new Set([";", "。", "!", "?", "\n", "."]);

/** The clauses of a folded text, in time linear in its length. A break inside `solid` spans breaks nothing. */
export function clausesOf(
  text: string,
  solid: readonly { readonly start: number; readonly end: number }[],
): readonly OptionClause[] {
  const clauses: { -readonly [key in keyof OptionClause]: OptionClause[key] }[] = [];
  let start = 0;
  let opens = true;
  let opensLine = true;
  let afterBlank = false;
  let sentence = 0;
  let next = 0;
  const close = (end: number, mark: string): void => {
    const words = text.slice(start, end);
    const blank = words.trim() === "";
    if (!blank) clauses.push({ start, end, opens, opensLine, afterBlank, asks: false, sentence });
    const ended = ends.has(mark);
    if (mark === "?")
      for (let at = clauses.length - 1; clauses[at]?.sentence === sentence; at--) {
        const each = clauses[at];
        if (each !== undefined) each.asks = true;
      }
    if (!blank) {
      opens = ended;
      afterBlank = false;
    } else opens ||= ended;
    if (mark === "\n") {
      afterBlank ||= blank && opensLine;
      opensLine = true;
    } else if (!blank) opensLine = false;
    if (ended && !blank) sentence++;
  };
  for (const { index, 0: mark } of text.matchAll(breaks)) {
    while ((solid[next]?.end ?? Number.POSITIVE_INFINITY) <= index) next++;
    const span = solid[next];
    if (span !== undefined && span.start <= index && index < span.end) continue;
    if (mark === "." && /(?:^|[^A-Za-z])[A-Z]$/.test(text.slice(Math.max(0, index - 2), index)))
      continue;
    close(index, mark.charAt(0));
    start = index + mark.length;
  }
  close(text.length, "\n");
  return clauses;
}
