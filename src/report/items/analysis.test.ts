import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { GoldTurn, ReviewLine, RunFileLine } from "../../domain/run-file/lines.ts";
import type { ItemStatistics } from "./analysis.ts";

import { answerKey } from "../../domain/id.ts";
import { answerLine, itemLine, runLine, scoreLine, targetEntry } from "../testing/lines.ts";
import { itemAnalysis } from "./analysis.ts";
import { readResponses, type ReadOptions } from "./read.ts";
import { itemSections } from "./sections.ts";

const folder = mkdtempSync(join(tmpdir(), "baimo-items-"));
let files = 0;

function written(lines: readonly RunFileLine[]): string {
  const file = join(folder, `${++files}.jsonl`);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return file;
}

/** Two files, one after the other, analysed together. */
async function analysed(
  runs: readonly (readonly RunFileLine[])[],
  options: Partial<ReadOptions> = {},
) {
  const given = { suites: [], baselines: false, ...options };
  return itemAnalysis(await readResponses(runs.map(written), given));
}

type Sheet = {
  /** By target, a letter per item; `-` for an item that it was not asked, `?` for a reply without an answer. */
  readonly said: Readonly<Record<string, string>>;
  /** The right letters. */
  readonly golds: string;
  readonly id?: string;
  readonly targets?: readonly TargetEntry[];
  readonly trial?: number;
  readonly suite?: string;
  readonly turn?: Partial<GoldTurn>;
};

function linesOf({ said, golds, id = "r1", targets, trial = 1, suite = "s", turn }: Sheet) {
  const lines: RunFileLine[] = [runLine(targets ?? Object.keys(said), { id })];
  for (const [index, gold] of golds.split("").entries()) {
    const item = `${suite}/t/${index}`;
    const turns = [{ answer: gold, ...turn }];
    lines.push(itemLine(item, { turns, gold_digest: `gold ${gold}` }));
    for (const [target, letters] of Object.entries(said)) {
      const letter = letters[index] ?? "-";
      if (letter !== "-") lines.push(...answered({ item, target, trial }, letter, gold));
    }
  }
  return lines;
}

function answered(
  at: { readonly item: string; readonly target: string; readonly trial: number },
  letter: string,
  gold: string,
): readonly RunFileLine[] {
  const verdict = letter === "?" ? "unresolved" : letter === gold ? "right" : "wrong";
  const extracted = letter === "?" ? null : letter;
  const text =
    "想来想去也没有想出一个说得过去的理由，只能靠猜，因此请不要太相信下面这个答案，它多半是错的。";
  return [answerLine({ ...at, text }), { ...scoreLine(at, verdict), extracted }];
}

const at = (items: readonly ItemStatistics[], index: number): ItemStatistics | undefined =>
  items.find(({ item }) => item.endsWith(`/${index}`));

test("share, distractors, dead items and discrimination", async () => {
  const { items, respondents } = await analysed([
    linesOf({
      golds: "AABB",
      said: { "a/x": "AABB", "b/y": "AACB", "c/z": "ACCC", "d/w": "A?CD" },
    }),
  ]);
  expect(respondents).toBe(4);
  expect(at(items, 0)).toMatchObject({
    answers: 4,
    share: 1,
    dead: "all_right",
    discrimination: null,
  });
  expect(at(items, 1)).toMatchObject({
    share: 0.5,
    dead: null,
    unknown: 1,
    chosen: [
      { answer: "A", count: 2, gold: true },
      { answer: "B", count: 0, gold: false },
      { answer: "C", count: 1, gold: false },
      { answer: "D", count: 0, gold: false },
    ],
  });
  // numpy.corrcoef([1, 1, 0, 0], [3, 2, 1, 1]) with the rest scores of the four
  expect(at(items, 1)?.discrimination).toBeCloseTo(0.9045340337332909, 12);
  expect(at(items, 1)?.discrimination_interval).toBeNull();
});

test("the interval of a discrimination is Fisher's", async () => {
  const said = Object.fromEntries(
    ["AAA", "AAB", "ABB", "BAA", "BBB", "BBA"].map((letters, index) => [`m/${index}`, letters]),
  );
  const { items } = await analysed([linesOf({ golds: "AAA", said })]);
  // r = numpy.corrcoef([1, 1, 1, 0, 0, 0], [2, 1, 0, 2, 0, 1]) = 0; tanh(±1.959964 / sqrt(6 - 3))
  expect(at(items, 0)?.discrimination).toBeCloseTo(0, 12);
  expect(at(items, 0)?.discrimination_interval?.low).toBeCloseTo(-0.81156, 5);
  expect(at(items, 0)?.discrimination_interval?.high).toBeCloseTo(0.81156, 5);
});

