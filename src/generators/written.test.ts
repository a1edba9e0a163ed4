import { expect, inject, test } from "vitest";

import type { Item } from "../domain/suite.ts";

import { madeAt, tenLevels } from "../generating/testing/made.ts";
import { drawnStrokes } from "../generating/testing/solvers/glyph-data.ts";
import { gradeSample } from "../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../grading/graders.ts";
import { sampleOf } from "../grading/testing/sample.ts";

const perLevel = inject("matrix") ? 200 : 6;
const grader = await loadGrader("constraints");

async function isRight({ question = "", constraints = [] }: Item, reply: string): Promise<boolean> {
  if (grader === null) throw new Error("no grader");
  const sample = sampleOf(reply, { question, constraints });
  return (await gradeSample(grader, parseGraderOptions(grader, {}), sample)).verdict === "right";
}

const letters = (text: string): string => text.replaceAll(/[，。]/g, "");
const sentence = (text: string, n: string | undefined): string =>
  letters(text.split("。")[Number(n) - 1] ?? "");
const times = (text: string, word: string): number => text.split(word).length - 1;

/** Counted from drawings of the characters, and not from the table that the grader has. */
const strokes = new Map(
  drawnStrokes
    .trim()
    .split("\n")
    .map((row) => row.split(" "))
    .flatMap(([count = "", own = ""]) => Array.from(own, (each) => [each, Number(count)] as const)),
);
const strokesIn = (text: string): number =>
  Array.from(letters(text)).reduce((sum, each) => sum + (strokes.get(each) ?? Number.NaN), 0);

/** What each demand means, read from its words alone. */
const readings: readonly (readonly [
  RegExp,
  (text: string, found: readonly string[]) => boolean,
])[] = [
  [
    /^(?:全文共|写成|一共) (\d+) 句/,
    (text, [n]) => times(text, "。") === Number(n) && text.endsWith("。"),
  ],
  [
    /^(?:共|写|全文) (\d+) 句，(?:每句|句句)/,
    (text, [n]) =>
      times(text, "。") === Number(n) &&
      text
        .split("。")
        .every((each) => each === "" || /^\p{Script=Han}{4}，\p{Script=Han}{4}$/u.test(each)),
  ],
  [
    /^(?:各句的第一个字连起来是|藏头：句首的字依次为|把每句打头的字顺次读下来，要读成)“(.+)”/,
    (text, [head]) =>
      text
        .split("。")
        .map((each) => each.slice(0, 1))
        .join("") === head,
  ],
  [
    /^(?:全文没有一个字用过两次|通篇用字互不重复|任何一个字在全文里至多出现一次)$/,
    (text) => new Set(letters(text)).size === letters(text).length,
  ],
  [
    /^第 (\d+) 句(?:八个字的笔画数加起来是|一共|各字笔画之和等于) (\d+)/,
    (text, [n, sum]) => strokesIn(sentence(text, n)) === Number(sum),
  ],
  [/^(?:要写到|文中必须提到|须有)“(.+)”/, (text, [word = ""]) => text.includes(word)],
  [/^(?:全文不得出现|通篇不用|不许用)“(.)”字/, (text, [letter = ""]) => !text.includes(letter)],
  [/^(?:全文)?“(.)”字\D+(\d+) 次/, (text, [letter = "", n]) => times(text, letter) === Number(n)],
  [
    /^(?:全文恰好|不计标点，通篇正好|汉字总数恰为) (\d+)/,
    (text, [n]) => letters(text).length === Number(n),
  ],
  [
    /^(?:全文第|从头数起，第|第) (\d+) 个汉字\D*“(.)”$/,
    (text, [n, letter]) => letters(text)[Number(n) - 1] === letter,
  ],
  [
    /^(?:每句不少于|每一句至少|各句都不得少于) (\d+)/,
    (text, [n]) =>
      text
        .split("。")
        .slice(0, -1)
        .every((each) => letters(each).length >= Number(n)),
  ],
  [/^(?:标点只用|除逗号、句号外|只许使用逗号)/, (text) => /^[\p{Script=Han}，。]+$/u.test(text)],
  [
    /^第 (\d+) 句(?:恰好|不计标点正好|的汉字数是) (\d+)/,
    (text, [n, size]) => sentence(text, n).length === Number(size),
  ],
  [
    /^第 (\d+) 句(?:以“(.)”字开头|的第一个字是“(.)”|由“(.)”字起头)/,
    (text, [n, ...letter]) => sentence(text, n).startsWith(letter.join("")),
  ],
  [
    /^第 (\d+) 句(?:的最后一个字是“(.)”|以“(.)”字收尾|末字用“(.)”)/,
    (text, [n, ...letter]) => sentence(text, n).endsWith(letter.join("")),
  ],
  [
    /^第 (\d+) 句(?:里没有重复|中每个字只出现一次|用字互不重复)/,
    (text, [n]) => new Set(sentence(text, n)).size === sentence(text, n).length,
  ],
];

function keeps(demand: string, text: string): boolean {
  for (const [pattern, holds] of readings) {
    const found = pattern.exec(demand);
    if (found !== null)
      return holds(
        text,
        found.slice(1).map((each) => each ?? ""),
      );
  }
  throw new Error(`no such demand: ${demand}`);
}

const demandsIn = ({ question = "" }: Item): readonly string[] =>
  question
    .split("\n")
    .slice(1, -1)
    .map((line) => line.replace(/^(?:\d+\. |（\d+）|\d+）)/, "").replace(/[；。]$/, ""));

test.each(tenLevels)(
  "level %i: the witness keeps what the words demand, and what the grader checks",
  async (level) => {
    const items = await madeAt("written", level, perLevel, 50);
    for (const [row, item] of items.entries()) {
      const { witness = "", lazy = [] } = item;
      const demands = demandsIn(item);
      expect(demands).toHaveLength(item.constraints?.length ?? 0);
      expect(demands.filter((demand) => !keeps(demand, witness))).toEqual([]);
      expect([item.question, await isRight(item, witness)]).toEqual([item.question, true]);
      const other = items[(row + 1) % items.length]?.witness ?? "";
      const isOther = demands.every((demand) => keeps(demand, other));
      expect(await isRight(item, other)).toBe(isOther);
      for (const reply of [
        ...lazy,
        witness.replace(/[^。]+。/, ""),
        "抱歉，我无法完成这个请求。",
        witness.replaceAll(/\p{Script=Han}/gu, "一"),
      ])
        expect([reply, await isRight(item, reply)]).toEqual([reply, false]);
    }
  },
);

test("the witness of another item hardly ever passes", async () => {
  for (const level of [4, 5, 7]) {
    const items = await madeAt("written", level, 30, 80);
    const passed = await Promise.all(
      items.map((item, row) => isRight(item, items[(row + 1) % items.length]?.witness ?? "")),
    );
    expect(passed.filter(Boolean).length).toBeLessThanOrEqual(1);
  }
});
