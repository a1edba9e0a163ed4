/** The placeholders that a prompt template may use. */
export const templateNames = ["question", "options", "letters", "context", "passages"] as const;

/** A backslash before the braces makes them plain text. */
const placeholder = /(?<!\\)\{\{\s*([^{}]*?)\s*\}\}/g;
const bare = /^\s*\{\{\s*[^{}]*?\s*\}\}\s*$/;

/** The placeholders of a template, as they stand in it. */
export const namesIn = (template: string): readonly string[] =>
  [...template.matchAll(placeholder)].map(([, name = ""]) => name);

/** Unknown placeholders in a template; variables are none. */
export const unknownNames = (
  template: string,
  known: readonly string[] = templateNames,
): readonly string[] =>
  namesIn(template).filter((name) => !known.includes(name) && !name.startsWith("vars."));

/**
 * Fills a template. A line that consists only of a placeholder without a value is left out.
 * Values are inserted verbatim: a placeholder inside a value stays text.
 */
export function renderTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const lines: string[] = [];
  for (const { parts, isBare } of linesOf(template)) {
    const line = parts
      .map((part, at) => (at % 2 === 0 ? part.replaceAll("\\{{", "{{") : (values[part] ?? "")))
      .join("");
    if (!isBare || line.trim() !== "") lines.push(line);
  }
  return lines.join("\n").trim();
}

/** Alternating texts and placeholder names. */
type TemplateLine = { readonly parts: readonly string[]; readonly isBare: boolean };

const templates = new Map<string, readonly TemplateLine[]>();
const mostTemplates = 1_000;

/** Cached, because every item of a task has the same template. */
function linesOf(template: string): readonly TemplateLine[] {
  const known = templates.get(template);
  if (known !== undefined) return known;
  const lines = template
    .split("\n")
    .map((line) => ({ parts: line.split(placeholder), isBare: bare.test(line) }));
  if (templates.size === mostTemplates) templates.clear();
  templates.set(template, lines);
  return lines;
}
