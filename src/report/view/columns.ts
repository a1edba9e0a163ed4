/** The arrays of numbers in which a column may be stored. */
type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Typed arrays of one length, addressed by row number, that grow together: by doubling, and once they are long by a quarter. */
export type ColumnStore<Shape extends Readonly<Record<string, Numbers>>> = {
  length: number;
  /** How many rows there is room for. */
  capacity: number;
  at: Shape;
};

/** Columns with the array types of `shape` and no rows. */
export const createColumns = <Shape extends Readonly<Record<string, Numbers>>>(
  shape: Shape,
): ColumnStore<Shape> => ({ length: 0, capacity: 0, at: shape });

/** Adds a row of zeros and returns its number. Arrays taken from `at` before may be empty afterwards. */
export function addRow<Shape extends Readonly<Record<string, Numbers>>>(
  columns: ColumnStore<Shape>,
): number {
  const row = columns.length;
  if (row >= columns.capacity) {
    columns.capacity = row < 4_096 ? Math.max(16, row * 2) : row + (row >> 2);
    columns.at = grown(columns.at, columns.capacity);
  }
  columns.length = row + 1;
  return row;
}

function grown<Shape extends Readonly<Record<string, Numbers>>>(at: Shape, size: number): Shape {
  const entries = Object.entries(at).map(([name, old]) => [name, lengthened(old, size)]);
  return Object.fromEntries(entries) as Shape;
}

/** The same numbers and then zeros; the memory of the old array is given back at once and not at the next collection. */
function lengthened<Old extends Numbers>(old: Old, size: number): Old {
  const Type = old.constructor as new (buffer: ArrayBuffer) => Old;
  return new Type((old.buffer as ArrayBuffer).transfer(size * old.BYTES_PER_ELEMENT));
}

/**
 * Numbers strings from 0 in the order in which they come, and keeps 64 bits of each instead of its text:
 * a million answer keys take 24 MB, however long they are. Two of a million different strings are taken
 * for one with a probability of about 3e-8.
 */
export type KeyTable = { size: number; slots: Int32Array; high: Uint32Array; low: Uint32Array };

export const createKeyTable = (): KeyTable => ({
  size: 0,
  slots: new Int32Array(64),
  high: new Uint32Array(32),
  low: new Uint32Array(32),
});

/** The number of `key`; a new key is given the next one. */
export function numberOf(table: KeyTable, key: string): number {
  hash(key);
  return numberOfHash(table, hashHigh, hashLow);
}

/** The number of `key`, or -1. */
export function findNumber(table: KeyTable, key: string): number {
  hash(key);
  return (table.slots[slotOf(table, hashHigh, hashLow)] ?? 0) - 1;
}

/** The number that `other` keeps for entry `index` of `table`, or -1: joins two tables without their texts. */
export const matchNumber = (table: KeyTable, index: number, other: KeyTable): number =>
  (other.slots[slotOf(other, table.high[index] ?? 0, table.low[index] ?? 0)] ?? 0) - 1;

/** The 64 bits kept for an entry, as 16 hex digits. */
export const fingerprintOf = (table: KeyTable, index: number): string =>
  hex(table.high[index] ?? 0) + hex(table.low[index] ?? 0);

/** 32 bits of a digest, to see whether two differ: they are uniform, so that their first letters suffice. */
export function fingerprint32(digest: string): number {
  hash(digest, 16);
  return hashLow;
}

/** 32 bits of a whole text, never 0. */
export function hash32(text: string): number {
  hash(text);
  return hashLow === 0 ? 1 : hashLow;
}

const hex = (word: number): string => word.toString(16).padStart(8, "0");

function numberOfHash(table: KeyTable, high: number, low: number): number {
  let slot = slotOf(table, high, low);
  const found = (table.slots[slot] ?? 0) - 1;
  if (found >= 0) return found;
  if (table.size * 2 >= table.slots.length) {
    enlarge(table);
    slot = slotOf(table, high, low);
  }
  const index = table.size++;
  table.slots[slot] = index + 1;
  table.high[index] = high;
  table.low[index] = low;
  return index;
}

/** The slot of an entry, or the free slot where it belongs. */
function slotOf({ slots, high: highs, low: lows }: KeyTable, high: number, low: number): number {
  const mask = slots.length - 1;
  let slot = low & mask;
  for (;;) {
    const index = (slots[slot] ?? 0) - 1;
    if (index < 0 || (lows[index] === low && highs[index] === high)) return slot;
    slot = (slot + 1) & mask;
  }
}

function enlarge(table: KeyTable): void {
  const count = table.slots.length * 2;
  (table.slots.buffer as ArrayBuffer).transfer(0);
  table.slots = new Int32Array(count);
  table.high = lengthened(table.high, count / 2);
  table.low = lengthened(table.low, count / 2);
  for (let index = 0; index < table.size; index++) {
    table.slots[slotOfNew(table, index)] = index + 1;
  }
}

function slotOfNew({ slots, low }: KeyTable, index: number): number {
  const mask = slots.length - 1;
  let slot = (low[index] ?? 0) & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  return slot;
}

let hashHigh = 0;

let hashLow = 0;

/** Two multiplicative lanes over the UTF-16 units, each finished by MurmurHash3's 32-bit mix (Appleby). */
function hash(key: string, length = key.length): void {
  let a = 0x9747b28c;
  let b = key.length;
  for (let i = 0; i < Math.min(length, key.length); i++) {
    const unit = key.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
    b ^= b >>> 15;
  }
  hashLow = mix(a ^ (b >>> 16));
  hashHigh = mix(b ^ hashLow);
}

function mix(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
