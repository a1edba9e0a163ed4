import { expect, test } from "vitest";

import { answerLine, itemLine, scoreLine } from "../../testing/lines.ts";
import { verdictText } from "./verdict-text.ts";

const at = { item: "s/t/1", target: "a/m" };

test.each([
  ["抱歉，恕难作答。", "unresolved", null, "未解析（拒绝作答）", "unresolved (refused)"],
  ["", "unresolved", null, "未解析（空回复）", "unresolved (empty)"],
  ["这题很有意思。", "unresolved", null, "未解析", "unresolved"],
  ["答案是 12。", "wrong", "12", "错", "wrong"],
  ["答案是 13。", "right", "13", "对", "right"],
] as const)("%j graded %s", (text, verdict, extracted, zh, en) => {
  const shown = {
    item: itemLine(at.item),
    answer: answerLine({ ...at, text }),
    score: { ...scoreLine(at, verdict), extracted },
  };
  expect(verdictText(shown, "zh")).toBe(zh);
  expect(verdictText(shown, "en")).toBe(en);
});

test("of an item that must be refused, and of an answer that is not at hand, the verdict alone is said", () => {
  const score = { ...scoreLine(at, "unresolved"), extracted: null };
  const answer = answerLine({ ...at, text: "抱歉，恕难作答。" });
  const item = itemLine(at.item, { turns: [{ expect: "refuse" }] });
  expect(verdictText({ item, answer, score }, "zh")).toBe("未解析");
  expect(verdictText({ item: null, answer: null, score }, "zh")).toBe("未解析");
});
