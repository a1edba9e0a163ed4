import { wilson } from "../../src/stats/interval.ts";

/** A share with Wilson's 95 % interval, such as `2/41 = 4.9% (1.3–16.1%)`. */
export function rate(count: number, of: number): string {
  if (of === 0) return "0/0";
  const { low, high } = wilson(count / of, of);
  const percent = (value: number): string => (value * 100).toFixed(1);
  return `${count}/${of} = ${percent(count / of)}% (${percent(low)}–${percent(high)}%)`;
}
