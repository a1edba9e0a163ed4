import { setFlagsFromString } from "node:v8";

/**
 * Keeps this process small while it runs for hours. Left alone, V8 lets what is young grow to 128 MB, and what is old to a
 * multiple of what lives before it collects it. Both flags are read at each collection.
 */
export function keepHeapSmall(): void {
  // No larger than it has become by now.
  setFlagsFromString("--semi-space-growth-factor=1");
  // To twice what lives. Less costs the transport thread more than it saves.
  setFlagsFromString("--heap-growing-percent=100");
}
