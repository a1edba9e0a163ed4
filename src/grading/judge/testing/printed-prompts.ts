import { claimsContract } from "../../grounding/ask-judge.ts";
import { readerContract } from "../../reader/contract.ts";
import { sameContract } from "../../reader/same-contract.ts";
import { sampleOf } from "../../testing/sample.ts";
import { checklistContract, marksContract } from "../marks.ts";
import { JudgeOptions } from "../options.ts";
import { pairContract } from "../pair.ts";

const sample = sampleOf("共 42 人。", {
  question: "每排 6 人，站了 7 排，共多少人？",
  answer: 42,
  rubric: ["写出算式"],
});

/** The prompts that docs/judge-prompts.md prints, as they are sent. */
export const printedPrompts: readonly string[] = [
  marksContract(sample, JudgeOptions.parse({})).prompt,
  checklistContract(sample, JudgeOptions.parse({ mode: "checklist" })).prompt,
  pairContract(
    sample,
    { candidate: ["共 42 人。"], baseline: ["6 × 7 = 42，共 42 人。"], asked: [] },
    JudgeOptions.parse({ mode: "pair", baseline: { target: "a/b" } }),
    true,
  ).prompt,
  claimsContract(
    "年假有几天？",
    ["满五年的员工每年休十五天。"],
    ["员工入职满一年后每年有十天带薪年假，满五年为十五天。"],
  ).prompt,
  readerContract(
    {
      question: "会造成酸雨的主要是？",
      options: { A: "二氧化碳", B: "二氧化硫" },
      reply: "二氧化碳不算，元凶是 SO₂。",
    },
    { kind: "letters", labels: ["A", "B"], several: false, parts: null },
  ).prompt,
  sameContract({ question: "《兰亭集序》的作者是谁？", gold: "王羲之", answer: "王右军" }).prompt,
];
