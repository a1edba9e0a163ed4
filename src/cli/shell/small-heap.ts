import { setFlagsFromString } from "node:v8";

/**
 * Keeps this process small while it runs for hours or reads a year of nights. By default, V8 lets the young generation grow
 * to 128 MB, and the old one to a multiple of what is alive before it collects. Both flags are read at each collection.
 */
export function keepHeapSmall(growth: 25 | 100 = 100): void {
  // The young generation stays as large as it is now.
  setFlagsFromString("--semi-space-growth-factor=1");
  // The old one grows to twice what is alive. Less would cost the transport thread more than it saves, but not a reader.
  setFlagsFromString(`--heap-growing-percent=${growth}`);
}
