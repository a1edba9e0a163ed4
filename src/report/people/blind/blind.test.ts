import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import type { RunFileLine } from "../../../domain/run-file/lines.ts";
import type { ReturnedRow } from "../sheet/read.ts";
import type { BlindKey } from "./key.ts";
import type { BlindRating } from "./ratings.ts";
import type { Choice } from "./sheet.ts";

import { seededRandom } from "../../../stats/random.ts";
import { answerLine, itemLine, runLine } from "../../testing/lines.ts";
import { rowsOf } from "../../testing/sheet.ts";
import { drawRows, keyOf } from "./draw.ts";
import { createMask, maskSign } from "./mask.ts";
import { comparableTargets, readPairs } from "./pairs.ts";
import { ratingsOf } from "./ratings.ts";
import { blindText } from "./result-text.ts";
import { blindResult } from "./result.ts";
import { blindSheet } from "./sheet.ts";

const [a, b] = ["qwen/qwen-plus", "deepseek/deepseek-chat"] as const;
const names = Array.from({ length: 200 }, (_, index) => `s/t/${index}`);
const said = { [a]: "我是通义千问，由阿里云开发。", [b]: "我是DeepSeek，由深度求索开发。" };

function write(lines: readonly RunFileLine[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "blind-")), "r.jsonl");
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return file;
}

const linesOf = (targets: readonly (keyof typeof said)[]): readonly RunFileLine[] => [
  runLine(targets),
  ...names.flatMap((item, index) => [
    itemLine(item, { dimension: [index % 2 === 0 ? "创作" : "对话"] }),
    ...targets.map((target) =>
      answerLine({ item, target, text: `${said[target]}回答 ${index}`, simulated: true }),
    ),
  ]),
];

async function drawn(seed = "a secret", limit: number | null = null) {
  const file = write(linesOf([a, b]));
  const found = await readPairs({ file, target: a }, { file, target: b });
  const rows = drawRows(found.pairs, seed, limit);
  const facts = { seed, created_at: "now", masked: [], fileOf: () => "r.jsonl" };
  const key = keyOf(
    found,
    rows.map(({ row }) => row),
    facts,
  );
  const mask = createMask([found.sides.a.entry, found.sides.b.entry]);
  return { found, rows, key, ...blindSheet(rows, mask) };
}

describe("the sheet", () => {
  test("names nobody: not in its replies, not in its ids, not by the order", async () => {
    const { sheet, names: masked, key } = await drawn();
    const all = JSON.stringify(sheet);
    expect(all).not.toMatch(/qwen|deepseek|千问|阿里|深度求索/i);
    expect(masked).toBe(800);
    expect(rowsOf(sheet)[0]?.["first"]).toContain(`我是${maskSign}，由${maskSign}开发。`);
    const first = key.rows.filter((row) => row.first === "a").length;
    expect(first).toBeGreaterThan(70);
    expect(first).toBeLessThan(130);
    expect(sheet.table.columns.map(({ name }) => name)).not.toContain("key");
  });

  test("the key tells which reply is whose", async () => {
    const { rows, sheet, key } = await drawn();
    const written = rowsOf(sheet);
    for (const [index, { row, pair }] of rows.entries()) {
      const shown = written[index]?.["first"] ?? "";
      const own = row.first === "a" ? pair.a : pair.b;
      expect(shown.endsWith(`回答 ${own.item.split("/")[2]}`)).toBe(true);
      expect(own.target).toBe(row.first === "a" ? a : b);
      expect([row.a_key, row.b_key]).toEqual([pair.a.key, pair.b.key]);
    }
    expect(key.sides.a).toMatchObject({ target: a, simulated: true });
  });

  test("the seed alone decides: the same again, another order with another", async () => {
    const orders = await Promise.all(
      ["x", "x", "y"].map(async (seed) => (await drawn(seed)).key.rows),
    );
    expect(orders[1]).toEqual(orders[0]);
    expect(orders[2]?.map(({ first }) => first)).not.toEqual(orders[0]?.map(({ first }) => first));
    expect(orders[2]?.[0]?.id).not.toBe(orders[0]?.[0]?.id);
  });

  test("a smaller comparison is a part of a larger one", async () => {
    const ids = async (limit: number) => (await drawn("x", limit)).key.rows.map(({ id }) => id);
    const small = await ids(20);
    expect(small).toHaveLength(20);
    expect(await ids(50)).toEqual(expect.arrayContaining([...small]));
  });
});

