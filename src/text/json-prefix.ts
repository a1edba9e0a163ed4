/**
 * The JSON value at the beginning of a text, whatever follows it: some servers append another body or a page of their
 * gateway. Throws a SyntaxError if there is none, or if it is cut off.
 */
export function parsePrefix(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const end = endOfValue(text);
    if (end === null) throw error;
    return JSON.parse(text.slice(0, end));
  }
}

/** Where the first object or list ends, or null if it does not. */
function endOfValue(text: string): number | null {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") {
      depth -= 1;
      if (depth <= 0) return at + 1;
    }
  }
  return null;
}
