import { appendFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";

import type { Ballot } from "../../../domain/judging.ts";
import type { RunFileLine, ReviewLine } from "../../../domain/run-file/lines.ts";
import type { ReturnedRow } from "../sheet/read.ts";

import { readRun } from "../../../store/runs/reader.ts";
import { openRunLines } from "../../../store/runs/run-lines.ts";
import { appendLines } from "../../../store/runs/writer.ts";
import { answerLine, itemLine, runLine, scoreLine, targetEntry } from "../../testing/lines.ts";
import { rowsOf } from "../../testing/sheet.ts";
import { caseId, goldText, readCase } from "./case.ts";
import { queueDefaults, readQueue } from "./queue.ts";
import { rulingOf } from "./ruling.ts";
import { readRuled, rulingsOf } from "./rulings.ts";
import { reviewSheet } from "./sheet.ts";

const target = "qwen/qwen-plus";
const item = (index: number | string): string => `s/t/${index}`;
const answer = (index: number | string, text = "答案：A") =>
  answerLine({ item: item(index), target, text });
const ballots = (...values: readonly (number | null)[]): readonly Ballot[] =>
  values.map((value, index) => ({
    judge: `judge/${index}`,
    vote: 1,
    value,
    reason: `理由 ${index}`,
    invalid: value === null ? "not JSON" : null,
  }));
const score = (index: number | string, verdict: Parameters<typeof scoreLine>[1], more = {}) => ({
  ...scoreLine({ item: item(index), target }, verdict),
  ...more,
});

const write = (lines: readonly RunFileLine[]): string => {
  const file = join(mkdtempSync(join(tmpdir(), "review-")), "r.jsonl");
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return file;
};

const header = runLine([target, targetEntry("baseline/random", { baseline: true })]);

describe("the queue", () => {
  const none = { ...queueDefaults, sample: 0 };
  const file = write([
    header,
    ...["fine", "red", "odd", "none", "judged", "split", "turns", "bad"].map((name) =>
      itemLine(item(name), name === "red" ? { severity: "红线" } : {}),
    ),
    ...["fine", "red", "odd", "judged", "split", "turns", "none"].map((name) => answer(name)),
    answerLine({ item: item("bad"), target, outcome: "server" }),
    answerLine({ item: item("odd"), target: "baseline/random" }),
    score("fine", "right"),
    score("red", "right", { notes: { doubtful: true } }),
    score("odd", "right"),
    score("odd", "unresolved"),
    score("judged", "right", { ballots: ballots(1, 0.8, null) }),
    score("split", "partial", { ballots: ballots(1, 0.5) }),
    score("turns", "right", {
      turns: [
        { verdict: "right", value: 1, extracted: null, why: "", ballots: ballots(0.9, 0.5) },
        { verdict: "right", value: 1, extracted: null, why: "" },
      ],
    }),
    score("bad", "failed", { value: null }),
  ]);

  test("disputes, what nobody could resolve, read without trust or has graded, and red lines; no failures, no baselines", async () => {
    const { entries, answers } = await readQueue(file, none);
    expect(answers).toBe(7);
    expect(entries.map(({ key, why }) => [key.split("#")[0], why])).toEqual([
      ["s/t/red", ["doubtful", "red_line"]],
      ["s/t/odd", ["unresolved"]],
      ["s/t/split", ["disputed"]],
      ["s/t/turns", ["disputed"]],
      ["s/t/none", ["ungraded"]],
    ]);
  });

  test("only what was graded wrong or left open, that first, instead of what waits", async () => {
    const run = write([
      header,
      ...["a", "b", "c"].map((id) => itemLine(item(id))),
      ...["a", "b", "c"].map((id) => answer(id)),
      score("a", "right"),
      score("b", "wrong"),
      score("c", "unresolved"),
    ]);
    const { entries } = await readQueue(run, { ...queueDefaults, sample: 1, wrong: true });
    expect(entries.map(({ key, why, draw }) => [key.split("#")[0], why, draw])).toEqual([
      ["s/t/c", ["unresolved"], null],
      ["s/t/b", ["wrong"], null],
    ]);
  });

  test("how far judges may lie apart is the user's to say", async () => {
    const strict = await readQueue(file, { ...none, dispute: 0.2 });
    expect(strict.entries.filter(({ why }) => why.includes("disputed"))).toHaveLength(3);
  });

  test("a random 5%, by the seed alone, and nested", async () => {
    const many = Array.from({ length: 200 }, (_, index) => index);
    const run = write([
      header,
      ...many.map((index) => itemLine(item(index))),
      ...many.map((index) => answer(index)),
      ...many.map((index) => score(index, "right")),
    ]);
    const drawn = async (seed: number, sample: number): Promise<readonly string[]> =>
      (await readQueue(run, { ...queueDefaults, seed, sample })).entries.map(({ key }) => key);
    const five = await drawn(7, 0.05);
    expect(five).toHaveLength(10);
    expect(await drawn(7, 0.05)).toEqual(five);
    expect(await drawn(8, 0.05)).not.toEqual(five);
    expect(await drawn(7, 0.1)).toEqual(expect.arrayContaining([...five]));
    expect(await drawn(7, 1)).toHaveLength(200);
  });

  test("the sheet says what was read and what each judge said, or hides it", async () => {
    const { run, entries } = await readQueue(file, none);
    const lines = await openRunLines(file);
    const cases = await Promise.all(entries.map((entry) => readCase(lines, entry, true)));
    await lines.close();
    const row = rowsOf(reviewSheet(run.id, cases, { hideVerdict: false, forArbiter: false }))[2];
    expect(row).toMatchObject({
      queued: "裁判分歧",
      suite: "s",
      gold: "A",
      verdict: "部分对 partial",
    });
    expect(row?.["why"]).toContain("judge/1 #1: 50 理由 1");
    const hidden = reviewSheet(run.id, cases, { hideVerdict: true, forArbiter: false });
    const shown = hidden.table.columns.map(({ name = "" }) => name);
    expect(shown.filter((name) => ["verdict", "points", "why", "queued"].includes(name))).toEqual(
      [],
    );
    expect(rowsOf(hidden)[2]?.["id"]).toMatch(/^rb-[0-9a-f]{12}$/);
  });
});

test("the gold of a rotated item stands as its options were shown", () => {
  const rotated = { ...answerLine({ item: item(1), target, wording: "rotate:1" }) };
  expect(goldText({ item: itemLine(item(1)), answer: answer(1) })).toBe("A");
  expect(goldText({ item: itemLine(item(1)), answer: rotated })).not.toBe("A");
});

test.each([
  ["对 right", "right"],
  ["ＲＩＧＨＴ", "right"],
  ["錯", "wrong"],
  ["错 wrong", "wrong"],
  [" 部分对 ", "partial"],
  ["未作答 no answer", "unresolved"],
  ["不计分void", "ungraded"],
  ["也许", null],
])("the cell %s rules %s", (cell, verdict) => {
  expect(rulingOf(cell)).toBe(verdict);
});

describe("rulings that come back", () => {
  const now_ms = Date.parse("2026-11-22T01:00:00.000Z");
  let file: string;
  const id = (index: number): string => `r-${caseId(header.id, answer(index))}`;
  const row = (number: number, cells: Readonly<Record<string, string>>): ReturnedRow => ({
    row: number,
    cells: { reviewer: "张三", ...cells },
  });
  const importRows = async (
    rows: readonly ReturnedRow[],
    reviewer: string | null = null,
    arbiter: string | null = null,
  ) => {
    const ruled = await readRuled(file);
    const imported = rulingsOf(rows, ruled, { now_ms, reviewer, arbiter });
    if (imported.lines.length > 0) await appendLines(file, ruled.scanned, imported.lines);
    return imported;
  };
  const reviews = async (): Promise<readonly ReviewLine[]> =>
    (await readRun(file)).flatMap((line) => (line.kind === "review" ? [line] : []));

  beforeEach(() => {
    file = write([
      header,
      ...[1, 2, 3].flatMap((each) => [itemLine(item(each)), answer(each), score(each, "right")]),
      itemLine(item(4)),
      answerLine({ item: item(4), target, outcome: "timeout" }),
    ]);
  });

  test("become lines with name, time and reason, and how the row came to its reviewer", async () => {
    const sampled = id(1).replace("r-", "rsb-");
    await importRows([
      row(2, { id: sampled, ruling: "部分对", ruling_points: "60", reason: "只答了一半" }),
      row(3, { id: id(2), ruling: "wrong", ruled_at: "2026-11-22 04:30", reviewer: "李四" }),
      row(4, { id: id(3) }),
    ]);
    expect(await reviews()).toEqual([
      {
        kind: "review",
        key: answer(1).key,
        who: "张三",
        when: "2026-11-22T01:00:00.000Z",
        verdict: "partial",
        value: 0.6,
        reason: "只答了一半",
        sampled: true,
        blind: true,
      },
      {
        kind: "review",
        key: answer(2).key,
        who: "李四",
        when: "2026-11-21T20:30:00.000Z",
        verdict: "wrong",
        value: 0,
        reason: "",
      },
    ]);
  });

  test("an id says how its answer was drawn, and one that cannot be is no id", async () => {
    const drawn = id(1).replace("r-", "rs2.40.7b-");
    const imported = await importRows([
      row(2, { id: drawn.toUpperCase(), ruling: "对" }),
      row(3, { id: id(2).replace("r-", "rs41.40.7-"), ruling: "对" }),
    ]);
    expect(imported.refused).toMatchObject([{ row: 3 }]);
    expect(await reviews()).toMatchObject([
      { sampled: true, draw: { seed: 7, drawn: 2, of: 40 }, blind: true },
    ]);
  });

  test("twice is once, whenever it is done", async () => {
    const rows = [row(2, { id: id(1), ruling: "错" }), row(3, { id: id(2), ruling: "对" })];
    expect(await importRows(rows)).toMatchObject({ unchanged: 0 });
    expect(await importRows(rows)).toMatchObject({ lines: [], unchanged: 2, outdated: 0 });
    expect(await reviews()).toHaveLength(2);
  });

  test("a later one of the same person is added, and an old sheet does not take it back", async () => {
    const old = [row(2, { id: id(1), ruling: "错" })];
    await importRows(old);
    const change = { ruling: "对", ruled_at: "2026-11-22 09:30" };
    await importRows([row(2, { id: id(1), ...change })]);
    expect(await importRows(old)).toMatchObject({ lines: [], unchanged: 1, outdated: 1 });
    expect((await reviews()).map(({ verdict }) => verdict)).toEqual(["wrong", "right"]);
  });

  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["an unknown ruling", { ruling: "也许" }, /不认识的裁定“也许”/],
    ["no reviewer", { ruling: "对", reviewer: " " }, /没有裁定人/],
    ["partial without points", { ruling: "部分对" }, /要填得分/],
    ["points of a share of one", { ruling: "部分对", ruling_points: "0.6" }, /1 到 99/],
    ["points out of range", { ruling: "部分对", ruling_points: "160" }, /不是 0 到 100/],
    ["points against the word", { ruling: "对", ruling_points: "60" }, /矛盾/],
    ["an id that was changed", { id: "r-123", ruling: "对" }, /“编号”列/],
    ["an id of another run", { id: "r-000000000000", ruling: "对" }, /不属于这次运行/],
    ["no time", { ruling: "对", ruled_at: "昨天" }, /看不懂/],
    ["a time to come", { ruling: "对", ruled_at: "2027-01-01" }, /将来/],
    ["a time before the run", { ruling: "对", ruled_at: "2026-11-01" }, /早于/],
    ["a reason without a ruling", { reason: "不对" }, /没有裁定/],
  ])("%s is refused with its row, the others are kept", async (_, cells, says) => {
    const imported = await importRows([
      row(2, { id: id(1), ruling: "对" }),
      row(7, { id: id(2), ...cells }),
    ]);
    expect(imported.refused).toEqual([
      { row: 7, message: { zh: expect.stringMatching(says), en: expect.any(String) } },
    ]);
    expect(await reviews()).toHaveLength(1);
  });

  test("words given again since the export, and answers without words, cannot be ruled on", async () => {
    const cells = { id: id(1), key: answer(1).key, ruling: "对" };
    appendFileSync(file, `${JSON.stringify(answer(1, "答案：B"))}\n`);
    const { refused } = await importRows([row(2, cells)]);
    expect(refused[0]?.message.zh).toMatch(/重新生成/);
  });

  test("two rows of one person that differ without a time are a mistake; the same twice is not", async () => {
    const imported = await importRows([
      row(2, { id: id(1), ruling: "对" }),
      row(3, { id: id(1), ruling: "错" }),
      row(4, { id: id(1), ruling: "对" }),
      row(5, { id: id(1), ruling: "错", reviewer: "李四" }),
    ]);
    expect(imported).toMatchObject({ unchanged: 1, refused: [{ row: 3 }] });
    expect(imported.lines.map(({ who, verdict }) => [who, verdict])).toEqual([
      ["张三", "right"],
      ["李四", "wrong"],
    ]);
  });

  test("the name may come from the command", async () => {
    const { lines } = await importRows([row(2, { id: id(1), ruling: "对", reviewer: "" })], "王五");
    expect(lines[0]?.who).toBe("王五");
  });
});

test("lines are appended under the lock, also after somebody else has written", async () => {
  const file = write([header, itemLine(item(1)), answer(1)]);
  const { scanned } = await readQueue(file, queueDefaults);
  const line: ReviewLine = {
    kind: "review",
    key: answer(1).key,
    who: "张三",
    when: "2026-11-22T01:00:00.000Z",
    verdict: "right",
    value: 1,
    reason: "“引号”𠮷",
  };
  const first = await appendLines(file, scanned, [line, line]);
  appendFileSync(file, `${JSON.stringify(score(1, "right"))}\n`);
  const second = await appendLines(file, first, [line]);
  await appendLines(file, second, [line]);
  const kinds = (await readRun(file)).map(({ kind }) => kind);
  expect(kinds).toEqual(["run", "item", "answer", "review", "review", "score", "review", "review"]);
  writeFileSync(`${file}.lock`, JSON.stringify({ pid: 1, host: "elsewhere", since: "" }));
  await expect(appendLines(file, scanned, [line])).rejects.toMatchObject({ name: "UserError" });
});
