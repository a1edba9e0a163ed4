/** Tells whether the text so far is one whole JSON object, without reading any of it twice. */
export type ObjectScanner = {
  /** Takes the next piece of the text. */
  readonly push: (piece: string) => void;
  /** True if an object has begun, its last brace has come, and only blanks follow. */
  readonly isWhole: () => boolean;
};

/**
 * Counts braces and brackets outside strings. That suffices to find where an object ends; whether what stands between
 * them is valid JSON is for the parser to say.
 */
export function createObjectScanner(): ObjectScanner {
  let depth = 0;
  let begun = false;
  let inString = false;
  let escaped = false;
  /** It is no object, or something follows it. */
  let spoilt = false;

  const outside = (code: number): void => {
    if (code === quote) inString = true;
    else if (code === openBrace || code === openBracket) {
      if (depth === 0 && (begun || code === openBracket)) spoilt = true;
      begun = true;
      depth += 1;
    } else if (code === closeBrace || code === closeBracket) depth -= 1;
    if (depth === 0 && !isBlank(code) && code !== closeBrace) spoilt = true;
    if (depth < 0) spoilt = true;
  };
  return {
    push: (piece) => {
      for (let at = 0; at < piece.length; at += 1) {
        if (spoilt) return;
        const code = piece.charCodeAt(at);
        if (!inString) outside(code);
        else if (escaped) escaped = false;
        else if (code === backslash) escaped = true;
        else if (code === quote) inString = false;
      }
    },
    isWhole: () => begun && depth === 0 && !spoilt,
  };
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [
  0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d,
];
const isBlank = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
