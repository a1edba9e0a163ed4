/** The final number of a worked solution of GSM8K (`… #### 18`), or a text that is nothing but a number; else null. */
export function numberIn(text: string): string | null {
  const last = /####\s*(.+?)\s*$/s.exec(text)?.[1] ?? text;
  const bare = last.trim().replaceAll(",", "");
  return /^[-+−]?\d+(?:\.\d+)?(?:\/\d+)?%?$/.test(bare) ? bare : null;
}
