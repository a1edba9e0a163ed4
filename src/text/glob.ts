/** Whether a glob, in which `*` matches any text, matches the whole text; ignores case. Never backtracks. */
export function globMatches(glob: string, text: string): boolean {
  const parts = glob.toLowerCase().split("*");
  const subject = text.toLowerCase();
  const [head = ""] = parts;
  const tail = parts.at(-1) ?? "";
  if (parts.length === 1) return subject === head;
  if (!subject.startsWith(head)) return false;
  let from = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = subject.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return subject.length - tail.length >= from && subject.endsWith(tail);
}
