const carriageReturn = 13;
const lineFeed = 10;
/** Eight digits are four gigabytes. */
const mostDigits = 7;

/**
 * Where the data of a chunk of an HTTP body begins whose size is written at `from` in the plainest way: a few hexadecimal digits
 * and CRLF. -1 for all else: extensions, a size that is not there yet.
 */
export function dataFrom(bytes: Uint8Array, from: number, to: number): number {
  const last = Math.min(to, from + mostDigits + 1);
  let at = from;
  while (at < last && digitOf(bytes[at] ?? 0) >= 0) at += 1;
  return at > from && at + 1 < to && isLineEnd(bytes, at) ? at + 2 : -1;
}

/** The size of the chunk whose data begins at `start`, after digits that begin at `from`. */
export function sizeAt(bytes: Uint8Array, from: number, start: number): number {
  let size = 0;
  for (let at = from; at < start - 2; at += 1) size = size * 16 + digitOf(bytes[at] ?? 0);
  return size;
}

/** CRLF stands there. */
export const isLineEnd = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === carriageReturn && bytes[at + 1] === lineFeed;

/** The value of a hexadecimal digit, -1 for another character. */
function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
