import { beforeAll, describe, expect, inject, test } from "vitest";

import { isAnswerMap, type Item } from "../domain/suite.ts";
import { gradeSample } from "../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../grading/graders.ts";
import { sampleOf } from "../grading/testing/sample.ts";
import { foods } from "./billing/bill.ts";
import { solarTermsOf } from "./calendar/solar-terms.ts";
import { generatedItems, loadGenerator } from "./generator.ts";
import { termsOfWay, waysOfLength } from "./kinship/terms.ts";
import { computedTerm } from "./testing/computed-terms.ts";
import { solvers } from "./testing/solvers/solvers.ts";
import { goods, moreNames, names, towns } from "./words.ts";

const families = ["billing", "calendar", "kinship", "ledger", "liars", "zebra"];

/** Items of a level whose words are looked at; grids of level 5 take long to draw. */
const manyOf = (id: string): number => (inject("matrix") ? 60 : id === "zebra" ? 5 : 20);

async function itemsOf(
  id: string,
  level: number,
  n: number,
  more: Readonly<Record<string, unknown>> = {},
): Promise<readonly Item[]> {
  const generator = await loadGenerator(id);
  if (generator === null) throw new Error(id);
  const own = Object(generator.levels?.[level - 1]?.options);
  const source = generatedItems(generator, { n, seed: 77 + level, with: { ...own, ...more } });
  return await Promise.all(Array.from({ length: n }, (_, row) => source.at(row)));
}

const vocabulary = new RegExp(
  [...towns, ...goods, ...names, ...moreNames, ...foods].join("|"),
  "g",
);
/** Kinds of days, years and terms in which forms of words do not differ. */
const data =
  /[甲乙丙丁戊己庚辛壬癸](?:日|[子丑寅卯辰巳午未申酉戌亥])|星期.|闰?[正二三四五六七八九十腊]{1,2}月[初十廿三][一二三四五六七八九十]/g;

/** Sentences with names, things and numbers left out. */
const skeletons = ({ question = "", context }: Item): readonly string[] =>
  `${String(context ?? "")}。${question}`
    .replaceAll(/\d+(?:\.\d+)?/g, "#")
    .replaceAll(vocabulary, "*")
    .replaceAll(data, "%")
    .split(/[。；\n]/);

describe.each(families)("%s", (id) => {
  let hard: readonly Item[] = [];
  beforeAll(async () => {
    hard = await itemsOf(id, 5, manyOf(id));
  });

  test("has more than twenty forms of words, and ten levels", async () => {
    expect((await loadGenerator(id))?.levels).toHaveLength(10);
    const items = [...(await itemsOf(id, 2, 60)), ...hard];
    const counts = Map.groupBy(items.flatMap(skeletons), (form) => form);
    const repeated = [...counts.values()].filter((found) => found.length > 1);
    expect(repeated.length).toBeGreaterThan(20);
  });

  test("never tells the answer beside what is asked", () => {
    for (const { question = "", answer = "" } of hard) {
      if (isAnswerMap(answer)) throw new Error("an answer of several parts");
      const asked = (question.split("\n").at(-1) ?? "").replaceAll(
        /如“[^”]+”|答“[^”]+”|写成“[^”]+”(?:“[^”]+”)?|\d+ 号库/g,
        "",
      );
      expect(asked.split(/[^\p{L}\d.]+/u)).not.toContain(String(answer));
    }
  });
});

test("solar terms of a hundred years are on the days that another theory of the Sun gives", () => {
  const wrong: string[] = [];
  let doubtful = 0;
  for (let year = 1951; year <= 2050; year += 1)
    for (const [at, { name, day, isSure }] of solarTermsOf(year).entries()) {
      if (!isSure) doubtful += 1;
      else if (Math.floor(computedTerm(year, (285 + 15 * at) % 360)) !== day)
        wrong.push(`${year} ${name}`);
    }
  expect(wrong).toEqual([]);
  expect(doubtful).toBeLessThan(200);
});

test.each([
  ["kinship", "舅妈", "舅母"],
  ["kinship", "祖母", "奶奶"],
  ["kinship", "侄媳", "侄媳妇"],
  ["kinship", "亲家公", "亲家"],
  ["calendar", "十一月廿六", "冬月二十六"],
  ["calendar", "腊月廿一", "十二月二十一"],
])("%s: %s may be answered as %s", async (id, answer, reply) => {
  const terms = waysOfLength(3).concat(waysOfLength(2), waysOfLength(4)).flat();
  const words = terms.flatMap((way) => {
    const named = termsOfWay(way.split("."));
    return named?.kind === "one" && named.term[0] === answer ? named.term.slice(1) : [];
  });
  const isKin = id === "kinship";
  const grader = await loadGrader(isKin ? "exact" : "value");
  if (grader === null) throw new Error(id);
  const question = isKin ? "海棠该怎么称呼听雨？" : "最后这一天是农历几月初几？";
  const sample = sampleOf(`答案：${reply}`, { question, answer, aliases: words });
  const options = parseGraderOptions(grader, isKin ? {} : { type: "date", calendar: "lunar" });
  const { verdict } = await gradeSample(grader, options, sample);
  expect(verdict).toBe("right");
});

test("every rent of a register stands among twenty others or more, and names differ by a character", async () => {
  for (const { context } of await itemsOf("ledger", 5, 5)) {
    const text = String(context);
    expect(text.match(/月租金/g)?.length).toBeGreaterThan(20);
    expect(new Set(text.match(/租字 \d+ 号/g)).size).toBeGreaterThan(20);
  }
});

test("a register of 400,000 characters is solved from its text, and not kept", async () => {
  const length = 400_000;
  for (const level of [3, 7]) {
    const generator = await loadGenerator("ledger");
    if (generator === null) throw new Error("ledger");
    const options = { ...Object(generator.levels?.[level - 1]?.options), length };
    const source = generatedItems(generator, { n: 2, seed: level, with: options });
    const [first, again] = [await source.at(0), await source.at(0)];
    expect(again).toEqual(first);
    expect(again).not.toBe(first);
    const context = String(first.context);
    expect(Math.abs(context.length - length)).toBeLessThan(length / 50);
    const solve = solvers["ledger"];
    expect(solve?.({ question: first.question ?? "", context, options: {} })).toBe(first.answer);
  }
});
