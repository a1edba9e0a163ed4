/** The words that a question puts in quotes or between book marks, where they are short; else null. */
export function focusOf(question: string): string | null {
  const found = /[“「《]([^”」》“「《]{1,16})[”」》]/u.exec(question);
  return found?.[1] ?? null;
}
