/** Extracts the elements of one JSON array from a text that comes in pieces. */
export type Splitter = {
  /** The elements completed by this piece, as JSON text. */
  readonly push: (piece: string) => readonly string[];
  readonly state: () => "before" | "inside" | "done";
  /** UTF-16 code units of the element that is not complete yet. */
  readonly held: () => number;
};

/** The array is the top-level one, or where there is none that under the key `at` of the top-level object. */
export function createSplitter(at: string | null): Splitter {
  let base = at === null ? 1 : 2;
  let state: "before" | "inside" | "done" = "before";
  let depth = 0;
  let inString = false;
  let escaped = false;
  let token = "";
  let key = "";
  let element: string[] | null = null;
  let held = 0;

  const opens = (): boolean => state === "before" && depth === base && (base === 1 || key === at);

  const push = (piece: string): readonly string[] => {
    const found: string[] = [];
    let from = 0;
    const finish = (end: number): void => {
      if (element === null) return;
      found.push([...element, piece.slice(from, end)].join(""));
      element = null;
    };
    for (let index = 0; index < piece.length; index += 1) {
      const char = piece[index] ?? "";
      if (inString) {
        if (!escaped && !(state === "before" && depth === 1)) {
          // Long texts are skipped by the machine, not letter by letter.
          const stop = nextStop(piece, index);
          if (stop > index) {
            index = stop - 1;
            continue;
          }
        }
        if (escaped) escaped = false;
        else if (char === "\\") escaped = true;
        else if (char === '"') inString = false;
        else if (state === "before" && depth === 1) token += char;
        continue;
      }
      const closes = char === "]" || char === "}";
      if (state === "inside" && element === null && depth === base && !/[\s,\]]/.test(char)) {
        element = [];
        from = index;
      }
      if (char === '"') {
        inString = true;
        token = "";
      } else if (char === ":" && depth === 1) {
        key = token;
      } else if (char === "[" || char === "{") {
        depth += 1;
        if (char === "[" && depth === 1) base = 1;
        if (char === "[" && opens()) state = "inside";
      } else if (closes) {
        if (state === "inside" && depth === base) {
          finish(index);
          state = "done";
        }
        depth -= 1;
        if (state === "inside" && depth === base) finish(index + 1);
      } else if (char === "," && state === "inside" && depth === base) {
        finish(index);
      }
    }
    if (element !== null) {
      held = (element.length === 0 ? 0 : held) + piece.length - from;
      element.push(piece.slice(from));
    }
    return found;
  };
  return {
    push,
    state: () => state,
    held: () => (element === null ? 0 : held),
  };
}

const stops = /["\\]/g;

/** Where the next quote or backslash stands, or the end of the text. */
function nextStop(text: string, from: number): number {
  stops.lastIndex = from;
  return stops.exec(text)?.index ?? text.length;
}