test("two run files; what has no words, another prompt or no partner is left out and counted", async () => {
  const one = write([
    runLine([a]),
    ...["s/t/1", "s/t/2", "s/t/3", "s/t/4"].flatMap((item) => [
      itemLine(item),
      answerLine({ item, target: a }),
    ]),
  ]);
  const other = write([
    runLine([b]),
    itemLine("s/t/1"),
    answerLine({ item: "s/t/1", target: b }),
    answerLine({ item: "s/t/2", target: b, outcome: "filtered-output" }),
    answerLine({ item: "s/t/3", target: b, ask_digest: "another prompt" }),
  ]);
  const found = await readPairs({ file: one, target: a }, { file: other, target: b });
  expect(found).toMatchObject({ wordless: 1, different: 1, single: 1 });
  expect(found.pairs.map(({ item }) => item.item)).toEqual(["s/t/1"]);
  expect(await comparableTargets(other)).toEqual([b]);
  await expect(
    readPairs({ file: one, target: b }, { file: other, target: b }),
  ).rejects.toMatchObject({ exitCode: 2 });
});

describe("ratings that come back", () => {
  const ids = new Set(["b-1", "b-2"]);
  const row = (number: number, cells: Readonly<Record<string, string>>): ReturnedRow => ({
    row: number,
    cells: { id: "b-1", rater: "张三", ...cells },
  });
  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["an unknown choice", { choice: "丙" }, /不认识的选择/],
    ["another comparison", { id: "b-9", choice: "甲更好" }, /不属于这次对比/],
    ["nobody", { choice: "甲更好", rater: "" }, /没有评分人/],
    ["a time that is none", { choice: "甲更好", rated_at: "早上" }, /看不懂/],
    ["a reason alone", { reason: "好" }, /没有选择/],
    ["a second thought without a time", { choice: "乙更好 second" }, /第 2 行/],
  ])("%s is refused with its row", (_, cells, says) => {
    const rows = [row(2, { choice: "甲更好 first" }), row(5, cells)];
    const { refused, ratings } = ratingsOf(rows, ids, null);
    expect(refused).toEqual([
      { row: 5, message: { zh: expect.stringMatching(says), en: expect.any(String) } },
    ]);
    expect(ratings).toHaveLength(1);
  });

  test("the later of two with times counts", () => {
    const rows = [
      row(2, { choice: "甲更好", rated_at: "2026-11-22 10:00" }),
      row(3, { choice: "一样好", rated_at: "2026-11-22 09:00" }),
    ];
    expect(ratingsOf(rows, ids, null).ratings.map(({ choice }) => choice)).toEqual(["first"]);
  });
});

const keyWith = (rows: number): BlindKey => ({
  schema: "blind/1",
  created_at: "",
  seed: "",
  sides: {
    a: { file: "r", run: "r1", target: a, simulated: false },
    b: { file: "r", run: "r1", target: b, simulated: false },
  },
  masked: [],
  rows: Array.from({ length: rows }, (_, index) => ({
    id: `b-${index}`,
    item: `s/t/${index}`,
    cluster: `item ${index}`,
    dimension: [index % 2 === 0 ? "创作" : "对话"],
    first: index % 2 === 0 ? "a" : "b",
    a_key: `a${index}`,
    b_key: `b${index}`,
  })),
});

/** What a person who prefers `winner` chooses where the first reply is that of `first`. */
const choiceOf = (winner: "a" | "b" | "tie" | "bad", first: "a" | "b"): Choice =>
  winner === "tie" ? "tie" : winner === "bad" ? "both_bad" : winner === first ? "first" : "second";

const rate = (
  key: BlindKey,
  rater: string,
  winners: readonly ("a" | "b" | "tie" | "bad" | null)[],
): readonly BlindRating[] =>
  winners.flatMap((winner, index) => {
    const row = key.rows[index];
    if (winner === null || row === undefined) return [];
    const choice = choiceOf(winner, row.first);
    return [{ id: row.id, rater, choice, rated_ms: null, reason: "" }];
  });

