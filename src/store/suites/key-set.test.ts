import fc from "fast-check";
import { expect, test } from "vitest";

import { createKeySet } from "./key-set.ts";

const operation = fc.record({
  what: fc.constantFrom("add", "add", "add", "delete"),
  key: fc.nat({ max: 40 }).map((number) => `题集/任务/i${number}#1@qwen/plus`),
});

test("behaves like a Set", () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 300 }), (operations) => {
      const real = createKeySet();
      const model = new Set<string>();
      for (const { what, key } of operations) {
        if (what === "add") {
          real.add(key);
          model.add(key);
        } else {
          real.delete(key);
          model.delete(key);
        }
        expect(real.has(key)).toBe(model.has(key));
      }
      expect(real.size()).toBe(model.size);
      for (let number = 0; number <= 40; number += 1) {
        const key = `题集/任务/i${number}#1@qwen/plus`;
        expect(real.has(key)).toBe(model.has(key));
      }
    }),
  );
});

test("300,000 similar keys stay distinct through growth and deletion", () => {
  const set = createKeySet();
  const key = (number: number) => `s/t/item-${number}#1@p/m`;
  const n = 300_000;
  for (let number = 0; number < n; number += 1) set.add(key(number));
  expect(set.size()).toBe(n);
  for (let number = 0; number < n; number += 3) set.delete(key(number));
  expect(set.size()).toBe(n - n / 3);
  for (let number = 0; number < n; number += 997) expect(set.has(key(number))).toBe(number % 3 > 0);
  for (let number = n; number < n + 1000; number += 1) expect(set.has(key(number))).toBe(false);
});

test("adding and deleting the same keys again and again does not fill it up", () => {
  const set = createKeySet();
  for (let round = 0; round < 20_000; round += 1) {
    set.add(`k${round}`);
    set.delete(`k${round}`);
  }
  expect(set.size()).toBe(0);
  expect(set.has("k19999")).toBe(false);
});

test("expected keys take 10 bytes each, and others are taken in as well", () => {
  const n = 200_000;
  const before = process.memoryUsage().arrayBuffers;
  const set = createKeySet(n);
  const bytes = process.memoryUsage().arrayBuffers - before;
  expect(bytes / n).toBeCloseTo(10, 1);
  for (let number = 0; number < n; number += 1) set.add(`expected ${number}`);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThanOrEqual(bytes);
  for (let number = 0; number < n; number += 1) set.add(`unexpected ${number}`);
  expect(set.size()).toBe(2 * n);
  expect(set.has(`expected ${n - 1}`)).toBe(true);
  expect(set.has(`unexpected ${n}`)).toBe(false);
});
