import { describe, expect, test } from "vitest";

import type { Lang } from "../../domain/text.ts";
import type { RulingUiState, RulingFrameData } from "./ui-state.ts";

import { answerLine, itemLine, scoreLine } from "../../report/testing/lines.ts";
import { hostile } from "../testing/frame-data.ts";
import { casesOf, dangerous, drawnByInk, textOf, tooWide } from "../testing/frames.tsx";
import { caseLines } from "./case-lines.ts";
import { rulingFrame, rulingLength, rulingRoom } from "./frame.ts";
import { initialRulingUiState } from "./keymap.ts";

const target = "qwen/qwen-plus@think";
const item = "chinese-traits/成语/i1";

function frameDataOf(
  size: { readonly columns: number; readonly rows: number },
  lang: Lang,
  ui: Partial<RulingUiState> = {},
  text = hostile,
): RulingFrameData {
  const asked = itemLine(item, { turns: [{ reference: hostile, rubric: ["准确", "通顺"] }] });
  const answer = answerLine({ item, target, text });
  const ballot = { judge: "zhipu/glm", vote: 1, value: 0.8, reason: hostile, invalid: null };
  const score = { ...scoreLine({ item, target }, "wrong"), extracted: hostile, ballots: [ballot] };
  return {
    ui: { ...initialRulingUiState(true), ...ui },
    shown: {
      entry: {
        key: answer.key,
        why: ["disputed", "random"],
        answer_at: 1,
        item_at: 0,
        score_at: 2,
        ruled: new Map(),
        draw: null,
      },
      item: { ...asked, asks: asked.asks.map((ask) => ({ ...ask, turns: [hostile] })) },
      answer,
      score,
    },
    total: 44,
    made: new Map([[0, { verdict: "partial", value: 0.6, reason: hostile }]]),
    who: "张三 " + hostile,
    lang,
    ...size,
  };
}

const draft = {
  verdict: "partial",
  field: "reason",
  points: "60",
  reason: "因为".repeat(200),
} as const;
const uiStates: Readonly<Record<string, Partial<RulingUiState>>> = {
  "an answer": {},
  "its end": { scroll: 100_000 },
  "with the verdict hidden": { revealed: false },
  "not ruled on yet": { at: 3 },
  "points being written": { draft: { ...draft, field: "points" } },
  "a long reason being written": { draft },
  "a mistake": { draft, note: { zh: "错".repeat(100), en: "wrong ".repeat(40) } },
  "after the last": { at: 44 },
};
const cases = casesOf(uiStates);

describe.each(cases)("$name in $lang at $columns×$rows", ({ ui, lang, columns, rows }) => {
  const lines = rulingFrame(frameDataOf({ columns, rows }, lang, ui));

  test("fills the screen, and no line is too wide", () => {
    expect(lines.length).toBe(columns < 30 ? 1 : rows);
    expect(tooWide(lines, columns)).toEqual([]);
  });

  test("contains nothing that could move the cursor", () => {
    expect(dangerous(lines)).toEqual([]);
  });

  test("Ink draws every line unchanged", () => {
    const { drawn, meant } = drawnByInk(lines, columns);
    expect(drawn).toEqual(meant);
  });
});

const shownText = (ui: Partial<RulingUiState>, text: string, rows = 24): string =>
  rulingFrame(frameDataOf({ columns: 80, rows }, "zh", ui, text))
    .map(textOf)
    .join("\n");

test("a hidden verdict shows neither the word, nor the judges' marks, nor their reasons", () => {
  const shown = shownText({ revealed: false }, "好", 5_000);
  expect(shown).not.toMatch(/zhipu|评分器：|choice|裁判分歧/);
  expect(shownText({}, "好", 5_000)).toMatch(/zhipu\/glm #1: 80/);
});

test("a long answer scrolls to its last line, and code keeps its indentation", () => {
  const lines = Array.from({ length: 3_000 }, (_, index) => `    第 ${index} 行`);
  const data = frameDataOf({ columns: 80, rows: 24 }, "zh", { scroll: 1e9 }, lines.join("\n"));
  expect(rulingLength(data)).toBeGreaterThan(3_000);
  const shown = rulingFrame(data).map(textOf);
  expect(shown).toContain("    第 2999 行");
  expect(shown.join("\n")).toContain(`/${rulingLength(data)} 行`);
  expect(rulingRoom(24)).toBe(19);
});

test("an earlier ruling is shown", () => {
  expect(shownText({}, "好")).toContain("已裁：部分对 60.0 · ");
});

test("an agent's answer is one reply, with all that it called and what came back", () => {
  const data = frameDataOf({ columns: 100, rows: 60 }, "zh", { revealed: false }, "都办好了。");
  const { shown } = data;
  if (shown === null || typeof shown !== "object") throw new Error("nothing is shown");
  const [last] = shown.answer.turns;
  if (last === undefined) throw new Error("an answer without a call");
  const call = { id: "c1", name: "submit_claim", arguments: "{}" };
  const turns = [
    { ...last, text: "", tool_calls: [call], results: [{ ...call, content: "已提交" }] },
    last,
  ];
  const answer = { ...shown.answer, turns };
  const text = caseLines({ ...shown, answer }, "zh", 100, false)
    .map(textOf)
    .join("\n");
  expect(text.match(/→ submit_claim/g)).toHaveLength(1);
  expect(text.match(/← 已提交/g)).toHaveLength(1);
  expect(text).toContain("#2 · 1.20 s");
});
