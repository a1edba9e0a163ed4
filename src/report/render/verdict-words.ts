import type { Verdict } from "../../domain/grader.ts";
import type { Text } from "../../domain/text.ts";

export const verdictWords: Readonly<Record<Verdict, Text>> = {
  right: { zh: "对", en: "right" },
  wrong: { zh: "错", en: "wrong" },
  partial: { zh: "部分对", en: "partial" },
  unresolved: { zh: "未解析", en: "unresolved" },
  filtered: { zh: "过滤", en: "filtered" },
  overflow: { zh: "超长", en: "overflow" },
  ungraded: { zh: "未判", en: "ungraded" },
  failed: { zh: "失败", en: "failed" },
};
