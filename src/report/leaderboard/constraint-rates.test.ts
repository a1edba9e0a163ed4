import { expect, test } from "vitest";

import { answerLine, itemLine, runLine, scoreLine, targetEntry } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { leaderboardOf } from "./leaderboard.ts";
import { footer } from "./notes/notes.ts";

type Notes = Readonly<Record<string, string | boolean>>;

const result = (name: string, ok: boolean | null): Notes => ({
  ...(ok === null ? {} : { [name]: ok }),
  [`${name}.zh`]: "理由",
  [`${name}.en`]: "reason",
});

/** The line about constraints, after scores with these notes. */
function ratesOf(notes: readonly Notes[], lang: "zh" | "en"): readonly string[] {
  const view = createView();
  step(view, runLine([targetEntry("a/m")], { size: { items: 2, per_target: 2, answers: 2 } }));
  for (const [index, own] of notes.entries()) {
    const item = `s/t/i${index}`;
    step(view, itemLine(item));
    step(view, answerLine({ item, target: "a/m" }));
    step(view, { ...scoreLine({ item, target: "a/m" }, "wrong"), notes: own });
  }
  return footer(view, leaderboardOf(view), lang).filter((line) =>
    /指令遵循率|Instructions/.test(line),
  );
}

const kept = [
  { ...result("1.length", true), ...result("2.length", false), ...result("3.starts", true) },
  { ...result("1.content", null), ...result("2.length", true), vendor_labels: true },
];

test("rates of constraints by kind, without what nobody answered", () => {
  expect(ratesOf(kept, "zh")).toEqual([
    "指令遵循率 a/m：75%（4 条约束中守住 3 条）；没有全守住的（守住/检查，各是什么要求见 docs/graders/constraints.zh-CN.md）：length 2/3。",
  ]);
  expect(ratesOf(kept, "en")).toEqual([
    "Instructions kept by a/m: 75% (3 of 4 constraints); not all kept (kept/checked; docs/graders/constraints.md says what each asks): length 2/3.",
  ]);
});

test("all kept, and the worst of many kinds", () => {
  expect(ratesOf([result("1.length", true)], "zh")).toEqual([
    "指令遵循率 a/m：100%（1 条约束中守住 1 条）。",
  ]);
  const many = Object.assign(
    {},
    ...Array.from({ length: 9 }, (_, at) => result(`${at + 1}.kind-${at}`, false)),
  ) as Notes;
  const [line = ""] = ratesOf([many], "zh");
  expect(line).toContain("kind-7 0/1等 9 种。");
  expect(line).not.toContain("kind-8");
});

test("no line where no constraint was checked", () => {
  expect(ratesOf([{ format_followed: true }], "zh")).toEqual([]);
});
