/** Fewer samples tell nothing about a p99. */
export const fewestTimingSamples = 10;
