/** The first short quotation or title (“…”, 《…》) in a question, or null. */
export function focusOf(question: string): string | null {
  const found = /[“「《]([^”」》“「《]{1,16})[”」》]/u.exec(question);
  return found?.[1] ?? null;
}
