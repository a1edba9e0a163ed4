import { join } from "node:path";

import type { Tool } from "./tool.ts";

/** The reference: asks, reads and joins, and nothing else. */
export const bare: Tool = {
  name: "bare dispatch loop",
  home: null,
  version: () => null,
  isStreaming: true,
  prepare: ({ url, items, streams }) => ({
    command: process.execPath,
    args: [join(import.meta.dirname, "../kit/bare.ts"), url, String(items), String(streams)],
  }),
  right: () => null,
};
