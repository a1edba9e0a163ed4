/**
 * A set of texts that stores 8 bytes plus some slack for each: a million keys cost 10 to 15 MB, or 10 where they were expected.
 * Membership is by a 64-bit hash: among a million keys the chance that any two collide is about 3e-8.
 */
export type KeySet = {
  readonly add: (key: string) => void;
  readonly has: (key: string) => boolean;
  readonly delete: (key: string) => void;
  readonly size: () => number;
};

const fewestSlots = 1_024;
const fullest = 0.8;
const growth = 1.5;

/**
 * Has room for the keys that are expected from the start, so that it neither grows nor leaves smaller ones behind. The low word
 * holds the slot's state: 0 is free, 1 is deleted; hashes avoid both.
 */
export function createKeySet(expected = 0): KeySet {
  let capacity = Math.max(fewestSlots, Math.ceil(expected / fullest) + 1);
  let slots = new Uint32Array(capacity * 2);
  let used = 0;
  let size = 0;

  const find = (low: number, high: number): number => {
    let slot = Math.floor((high / 2 ** 32) * capacity);
    let reusable = -1;
    for (;;) {
      const value = slots[slot * 2];
      if (value === 0) return reusable === -1 ? slot : reusable;
      if (value === 1 && reusable === -1) reusable = slot;
      if (value === low && slots[slot * 2 + 1] === high) return slot;
      slot += 1;
      if (slot === capacity) slot = 0;
    }
  };

  const insert = (low: number, high: number): void => {
    const slot = find(low, high);
    const value = slots[slot * 2];
    if (value === low && slots[slot * 2 + 1] === high) return;
    if (value === 0) used += 1;
    size += 1;
    slots[slot * 2] = low;
    slots[slot * 2 + 1] = high;
    if (used > capacity * fullest) grow();
  };

  const grow = (): void => {
    const old = slots;
    // Where most of it was deleted, it need not be larger.
    capacity = Math.max(capacity, Math.ceil((size * growth) / fullest));
    slots = new Uint32Array(capacity * 2);
    used = 0;
    size = 0;
    for (let index = 0; index < old.length; index += 2) {
      const low = old[index] ?? 0;
      if (low > 1) insert(low, old[index + 1] ?? 0);
    }
  };

  return {
    add: (key) => insert(lowHash(key), highHash(key)),
    has: (key) => size > 0 && slots[find(lowHash(key), highHash(key)) * 2] === lowHash(key),
    delete: (key) => {
      const slot = find(lowHash(key), highHash(key));
      if (slots[slot * 2] !== lowHash(key)) return;
      slots[slot * 2] = 1;
      size -= 1;
    },
    size: () => size,
  };
}

const lowHash = (key: string): number => Math.max(2, hash(key, 0x811c9dc5));
const highHash = (key: string): number => hash(key, 0x9747b28c);

/** FNV-1a over UTF-16 units, then the finaliser of MurmurHash3 so that every bit depends on every unit. */
function hash(key: string, seed: number): number {
  let state = seed;
  for (let index = 0; index < key.length; index += 1) {
    state = Math.imul(state ^ key.charCodeAt(index), 0x01000193);
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