describe("the result", () => {
  const key = keyWith(8);
  const one = rate(key, "张三", ["a", "a", "b", "tie", "bad", "a", "a", null]);
  const two = rate(key, "李四", ["a", "a", "b", "tie", "bad", "b", null, null]);

  test("unblinds, counts ties half, leaves open what is open", () => {
    const result = blindResult(key, [...one, ...two]);
    expect(result.battle).toMatchObject({ win: 2, tie: 2, loss: 1, n: 5, rate: 0.6 });
    expect(result).toMatchObject({
      both_bad: 1,
      disputed: ["b-5"],
      half_rated: 1,
      unrated: 1,
      raters: ["张三", "李四"],
      arbiter: null,
      not_lost: 80,
      three_one: 80,
    });
    // Of six pairs one saw 3 wins, 1 loss, 2 ties, the other 2, 2 and 2.
    expect(result.agreement).toMatchObject({ n: 6, agree: 5 });
    const pe = (3 * 2 + 1 * 2 + 2 * 2) / 36;
    expect(result.agreement.kappa.kappa).toBeCloseTo((5 / 6 - pe) / (1 - pe), 12);
    expect(blindText(result, "zh", 80)).toMatch(/^还不能下结论：2 对未定/);
  });

  test("an arbiter settles what two differ on, and nothing else", () => {
    const third = rate(key, "王五", ["b", "b", null, null, null, "b", null, null]);
    const result = blindResult(key, [...one, ...two, ...third]);
    expect(result).toMatchObject({ arbiter: "王五", arbitrated: 1, disputed: [] });
    expect(result.battle).toMatchObject({ win: 2, tie: 2, loss: 2 });
    expect(result.agreement).toMatchObject({ n: 6, agree: 5 });
  });

  test("the arbiter may be named, whoever comes first", () => {
    const result = blindResult(key, [...one, ...two], "张三");
    expect(result.raters).toEqual(["李四"]);
    expect(result.battle.n).toBe(6);
  });

  test("one rater in all: his word", () => {
    const result = blindResult(key, one);
    expect(result).toMatchObject({ battle: { n: 7 }, agreement: { n: 0 } });
    expect(blindText(result, "zh", 80)).toMatch(/^只有 7 对/);
  });

  test("nobody: nothing is claimed", () => {
    const result = blindResult(key, []);
    expect(result.battle).toMatchObject({ n: 0, rate: null, interval: null });
    expect(blindText(result, "zh", 80)).toContain("还没有可用的评分");
    expect(blindText(result, "en", 80)).toContain("no rating to go by");
  });

  test("pairs of one cluster count as what they are: few", () => {
    const many = keyWith(40);
    const clustered = {
      ...many,
      rows: many.rows.map((row, index) => ({ ...row, cluster: `c${Math.floor(index / 10)}` })),
    };
    const winners = many.rows.map((_, index) => (index < 20 ? "a" : "b"));
    const width = (key: BlindKey): number => {
      const { interval } = blindResult(key, rate(key, "张三", winners)).battle;
      return (interval?.high ?? 0) - (interval?.low ?? 0);
    };
    expect(width(clustered)).toBeGreaterThan(1.5 * width(many));
  });

  test("a rater who takes the first reply is found out, and does not bend the win rate", () => {
    const many = keyWith(400);
    const always = many.rows.map(({ id }): BlindRating => ({
      id,
      rater: "懒",
      choice: "first",
      rated_ms: null,
      reason: "",
    }));
    const { first_won, battle } = blindResult(many, always);
    expect(first_won).toMatchObject({ n: 400, share: 1 });
    expect(battle.rate).toBe(0.5);
  });

  test("the interval holds the true rate about as often as it says", () => {
    const random = seededRandom(11);
    const many = keyWith(60);
    let held = 0;
    for (let run = 0; run < 400; run++) {
      const winners = many.rows.map(() => {
        const draw = random();
        return draw < 0.5 ? "a" : draw < 0.7 ? "tie" : "b";
      });
      const { interval } = blindResult(many, rate(many, "x", winners)).battle;
      if (interval !== null && interval.low <= 0.6 && 0.6 <= interval.high) held += 1;
    }
    expect(held / 400).toBeGreaterThan(0.92);
    expect(held / 400).toBeLessThan(0.98);
  });

  test("open disputes keep it from a conclusion; a clear lead is told with both tests", () => {
    const many = keyWith(40);
    const all = many.rows.map(() => "a" as const);
    const clear = blindResult(many, rate(many, "张三", all));
    expect(blindText(clear, "zh", 80)).toContain("qwen/qwen-plus 更受认可");
    const split = rate(
      many,
      "李四",
      many.rows.map((_, index) => (index < 5 ? "b" : "a")),
    );
    const open = blindResult(many, [...rate(many, "张三", all), ...split]);
    expect(blindText(open, "zh", 80)).toContain("还不能下结论：5 对未定");
    expect(blindText(open, "en", 80)).toContain("No conclusion yet: 5 pairs are open");
  });

  test("simulated replies are marked, and two runs of one target told apart", () => {
    const same = keyWith(2);
    same.sides.b = { ...same.sides.b, target: a, run: "r2", simulated: true };
    const result = blindResult(same, rate(same, "张三", ["a", "b"]));
    expect([result.a, result.b]).toEqual([`${a} (r1)`, `${a} (r2)`]);
    expect(blindText(result, "zh", 80)).toContain("[模拟]");
  });
});
