import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { Lang } from "../../domain/text.ts";

/** Replies to items that name a risk, may do harm to who reads or forwards them. */
export const isFolded = ({ risk, turns }: Pick<ItemLine, "risk" | "turns">): boolean =>
  risk !== undefined && turns.every(({ expect }) => expect !== "answer");

/** What stands for such a reply: its length, so that an empty one is seen. */
export function foldedText(text: string, lang: Lang): string {
  const length = Array.from(text).length;
  if (length === 0) return "";
  return lang === "zh"
    ? `〔风险题的回答已折叠，${length} 字；要看原文请加 --unfold〕`
    : `[reply to a risk item folded, ${length} characters; --unfold shows it]`;
}
