import type { Text } from "../../../domain/text.ts";

export const sheetNames = {
  conclusion: { zh: "结论", en: "Conclusion" },
  board: { zh: "总表", en: "Table" },
  sums: { zh: "合计", en: "Sums" },
  dimensions: { zh: "维度", en: "Dimensions" },
  cells: { zh: "维度明细", en: "Dimensions unrounded" },
  answers: { zh: "题目与作答", en: "Items and replies" },
  failures: { zh: "失败", en: "Failures" },
  method: { zh: "方法", en: "Method" },
} as const satisfies Readonly<Record<string, Text>>;
