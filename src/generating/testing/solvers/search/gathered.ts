type Line = { readonly text: string; readonly rhyme: string };
type Tone = (character: string) => string;

/**
 * Fills the poem from its first line to its last in every order that the question gives; of two lines of one pattern that change
 * places only one order is tried, and lines that were chosen before count once.
 */
export function solveGathered(
  question: string,
  toneOf: Tone,
  rhymes: Readonly<Record<string, string>>,
): number {
  const patterns = new Map(
    [...question.matchAll(/([甲乙丙丁]) ([中平仄]{7})/g)].map(([, name = "", own = ""]) => [
      name,
      own,
    ]),
  );
  const orders = (/只能是下列之一：([^；]+)/.exec(question)?.[1] ?? "").split("，");
  const byPattern = new Map<string, Line[]>();
  for (const [, text = ""] of question.matchAll(/\d+\. (\p{Script=Han}{7})(?=　|\n)/gu)) {
    const own = [...patterns].find(([, pattern]) =>
      Array.from(text).every((each, at) => pattern[at] === "中" || pattern[at] === toneOf(each)),
    );
    if (own === undefined) continue;
    const rhyme = Object.keys(rhymes).find((name) => rhymes[name]?.includes(text.slice(-1)));
    const line = { text, rhyme: rhyme ?? "none" };
    byPattern.set(own[0], [...(byPattern.get(own[0]) ?? []), line]);
  }
  const found = new Set<string>();
  for (const order of orders)
    for (const rhyme of Object.keys(rhymes)) {
      const steps = Array.from(order, (name) =>
        (byPattern.get(name) ?? []).filter(
          (line) => patterns.get(name)?.endsWith("仄") === true || line.rhyme === rhyme,
        ),
      );
      const last = new Map<string, number>();
      const fill = (at: number, chosen: readonly string[]): void => {
        const [lines, name = ""] = [steps[at], order[at]];
        if (lines === undefined) {
          found.add(chosen.toSorted().join(""));
          return;
        }
        const used = chosen.join("");
        const from = last.get(name) ?? 0;
        for (const [number, line] of lines.entries()) {
          if (number < from || Array.from(line.text).some((each) => used.includes(each))) continue;
          last.set(name, number + 1);
          fill(at + 1, [...chosen, line.text]);
        }
        last.set(name, from);
      };
      fill(0, []);
    }
  return found.size;
}
