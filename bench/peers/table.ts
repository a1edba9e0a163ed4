import type { Measured } from "./measure.ts";
import type { Tool } from "./tool.ts";

/** A line of the table: the same in every language. */
export const peerRow = (
  { name, isStreaming }: Pick<Tool, "name" | "isStreaming">,
  version: string | null,
  figures: Measured,
): readonly string[] => [
  version === null ? name : `${name} ${version}`,
  String(figures.streams),
  String(figures.items),
  isStreaming ? "✓" : "—",
  figures.rate.toFixed(0),
  `${figures.cpu_ms.toFixed(2)} ms`,
  `${figures.rss_mb.toFixed(0)} MB`,
  `${figures.first_s.toFixed(2)} s`,
  `${figures.first_cpu_s.toFixed(1)} s`,
  figures.right === null ? "—" : String(figures.right),
  `${(figures.server * 100).toFixed(0)}%`,
];
