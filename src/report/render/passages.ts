import type { Passage } from "../../domain/app/passage.ts";

/** Passages in their order, each with the number that citations name: `[1] 休假制度：员工每年有……`. */
export const passageTexts = (passages: readonly Passage[] = []): readonly string[] =>
  passages.map(
    ({ text, title, id }, at) =>
      `[${at + 1}] ${[title, id].filter((part) => part !== undefined).join(" · ")}${title === undefined && id === undefined ? "" : "："}${text}`,
  );
