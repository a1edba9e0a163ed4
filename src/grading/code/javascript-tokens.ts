export type ScriptToken = {
  readonly kind: "name" | "text" | "template" | "number" | "regexp" | "sign";
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

const patterns = [
  ["text", /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/uy],
  ["template", /`(?:[^`\\]|\\[\s\S])*`/uy],
  ["number", /0[xXbBoO][\da-fA-F_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?n?/uy],
  ["name", /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy],
  ["regexp", /\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/uy],
  [
    "sign",
    /=>|\.\.\.|[=!]==?|\?\.(?!\d)|\?\?|&&|\|\||\*\*|<<|>>>?|[<>]=?|[-+*/%&|^~!?:;,.(){}[\]]/uy,
  ],
] as const satisfies readonly (readonly [ScriptToken["kind"], RegExp])[];

/** The tokens of a JavaScript expression, or the position at which it is none. */
export function tokensOf(source: string): readonly ScriptToken[] | number {
  const tokens: ScriptToken[] = [];
  let at = 0;
  while (at < source.length) {
    const space = /\s*/uy;
    space.lastIndex = at;
    at += space.exec(source)?.[0].length ?? 0;
    if (at >= source.length) break;
    const token = tokenAt(source, at, tokens.at(-1));
    if (token === null) return at;
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(
  source: string,
  start: number,
  before: ScriptToken | undefined,
): ScriptToken | null {
  for (const [kind, pattern] of patterns) {
    // After a value, a slash divides.
    if (kind === "regexp" && before !== undefined && endsValue(before)) continue;
    pattern.lastIndex = start;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) return { kind, text, start, end: start + text.length };
  }
  return null;
}

const endsValue = ({ kind, text }: ScriptToken): boolean =>
  kind === "sign" ? [")", "]", "}"].includes(text) : !(kind === "name" && operators.has(text));

/** Words after which a value begins. */
export const operators: ReadonlySet<string> = new Set(
  "typeof instanceof in of new delete void await yield return".split(" "),
);
