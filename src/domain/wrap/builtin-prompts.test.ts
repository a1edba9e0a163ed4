import { expect, test } from "vitest";

import type { Task } from "../suite.ts";

import { itemLine } from "../prompt.ts";
import { builtinPrompts, promptTemplate } from "./builtin-prompts.ts";
import { templateNames, unknownNames } from "./template.ts";

const item = { id: "i", question: "年假几天？", context: ["每年十天。", "病假须有证明。"] };
const task = (prompt: string): Task => ({
  id: "t",
  dimension: ["资料问答"],
  prompt,
  wordings: { short: "@cited-short" },
  items: [item],
  grader: { use: "open" },
});

test("a task names a prompt, and the passages have the numbers that citations name", () => {
  const line = itemLine({ id: "s" }, task("@cited"), item, [null, "short"]);
  const [asked, short] = line.asks.map(({ turns }) => turns[0]);
  expect(asked).toContain("资料：\n[1] 每年十天。\n\n[2] 病假须有证明。\n\n问题：年假几天？");
  expect(short).toContain("[1] 每年十天。");
  expect(short).not.toBe(asked);
  expect(line.context).toEqual(item.context);
});

test.each(Object.entries(builtinPrompts))("%s has places for passages and question", (_, text) => {
  expect(unknownNames(text, templateNames)).toEqual([]);
  expect(text).toContain("{{passages}}");
  expect(text).toContain("{{question}}");
});

test.each(["@nobody", "@ cited", "问：{{question}}", "a@cited"])("%s stays as it is", (prompt) => {
  expect(promptTemplate(prompt)).toBe(prompt);
});
