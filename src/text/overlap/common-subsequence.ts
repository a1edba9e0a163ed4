/**
 * Length of the longest common subsequence of two token lists, with one bit per token of the shorter list:
 * 32 cells of the usual table in one step (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004).
 * Time: longer × shorter / 32; memory: distinct tokens × shorter / 32.
 */
export function commonSubsequence(a: readonly string[], b: readonly string[]): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 0) return 0;
  const words = (short.length + 31) >>> 5;
  const masks = positionMasks(short, words);
  const row = new Uint32Array(words).fill(0xffffffff);
  for (const token of long) {
    const mask = masks.get(token);
    if (mask !== undefined) step(row, mask, words);
  }
  return zeroBits(row, short.length);
}

/** For each distinct token, a bit at every position where it occurs. */
function positionMasks(tokens: readonly string[], words: number): Map<string, Uint32Array> {
  const masks = new Map<string, Uint32Array>();
  for (const [index, token] of tokens.entries()) {
    let mask = masks.get(token);
    if (mask === undefined) {
      mask = new Uint32Array(words);
      masks.set(token, mask);
    }
    mask[index >>> 5] = (mask[index >>> 5] ?? 0) | (1 << (index & 31));
  }
  return masks;
}

/** row = (row + (row & mask)) | (row & ~mask), over all words with carry. */
function step(row: Uint32Array, mask: Uint32Array, words: number): void {
  let carry = 0;
  for (let word = 0; word < words; word++) {
    const bits = row[word] ?? 0;
    const both = (bits & (mask[word] ?? 0)) >>> 0;
    const sum = bits + both + carry;
    carry = sum > 0xffffffff ? 1 : 0;
    row[word] = sum | (bits & ~both);
  }
}

function zeroBits(row: Uint32Array, length: number): number {
  let zeros = 0;
  for (let index = 0; index < length; index++) {
    if ((((row[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 0) zeros++;
  }
  return zeros;
}
