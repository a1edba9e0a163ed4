import { describe, expect, test } from "vitest";

import type { Gold } from "../../domain/grader.ts";

import { grader } from "../../graders/choice.ts";
import { gradeSample } from "../grade.ts";
import { parseGraderOptions } from "../graders.ts";
import { sampleOf } from "./sample.ts";

type Labelled = readonly [label: string, words: string];

/** Ways to spell a list of options. */
const spellings: Readonly<Record<string, (chosen: readonly Labelled[]) => string>> = {
  "A、C、D": (chosen) => labelsOf(chosen).join("、"),
  "A、C、D。": (chosen) => `${labelsOf(chosen).join("、")}。`,
  "A, C, D": (chosen) => labelsOf(chosen).join(", "),
  "A, C, D.": (chosen) => `${labelsOf(chosen).join(", ")}.`,
  "A,C,D": (chosen) => labelsOf(chosen).join(","),
  "A，C，D": (chosen) => labelsOf(chosen).join("，"),
  "A，C，D．": (chosen) => `${labelsOf(chosen).join("，")}．`,
  "A；C；D": (chosen) => labelsOf(chosen).join("；"),
  "A/C/D": (chosen) => labelsOf(chosen).join("/"),
  "A+C+D": (chosen) => labelsOf(chosen).join("+"),
  "A C D": (chosen) => labelsOf(chosen).join(" "),
  ACD: (chosen) => labelsOf(chosen).join(""),
  "A. C. D.": (chosen) =>
    labelsOf(chosen)
      .map((label) => `${label}.`)
      .join(" "),
  "(A)(C)(D)": (chosen) =>
    labelsOf(chosen)
      .map((label) => `(${label})`)
      .join(""),
  "（A）（C）（D）": (chosen) =>
    labelsOf(chosen)
      .map((label) => `（${label}）`)
      .join(""),
  "（A）、（C）、（D）": (chosen) =>
    labelsOf(chosen)
      .map((label) => `（${label}）`)
      .join("、"),
  "[A, C, D]": (chosen) => `[${labelsOf(chosen).join(", ")}]`,
  A和C和D: (chosen) => labelsOf(chosen).join("和"),
  "A项、C项、D项": (chosen) =>
    labelsOf(chosen)
      .map((label) => `${label}项`)
      .join("、"),
  "Ａ、Ｃ、Ｄ": (chosen) => labelsOf(chosen).map(fullWidth).join("、"),
  "①、③、④": (chosen) => labelsOf(chosen).map(circled).join("、"),
  "A（甲）、C（丙）": (chosen) => chosen.map(([label, words]) => `${label}（${words}）`).join("、"),
  "A. 甲、C. 丙": (chosen) => chosen.map(([label, words]) => `${label}. ${words}`).join("、"),
  "甲（A）、丙（C）": (chosen) => chosen.map(([label, words]) => `${words}（${label}）`).join("、"),
  "甲、丙": (chosen) => chosen.map(([, words]) => words).join("、"),
  "A\nC\nD": (chosen) => labelsOf(chosen).join("\n"),
};

const labelsOf = (chosen: readonly Labelled[]): readonly string[] => chosen.map(([label]) => label);
const fullWidth = (label: string): string => String.fromCharCode(label.charCodeAt(0) + 0xfee0);
const circled = (label: string): string => String.fromCharCode(label.charCodeAt(0) - 65 + 0x2460);

const wrappers: Readonly<Record<string, (list: string) => string>> = {
  bare: (list) => list,
  announced: (list) => `答案：${list}`,
  bold: (list) => (list.includes("\n") ? list : `**${list}**`),
  tag: (list) => `<answer>${list}</answer>`,
  discussed: (list) => `逐项分析后可以得出结论。\n\n答案：${list}\n\n如果还有疑问，请随时告诉我。`,
};

const animals = { A: "白鹭", B: "鲤鱼", C: "蝙蝠", D: "蜻蜓" };
const golds: Readonly<Record<string, Partial<Gold>>> = {
  single: { question: "下列动物中，属于鱼类的是", options: animals, answer: "B" },
  multi: { question: "（多选）下列动物中，会飞的有", options: animals, answer: ["A", "C", "D"] },
  negated: {
    question: "（多选）下列动物中，不属于鱼类的有",
    options: animals,
    answer: ["A", "C", "D"],
  },
};

const options = parseGraderOptions(grader, {});
const cases = Object.entries(golds).flatMap(([kind, gold]) =>
  Object.keys(wrappers).map((wrapper) => [kind, wrapper, gold] as const),
);

describe.each(cases)("%s, %s", (_, wrapper, gold) => {
  const right = [gold.answer ?? ""].flat().map(String);
  const chosen = Object.entries(animals).filter(([label]) => right.includes(label));

  test.each(Object.entries(spellings))("%s", async (_spelling, spell) => {
    const reply = wrappers[wrapper]?.(spell(chosen)) ?? "";
    const { extracted, why } = await gradeSample(grader, options, sampleOf(reply, gold));
    expect([reply, extracted, why]).toEqual([reply, right.join(""), why]);
  });
});
