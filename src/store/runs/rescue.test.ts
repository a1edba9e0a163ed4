import { expect, test } from "vitest";

import { createMemory } from "./rescue.ts";

const mb = 1 << 20;

/** Lines of all lengths, numbered. */
function batch(from: number, lines: number): Buffer {
  const texts = Array.from(
    { length: lines },
    (_, at) => `${from + at} ${"答".repeat((7_919 * (from + at)) % 400)}\n`,
  );
  return Buffer.from(texts.join(""));
}

test("what is written last is remembered word for word, up to 16 MB of it", () => {
  const memory = createMemory(null);
  const written: Buffer[] = [];
  for (let from = 0, bytes = 0; bytes < 20 * mb; from += 50) {
    // Now and then, one that is larger than what is gathered.
    const part = batch(from, from % 5_000 === 0 ? 1_500 : 50);
    memory.add(part);
    written.push(part);
    bytes += part.length;
  }
  const all = Buffer.concat(written);
  const kept = Buffer.concat(memory.parts());
  expect(kept.length).toBe(memory.bytes());
  expect(kept.length).toBeGreaterThan(15 * mb);
  expect(kept.length).toBeLessThanOrEqual(16 * mb);
  expect(all.subarray(-kept.length).equals(kept)).toBe(true);
  expect(all.at(-kept.length - 1)).toBe("\n".charCodeAt(0));
  expect(memory.head()?.toString()).toBe("0 \n");
});

test("a part that is larger than all the room is still remembered", () => {
  const memory = createMemory(Buffer.from("head\n"));
  const large = Buffer.alloc(17 * mb, "a");
  memory.add(batch(0, 10));
  memory.add(large);
  expect(memory.bytes()).toBe(large.length);
  expect(Buffer.concat(memory.parts()).equals(large)).toBe(true);
  expect(memory.head()?.toString()).toBe("head\n");
});
