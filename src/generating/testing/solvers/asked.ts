/** What a second solver may read: the texts that a model gets. */
export type Asked = {
  readonly question: string;
  readonly context: string;
  readonly options: Readonly<Record<string, string>>;
};

/** All that a pattern's groups found, or an error that shows the text. */
export function groups(pattern: RegExp, text: string): readonly string[] {
  const found = pattern.exec(text);
  if (found === null) throw new Error(`${String(pattern)} does not fit: ${text}`);
  return found.slice(1).map((group) => group ?? "");
}
