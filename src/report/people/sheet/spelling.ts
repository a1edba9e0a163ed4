import type { Text } from "../../../domain/text.ts";

import { foldSimplified } from "../../../text/normalise.ts";

/** A cell as it is compared: full-width, traditional and capital letters make no difference, nor does the width of blanks. */
export const tidyCell = (text: string): string =>
  foldSimplified(text).trim().toLowerCase().replaceAll(/\s+/g, " ");

/** Reads which choice a cell names, in its words or another spelling; null where it names none. */
export function spellingReader<Choice extends string>(
  words: Readonly<Record<Choice, Text>>,
  others: Readonly<Record<Choice, readonly string[]>>,
): (cell: string) => Choice | null {
  const known = new Map<string, Choice>();
  for (const choice in words) {
    const { zh, en } = words[choice];
    const spellings = [zh, en, `${zh} ${en}`, `${zh}${en}`, choice, ...others[choice]];
    for (const spelling of spellings) known.set(tidyCell(spelling), choice);
  }
  return (cell) => known.get(tidyCell(cell)) ?? null;
}
