const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;
const blank = 0x20;
const ones = 0x01010101;
const highBits = 0x80808080 | 0;
const colons = 0x3a3a3a3a;

const escapedEnd = Buffer.from('\\":');

/**
 * How many keys a line of JSON seems to hold: colons behind a quote that ends a text. Not fewer than there are, and more
 * only where a text begins with a colon; negative where blanks part a quote from a colon, as they may in JSON and in texts. `JSON.parse` keeps the
 * last of two equal keys without a word, so a line whose value has as many keys as this says has none twice.
 * Sixteen bytes at a time, because every line of every run file is counted.
 */
export function keyEnds(bytes: Buffer): number {
  const { byteOffset, length } = bytes;
  const words = wordsOf(bytes.buffer);
  const first = (byteOffset + 3) >> 2;
  const last = first + 4 * Math.max(0, (((byteOffset + length) >> 2) - first) >> 2);
  if (last <= first) return keyEndsBetween(bytes, 0, length);
  const escapes = bytes.includes(escapedEnd);
  let count = keyEndsBetween(bytes, 0, (first << 2) - byteOffset);
  for (let from = first; from < last; from += pieceWords) {
    count += keyEndsInWords(bytes, words, from, Math.min(last, from + pieceWords), escapes);
  }
  return count + keyEndsBetween(bytes, (last << 2) - byteOffset, length);
}

/** A multiple of four. A loop over a whole chunk of a file would be left before the engine has compiled it well. */
const pieceWords = 2_048;

function keyEndsInWords(
  bytes: Buffer,
  words: Int32Array,
  from: number,
  to: number,
  escapes: boolean,
): number {
  let count = 0;
  let start = (from << 2) - bytes.byteOffset;
  for (let word = from; word < to; word += 4, start += 16) {
    // A byte that was a colon is null in these. The borrow of one may mark the next byte, too.
    const a = (words[word] ?? 0) ^ colons;
    const b = (words[word + 1] ?? 0) ^ colons;
    const c = (words[word + 2] ?? 0) ^ colons;
    const d = (words[word + 3] ?? 0) ^ colons;
    const marksA = (a - ones) & ~a & highBits;
    const marksB = (b - ones) & ~b & highBits;
    const marksC = (c - ones) & ~c & highBits;
    const marksD = (d - ones) & ~d & highBits;
    if ((marksA | marksB | marksC | marksD) === 0) continue;
    if (marksA !== 0) count += markedEnds(bytes, start, marksA, escapes);
    if (marksB !== 0) count += markedEnds(bytes, start + 4, marksB, escapes);
    if (marksC !== 0) count += markedEnds(bytes, start + 8, marksC, escapes);
    if (marksD !== 0) count += markedEnds(bytes, start + 12, marksD, escapes);
  }
  return count;
}

/** The ends of keys among the marked bytes of a word. */
function markedEnds(bytes: Buffer, start: number, marks: number, escapes: boolean): number {
  const first = start + byteOf(marks);
  // The lowest mark is that of a colon in any case.
  let count = !escapes && bytes[first - 1] === quote ? 1 : keyEndAt(bytes, first);
  for (let left = marks & (marks - 1); left !== 0; left &= left - 1)
    count += keyEndAt(bytes, start + byteOf(left));
  return count;
}

/** The lowest marked byte of a word. */
const byteOf = (marks: number): number => (31 - Math.clz32(marks & -marks)) >> 3;

/** Lines are parts of one chunk of the file, one after the other. */
let lastBuffer: ArrayBufferLike | null = null;
let lastWords: Int32Array = new Int32Array(0);

function wordsOf(buffer: ArrayBufferLike): Int32Array {
  if (buffer !== lastBuffer) {
    lastBuffer = buffer;
    lastWords = new Int32Array(buffer, 0, buffer.byteLength >> 2);
  }
  return lastWords;
}

function keyEndsBetween(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) count += keyEndAt(bytes, at);
  return count;
}

/** 1 of a colon that ends a key, else 0; negative beyond every count where blanks stand before the colon. */
function keyEndAt(bytes: Buffer, at: number): number {
  if (bytes[at] !== colon) return 0;
  const before = bytes[at - 1] ?? 0;
  if (before <= blank) return followsText(bytes, at) ? Number.NEGATIVE_INFINITY : 0;
  return before === quote && (bytes[at - 2] !== backslash || endsText(bytes, at - 1)) ? 1 : 0;
}

/** True where there are only blanks between a quote and this. */
function followsText(bytes: Buffer, at: number): boolean {
  let before = at - 1;
  while ((bytes[before] ?? 0xff) <= blank) before--;
  return bytes[before] === quote;
}

/** True of a quote behind an even number of backslashes. */
function endsText(bytes: Buffer, at: number): boolean {
  let from = at;
  while (bytes[from - 1] === backslash) from--;
  return (at - from) % 2 === 0;
}

type Level = { readonly keys: Set<string> | null; name: string; index: number };

/** The path of the first key that stands twice in its object, or null; the text has to be valid JSON. */
export function doubledKey(text: string): readonly (string | number)[] | null {
  const levels: Level[] = [];
  let expectsKey = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    const level = levels.at(-1);
    if (char === '"') {
      const end = endOfText(text, at);
      if (expectsKey && level?.keys != null) {
        level.name = String(JSON.parse(text.slice(at, end)));
        if (level.keys.has(level.name))
          return levels.map(({ keys, name, index }) => (keys === null ? index : name));
        level.keys.add(level.name);
        expectsKey = false;
      }
      at = end - 1;
    } else if (char === "{" || char === "[") {
      levels.push({ keys: char === "{" ? new Set() : null, name: "", index: 0 });
      expectsKey = char === "{";
    } else if (char === "}" || char === "]") {
      levels.pop();
    } else if (char === "," && level !== undefined) {
      level.index++;
      expectsKey = level.keys !== null;
    }
  }
  return null;
}

/** The position behind the text that starts at a quote. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
