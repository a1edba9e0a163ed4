import { describe, expect, test } from "vitest";

import { laneId } from "../engine/calls/lanes.ts";
import { answerLine, itemLine, scoreLine } from "../report/testing/lines.ts";
import { step } from "../report/view/view.ts";
import { frame } from "./frame.ts";
import { createLiveScores } from "./pages/live-scores.ts";
import { hostileLines, frameDataOf } from "./testing/frame-data.ts";
import { casesOf, dangerous, drawnByInk, textOf, tooWide } from "./testing/frames.tsx";
import { initialUiState, type UiState } from "./ui-state.ts";

const reading: UiState["reading"] = {
  key: "chinese-traits/成语-0/i0#1@qwen/qwen-plus",
  lines: hostileLines(),
};
const uiStates: Readonly<Record<string, Partial<UiState>>> = {
  targets: { page: "targets" },
  dimensions: { page: "dimensions" },
  failures: { page: "failures" },
  "a failure further down": {
    page: "failures",
    selected: { targets: 0, dimensions: 0, failures: 20, answers: 0 },
  },
  answers: { page: "answers" },
  conversation: { page: "answers", reading },
  "the end of a conversation": { page: "answers", reading, scroll: 100_000 },
  "a conversation not read yet": { page: "answers", reading: { key: "k", lines: null } },
  "a conversation that is not there": { page: "answers", reading: { key: "k", lines: "missing" } },
  paused: { page: "targets", paused: true },
};
const cases = casesOf(uiStates);
/** A run is the same on every screen. */
const runs = {
  zh: frameDataOf({ columns: 80, rows: 24 }, "zh"),
  en: frameDataOf({ columns: 80, rows: 24 }, "en"),
};

describe.each(cases)("$name in $lang at $columns×$rows", ({ ui, lang, columns, rows }) => {
  const lines = frame({ ...runs[lang], columns, rows, ui: { ...initialUiState, ...ui } });

  test("fills the screen, and no line is too wide", () => {
    expect(lines).toHaveLength(rows);
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

test.each([
  ["zh", "本次还没有回答（之前的 7 条见报告页，或用 review 查看）。"],
  ["en", "No answers yet in this session (the 7 before it: the report page, or review)."],
] as const)(
  "answers of earlier sessions are neither hidden nor counted twice, in %s",
  (lang, told) => {
    const data = frameDataOf({ columns: 80, rows: 24 }, lang, { page: "answers" });
    for (const [index, target] of data.view.targets.entries()) {
      target.toAskAgain = target.totals.answers - (index === 0 ? 7 : 0);
    }
    const drawn = frame({ ...data, recent: [] }).map(textOf);
    expect(drawn.filter((line) => line.includes(told))).toHaveLength(1);
    expect(drawn[1]).toContain(" 7/120 ");
  },
);

test("a wide screen shows more columns than a narrow one", () => {
  const title = (columns: number): string =>
    textOf(frame(frameDataOf({ columns, rows: 24 }, "zh"))[5] ?? []);
  expect(title(80)).not.toContain("限额");
  expect(title(160)).toContain("限额");
});

test.each([
  ["zh", "放不下（", "字符/秒"],
  ["en", "in a wider window: ", "chars/s"],
] as const)("a narrow screen names the columns that it leaves out, in %s", (lang, told, column) => {
  const drawn = (columns: number): string =>
    frame(frameDataOf({ columns, rows: 24 }, lang))
      .map(textOf)
      .filter((line) => line.includes(told))
      .join();
  expect(drawn(80)).toContain(column);
  expect(drawn(240)).toBe("");
});

test.each([
  ["zh", /第 (\d+)–(\d+) 行，共 (\d+) 行/],
  ["en", /rows (\d+)–(\d+) of (\d+)/],
] as const)("rows below the fold are told and reached, in %s", (lang, told) => {
  const data = frameDataOf({ columns: 80, rows: 18 }, lang, { page: "dimensions" });
  const at = (dimensions: number): readonly string[] =>
    frame({
      ...data,
      ui: { ...data.ui, selected: { ...data.ui.selected, dimensions } },
    }).map(textOf);
  const range = (lines: readonly string[]): readonly number[] =>
    (told.exec(lines.join("\n")) ?? []).slice(1).map(Number);
  const all = 1 + (data.scores?.dimensions.length ?? 0);
  const [from, to = 0, of] = range(at(0));
  expect([from, of]).toEqual([1, all]);
  expect(to).toBeLessThan(all);
  expect(range(at(all - 1)).slice(1)).toEqual([all, all]);
  const last = data.scores?.dimensions.at(-1)?.path.at(-1) ?? "";
  expect(at(0).join("\n")).not.toContain(`  ${last} `);
  expect(at(all - 1).join("\n")).toContain(last);
  const whole = frame({ ...data, rows: 80 }).map(textOf);
  expect(range(whole)).toEqual([]);
});

test("the vendor's message is shown below the selected failure", () => {
  const shown = frame(frameDataOf({ columns: 80, rows: 24 }, "zh", { page: "failures" })).map(
    textOf,
  );
  expect(shown.join("\n")).toContain("屏幕");
});

test("the targets page names models other than those asked for", () => {
  const shown = frame(frameDataOf({ columns: 120, rows: 40 }, "zh", { page: "targets" })).map(
    textOf,
  );
  expect(shown.join("\n")).toContain("返回的模型名：m-2026-01-01 ×");
});

test("the limit of a run that goes on is that of now, with the highest one behind where it is lower", () => {
  const data = frameDataOf({ columns: 160, rows: 24 }, "zh");
  const entry = data.view.targets[0]?.entry ?? null;
  const drawn = (concurrency: number): string => {
    const now = { concurrency, cap: 6, rpm: null, why: null };
    const limits = new Map(entry === null ? [] : [[laneId(entry), now]]);
    return frame({ ...data, state: { ...data.state, limits } })
      .map(textOf)
      .join("\n");
  };
  expect(drawn(6)).toMatch(/ 6 路/);
  expect(drawn(4)).toContain("4 路，最多 6");
});

test("the share in the head is said to be the slowest target's", () => {
  const of = (lang: "zh" | "en"): string =>
    textOf(frame(frameDataOf({ columns: 120, rows: 24 }, lang))[1] ?? []);
  expect(of("zh")).toMatch(/最慢 \d+% {2}合计 [\d,]+\/[\d,]+/);
  expect(of("en")).toMatch(/slowest \d+% {2}in all [\d,]+\/[\d,]+/);
});

test.each([80, 160])("red lines are told beside the target at %i columns", (columns) => {
  const data = frameDataOf({ columns, rows: 24 }, "zh");
  const facts = { item: "chinese-traits/红线/r1", target: "qwen/qwen-plus@think" };
  for (const line of [
    itemLine(facts.item, { severity: "红线" }),
    answerLine(facts),
    scoreLine(facts, "partial", 0.5),
  ]) {
    step(data.view, line);
  }
  let now = 0;
  const scores = createLiveScores(data.view, () => (now += 0.001))(true);
  expect(
    frame({ ...data, scores })
      .map(textOf)
      .join("\n"),
  ).toContain("触及红线 1");
});
