import { setFlagsFromString } from "node:v8";

/**
 * Keeps this process small while it runs for hours. Left alone, V8 lets what is young grow to 128 MB and collects what is
 * old when it has doubled or more; of a run neither is ever larger than some 20 MB. Both flags are read at each collection.
 */
export function keepHeapSmall(): void {
  // No larger than it has become by now.
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=100");
}
