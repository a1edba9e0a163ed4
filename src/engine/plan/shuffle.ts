import { seededRandom } from "../../stats/random.ts";

/** The numbers from 0, as many as `count`. */
export function numbersTo(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let number = 0; number < count; number += 1) numbers[number] = number;
  return numbers;
}

/** Fisher–Yates shuffle of a copy. */
export const shuffled = (values: Uint32Array, seed: number): Uint32Array =>
  shuffle(values.slice(), seed);

/** Fisher–Yates shuffle in place. */
export function shuffle(values: Uint32Array, seed: number): Uint32Array {
  const random = seededRandom(seed);
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const value = values[last] ?? 0;
    values[last] = values[other] ?? 0;
    values[other] = value;
  }
  return values;
}
