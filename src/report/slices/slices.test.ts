import { join } from "node:path";

import { expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { ItemFacts } from "../testing/lines.ts";

import { folderWith } from "../../store/testing/files.ts";
import { leaderboardCsv } from "../leaderboard/csv.ts";
import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { withSlices } from "../leaderboard/slice-sections.ts";
import { leaderboardTerminal } from "../leaderboard/text.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { readView } from "../view/read.ts";

type Asked = { readonly facts?: ItemFacts; readonly right: boolean };

/** The run file of one target, its items numbered. */
async function fileOf(asked: readonly Asked[]): Promise<string> {
  const lines: RunFileLine[] = [runLine(["a/a"])];
  for (const [at, { facts, right }] of asked.entries()) {
    const item = `s/t/${at}`;
    lines.push(itemLine(item, facts), answerLine({ item, target: "a/a" }));
    lines.push(scoreLine({ item, target: "a/a" }, right ? "right" : "wrong"));
  }
  const text = [...lines, endLine()].map((line) => `${JSON.stringify(line)}\n`).join("");
  return join(await folderWith({ "run.jsonl": text }), "run.jsonl");
}

async function slicesOf(asked: readonly Asked[], by: readonly string[]) {
  const file = await fileOf(asked);
  const view = await readView([file]);
  const board = leaderboardOf(view);
  return { view, board: await withSlices(view, board, { files: [file], board: null, by }) };
}

const tagged = (right: boolean, ...tags: readonly string[]): Asked => ({ facts: { tags }, right });

test("an item counts under each of its tags, and what has none is told last", async () => {
  const asked = [tagged(true, "甲", "乙"), tagged(false, "甲"), tagged(true)];
  const { board } = await slicesOf(asked, ["tag"]);
  expect(
    board.slices.map(({ by, several, slices }) => [
      by,
      several,
      slices.map(({ value, n, few, scores }) => [value, n, few, scores[0]?.value]),
    ]),
  ).toEqual([
    [
      "tag",
      true,
      [
        ["乙", 1, true, 1],
        ["甲", 2, true, 0.5],
        [null, 1, true, 1],
      ],
    ],
  ]);
});

test("slices are columns of the CSV", async () => {
  const asked = [tagged(true, "甲", "乙"), tagged(false, "甲"), tagged(true)];
  const { board } = await slicesOf(asked, ["tag"]);
  const [head = "", row = ""] = leaderboardCsv(board, "zh").split("\r\n");
  expect(head.split(",").slice(-6)).toEqual([
    "tag=乙",
    "tag=乙 n",
    "tag=甲",
    "tag=甲 n",
    "tag=（未写明）",
    "tag=（未写明） n",
  ]);
  expect(row).toMatch(/,50\.0[^,]*,2,100\.0[^,]*,1$/);
});

test("a slice of twenty is not marked; its interval is Wilson's", async () => {
  const asked = Array.from({ length: 20 }, (_, at) => ({
    facts: { language: "粤语" },
    right: at % 4 !== 0,
  }));
  const [slice] = (await slicesOf(asked, ["language"])).board.slices[0]?.slices ?? [];
  expect(slice).toMatchObject({ n: 20, few: false });
  expect(slice?.scores[0]?.value).toBeCloseTo(0.75, 12);
  // Wilson 1927 for 15 of 20, worked out with the normal quantile of another library.
  expect(slice?.scores[0]?.interval?.low).toBeCloseTo(0.5312991224, 9);
  expect(slice?.scores[0]?.interval?.high).toBeCloseTo(0.8881382986, 9);
});

test("difficulties stand from easy to hard, numbers by size, weights count", async () => {
  const asked = ["难", "易", "中"].map((difficulty) => ({ facts: { difficulty }, right: true }));
  const named = (await slicesOf(asked, ["difficulty"])).board.slices[0]?.slices;
  expect(named?.map(({ value }) => value)).toEqual(["易", "中", "难"]);
  const tiers = ["高难", "进阶", "基础"].map((difficulty) => ({
    facts: { difficulty },
    right: true,
  }));
  const tiered = (await slicesOf(tiers, ["difficulty"])).board.slices[0]?.slices;
  expect(tiered?.map(({ value }) => value)).toEqual(["基础", "进阶", "高难"]);
  const sizes = [
    { facts: { vars: { size: 10 }, weight: 3 }, right: true },
    { facts: { vars: { size: 10 }, weight: 1 }, right: false },
    { facts: { vars: { size: 9 } }, right: false },
  ];
  const sized = (await slicesOf(sizes, ["size"])).board.slices[0]?.slices;
  expect(sized?.map(({ value, scores }) => [value, scores[0]?.value])).toEqual([
    [9, 0],
    [10, 0.75],
  ]);
});

test("what no item has is refused", async () => {
  await expect(slicesOf([tagged(true)], ["tags"])).rejects.toThrow(/did you mean "tag"/);
});

const inCell = (vars: Readonly<Record<string, string | number>>, right: boolean): Asked => ({
  facts: { vars: { ...vars, other: "x" }, axes: Object.keys(vars) },
  right,
});

test("a matrix is a grid of rows and columns, empty cells included", async () => {
  const asked = [
    inCell({ length: 400, depth: 1 }, true),
    inCell({ length: 400, depth: 1 }, false),
    inCell({ depth: 0, length: 400 }, true),
    inCell({ length: 2000, depth: 0 }, false),
    { right: true },
  ];
  const { view, board } = await slicesOf(asked, []);
  expect(board.grids.map(({ axes, cells }) => [axes, cells.length])).toEqual([
    [
      [
        { name: "depth", values: [0, 1] },
        { name: "length", values: [400, 2000] },
      ],
      3,
    ],
  ]);
  const lines = leaderboardTerminal(view, board, { lang: "en", width: 100 }).split("\n");
  const at = lines.findIndex((line) => line.startsWith("Matrix s/t (depth × length)  a/a"));
  const cells = lines.slice(at + 1, at + 5).map((line) => line.trim().split(/ {2,}/));
  expect(cells.filter(([first]) => !first?.startsWith("─"))).toEqual([
    ["depth", "length 400", "length 2000"],
    ["0", "100.0 (20.7–100.0) n1†", "0.0 (0.0–79.3) n1†"],
    ["1", "50.0 (9.5–90.5) n2†", "—"],
  ]);
});

test.each([
  ["rising", (level: number) => level <= 5, /^half level +5\.5 \[\d\.\d, \d\.\d\]$/m],
  ["broken", (level: number) => level > 5, /^half level .+‡$/m],
  ["solved", () => true, /^half level +>10 \[>10, >10\]$/m],
])("a ladder shows the half level and every level: %s", async (kind, isRight, expected) => {
  const asked = Array.from({ length: 80 }, (_, at): Asked => {
    const level = Math.floor(at / 8) + 1;
    return { facts: { ladder: { level, floor: 0 } }, right: isRight(level) };
  });
  const { view, board } = await slicesOf(asked, []);
  expect(board.ladders.map(({ levels, scores }) => [levels.length, scores[0]?.broken])).toEqual([
    [10, kind === "broken"],
  ]);
  expect(leaderboardTerminal(view, board, { lang: "en", width: 100 })).toMatch(expected);
});

test("of three axes the last one goes across; one axis alone has a row for each value", async () => {
  const three = [1, 2].flatMap((a) =>
    ["x", "y"].flatMap((b) => [3, 4].map((c) => inCell({ a, b, c }, true))),
  );
  const { view, board } = await slicesOf(three, []);
  const text = leaderboardTerminal(view, board, { lang: "zh", width: 120 });
  expect(text).toContain("矩阵 s/t（a × b × c）  a/a");
  expect(text.split("\n").filter((line) => /^ *[12] +[xy] /.test(line))).toHaveLength(4);
  const one = await slicesOf([inCell({ a: 1 }, true), inCell({ a: 2 }, false)], []);
  expect(leaderboardTerminal(one.view, one.board, { lang: "zh", width: 120 })).toMatch(
    /矩阵 s\/t（a）\n.*\n.*\n1 +1† +100\.0/,
  );
});
