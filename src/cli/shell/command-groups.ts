import type { Text } from "../../domain/text.ts";

/** The groups of commands, in the order in which help and documentation list them. */
export const commandGroups = {
  prepare: { zh: "准备", en: "Set up" },
  run: { zh: "运行", en: "Run" },
  grade: { zh: "评分与裁定", en: "Grade" },
  compare: { zh: "看结果、比较", en: "Results" },
} as const satisfies Readonly<Record<string, Text>>;

export type CommandEntry = {
  readonly group: keyof typeof commandGroups;
  readonly summary: Text;
  /** Formats of the files that it reads and writes: ours with their version, others by their common name. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
};