test("with two respondents there is neither discrimination nor a dead item", async () => {
  const { items } = await analysed([linesOf({ golds: "AB", said: { "a/x": "AB", "b/y": "AC" } })]);
  expect(at(items, 0)).toMatchObject({ dead: null, discrimination: null, answers: 2 });
});

test("trials and runs are respondents of their own, and a run that is read again replaces itself", async () => {
  const first = linesOf({ golds: "AB", said: { "a/x": "AC", "b/y": "AB" } });
  const again = linesOf({ golds: "AB", said: { "a/x": "AB", "b/y": "AB" } });
  const trial = linesOf({ golds: "AB", said: { "a/x": "AB" }, trial: 2 });
  const other = linesOf({ golds: "AB", said: { "a/x": "AD" }, id: "r2" });
  const { items, respondents, runs } = await analysed([[...first, ...trial.slice(1)], other]);
  expect(respondents).toBe(4);
  expect(runs).toEqual(["r1", "r2"]);
  expect(at(items, 1)).toMatchObject({ answers: 4, targets: 2, share: 0.5 });
  const regraded = await analysed([first, again]);
  expect(regraded.respondents).toBe(2);
  expect(at(regraded.items, 1)).toMatchObject({ answers: 2, share: 1 });
});

test("one id with two golds is two items", async () => {
  const { items } = await analysed([
    linesOf({ golds: "AB", said: { "a/x": "AB", "b/y": "AB", "c/z": "AB" } }),
    linesOf({ golds: "AC", said: { "a/x": "AB", "b/y": "AB", "c/z": "AB" }, id: "r2" }),
  ]);
  expect(items.map(({ item, version, answers, share }) => [item, version, answers, share])).toEqual(
    [
      ["s/t/0", 1, 6, 1],
      ["s/t/1", 1, 3, 1],
      ["s/t/1", 2, 3, 0],
    ],
  );
});

test("baselines are left out unless asked for", async () => {
  const targets = [targetEntry("a/x"), targetEntry("baseline/first", { baseline: true })];
  const lines = linesOf({ golds: "AB", said: { "a/x": "AB", "baseline/first": "AA" }, targets });
  expect(await analysed([lines])).toMatchObject({ respondents: 1, baselines: ["baseline/first"] });
  expect(await analysed([lines], { baselines: true })).toMatchObject({
    respondents: 2,
    baselines: [],
  });
});

test("a suite can be chosen, and scores on others do not count as rest", async () => {
  const one = linesOf({ golds: "AAB", said: { "a/x": "AAB", "b/y": "AAC", "c/z": "ACC" } });
  const other = linesOf({
    golds: "AB",
    said: { "a/x": "CC", "b/y": "AC", "c/z": "AB" },
    suite: "u",
    id: "r1",
  });
  const both = await analysed([[...one, ...other.slice(1)]]);
  const alone = await analysed([[...one, ...other.slice(1)]], { suites: ["s"] });
  expect(alone.items).toEqual(both.items.filter(({ suite }) => suite === "s"));
  expect(alone.items).toHaveLength(3);
});

describe("golds to doubt", () => {
  const most = "ABCDABCDABCDABCDABC";
  const weak = `${most.slice(0, 9)}AAAAAAAAAA`;

  test("two strong models against the gold and a weak one", async () => {
    const { items } = await analysed([
      linesOf({
        golds: `${most}A`,
        said: { "a/weak": `${weak}A`, "b/good": `${most}D`, "c/strong": `${most}D` },
      }),
    ]);
    const doubted = at(items, 19)?.doubt;
    expect(doubted).toMatchObject({
      answer: "D",
      targets: ["b/good", "c/strong"],
      models: 2,
      of: 3,
    });
    expect(doubted?.probability).toBeGreaterThan(0.3);
    expect(at(items, 0)?.doubt).toBeNull();
  });

  test("one model on two platforms is one witness, and one witness is none", async () => {
    const targets = [
      targetEntry("a/Qwen/Qwen3-32B", { model: "Qwen/Qwen3-32B" }),
      targetEntry("b/qwen3-32b", { model: "qwen3-32b" }),
    ];
    const said = { "a/Qwen/Qwen3-32B": `${most}D`, "b/qwen3-32b": `${most}D` };
    const { items } = await analysed([linesOf({ golds: `${most}A`, said, targets })]);
    expect(at(items, 19)).toMatchObject({ answers: 2, targets: 2, doubt: null });
  });

  test("replies without an answer are no votes", async () => {
    const said = { "a/weak": `${weak}A`, "b/good": `${most}?`, "c/strong": `${most}?` };
    const { items } = await analysed([linesOf({ golds: `${most}A`, said })]);
    expect(at(items, 19)).toMatchObject({ share: 1 / 3, unknown: 2, doubt: null });
  });

  test("where graders extract nothing, right and wrong are left", async () => {
    const lines = linesOf({
      golds: `${most}A`,
      said: { "a/weak": `${weak}A`, "b/good": `${most}D`, "c/strong": `${most}D` },
    }).map((line): RunFileLine => (line.kind === "score" ? { ...line, extracted: null } : line));
    const { items } = await analysed([lines]);
    expect(at(items, 19)?.doubt).toMatchObject({ answer: null, models: 2, of: 3 });
    expect(at(items, 19)?.unknown).toBe(2);
  });

  test("a person's ruling counts, not what the grader read", async () => {
    const at19 = { item: "s/t/19", target: "c/strong", wording: null, trial: 1 };
    const review: ReviewLine = {
      kind: "review",
      key: answerKey(at19),
      who: "李四",
      when: "2026-11-22T00:00:00Z",
      verdict: "right",
      value: 1,
      reason: "",
    };
    const said = { "a/weak": `${weak}A`, "b/good": `${most}D`, "c/strong": `${most}D` };
    const { items } = await analysed([[...linesOf({ golds: `${most}A`, said }), review]]);
    expect(at(items, 19)?.doubt).toMatchObject({ answer: "D", targets: ["b/good"], models: 1 });
  });

  test("a rubric is no gold", async () => {
    const turn = { answer: null, options: null, rubric: "说得通即可", grader: { use: "judge" } };
    const said = { "a/x": "BB", "b/y": "BB", "c/z": "BB" };
    const { items } = await analysed([linesOf({ golds: "AA", said, turn })]);
    expect(items.every(({ doubt, gold }) => doubt === null && gold === "")).toBe(true);
  });

  test("in a task of yes and no, the only other answer says less than one of many", async () => {
    const open = { options: null, grader: { use: "exact" } };
    const said = { "b/good": `${most}D`, "c/strong": `${most}D` };
    const word = (line: RunFileLine, words: readonly string[]): RunFileLine =>
      line.kind === "score"
        ? { ...line, extracted: words["ABCD".indexOf(line.extracted ?? "")] ?? null }
        : line.kind === "item"
          ? itemLine(line.item, {
              ...line,
              turns: [
                { ...open, answer: words["ABCD".indexOf(String(line.turns[0]?.answer))] ?? "" },
              ],
            })
          : line;
    const lines = linesOf({ golds: `${most}A`, said, turn: open });
    const few = await analysed([lines.map((line) => word(line, ["是", "否", "否", "否"]))]);
    const names = lines.map((line, index) => word(line, [`甲${index}`, `乙${index}`, "丙", "丁"]));
    const many = await analysed([names]);
    const [closed, wide] = [at(few.items, 19)?.doubt, at(many.items, 19)?.doubt];
    expect(closed?.answer).toBe("否");
    expect(wide?.answer).toBe("丁");
    expect(closed?.probability).toBeLessThan(wide?.probability ?? 0);
  });
});

test("other wordings and orders are other prompts", async () => {
  const lines = linesOf({ golds: "AB", said: { "a/x": "AB" } });
  const turned = { item: "s/t/0", target: "a/x", wording: "rotate:1" };
  const more = [answerLine(turned), { ...scoreLine(turned, "wrong"), extracted: "D" }];
  const { items } = await analysed([[...lines, ...more]]);
  expect(at(items, 0)).toMatchObject({ answers: 1, share: 1 });
});

test.each([
  ["zh", "全错（不足 3 份作答，不判断）", "全错（1 题）"],
  ["en", "All wrong (fewer than 3 answers: not judged)", "All wrong (1)"],
] as const)("nothing is called all wrong by too few, in %s", async (lang, few, enough) => {
  const titles = async (said: Sheet["said"]) =>
    itemSections(await analysed([linesOf({ golds: "AB", said })]), 10, lang).map(
      ({ title }) => title,
    );
  expect(await titles({ "a/x": "AC", "b/y": "AC" })).toContain(few);
  expect(await titles({ "a/x": "AC", "b/y": "AC", "c/z": "AC" })).toContain(enough);
});
