import { describe, expect, test } from "vitest";

import { isAnswerMap } from "../domain/suite.ts";
import { gradeSample } from "../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../grading/graders.ts";
import { sampleOf } from "../grading/testing/sample.ts";
import { pluginIds } from "../plugins.ts";
import { plain } from "../text/normalise.ts";
import { createDraw } from "./draw.ts";
import { generatedItems } from "./generator.ts";
import { loadGenerator } from "./generator.ts";

const make = async (
  id: string,
  seed: number,
  n = 40,
  options: Readonly<Record<string, unknown>> = {},
) => {
  const generator = await loadGenerator(id);
  if (generator === null) throw new Error(`no generator ${id}`);
  const source = generatedItems(generator, { n, seed, with: options });
  const items = await Promise.all(Array.from({ length: n }, (_, row) => source.at(row)));
  return items.map(({ answer = "", ...item }) => {
    if (isAnswerMap(answer)) throw new Error(`${item.id} has an answer of several parts`);
    return { ...item, answer };
  });
};

type Made = Awaited<ReturnType<typeof make>>[number];

describe.each(pluginIds("generators"))("%s", (id) => {
  test("is named after its file and gives the same items for the same seed, others for another", async () => {
    expect((await loadGenerator(id))?.id).toBe(id);
    expect(await make(id, 7)).toEqual(await make(id, 7));
    expect(await make(id, 7)).not.toEqual(await make(id, 8));
  });

  test("gives the same item whatever was read before it", async () => {
    const all = await make(id, 5, 20);
    const generator = await loadGenerator(id);
    if (generator === null) throw new Error(id);
    const alone = await generatedItems(generator, { n: 20, seed: 5, with: {} }).at(13);
    expect({ answer: "", ...alone }).toEqual(all[13]);
  });

  test("repeats no question within a seed, and every item has an answer", async () => {
    const items = await make(id, 3, 60);
    const asked = items.map(({ question, context }) =>
      plain(`${String(context ?? "")} ${question ?? ""}`),
    );
    expect(new Set(asked).size).toBe(60);
    const isBare = ({ answer, constraints }: Made): boolean =>
      answer === "" && constraints === undefined;
    expect(items.filter(isBare)).toEqual([]);
  });

  test("rejects unknown options", async () => {
    await expect(make(id, 1, 1, { nonsense: 1 })).rejects.toThrow(
      `bad options for the generator ${id}`,
    );
  });
});

test.each([0, 7, 2 ** 32 - 1, 2 ** 32 + 7, 2 ** 48 - 3, Number.MAX_SAFE_INTEGER])(
  "rows and attempts are told apart under the seed %i",
  (seed) => {
    const drawn = Array.from({ length: 40 }, (_, row) =>
      [0, 1, 2].map((attempt) => createDraw(seed, row, attempt).int(0, 1e15)),
    ).flat();
    expect(new Set(drawn).size).toBe(120);
  },
);

test("answers to word problems are non-negative integers", async () => {
  const answers = (await make("word-problem", 11, 200)).map(({ answer }) => Number(answer));
  expect(answers.filter((answer) => !Number.isInteger(answer) || answer < 0)).toEqual([]);
});

test("lunar dates are written in Chinese numerals", async () => {
  const items = await make("date", 4, 800);
  const lunar = items.filter(({ question }) => question?.includes("是农历的哪一天"));
  expect(lunar.length).toBeGreaterThan(50);
  for (const { answer } of lunar) {
    expect(String(answer)).toMatch(
      /^闰?(?:正|[二三四五六七八九十冬腊]|十[一二])月(?:初|十|廿|二十|三十)[一二三四五六七八九十]?$/,
    );
  }
});

test("a date's grader takes its answer in other spellings and no other date", async () => {
  const graded = async (item: Made, reply: string): Promise<string> => {
    const grader = await loadGrader(item.grader?.use ?? "");
    if (grader === null) throw new Error(item.grader?.use);
    const sample = sampleOf(reply, {
      question: item.question ?? "",
      answer: item.answer ?? null,
      unit: item.unit ?? null,
    });
    const options = parseGraderOptions(grader, item.grader?.with ?? {});
    return (await gradeSample(grader, options, sample)).verdict;
  };
  for (const item of await make("date", 14, 60)) {
    const answer = String(item.answer);
    const question = item.question ?? "";
    for (const spelt of [answer, ...respelt(answer, question)])
      expect([question, spelt, await graded(item, `答案：${spelt}`)]).toEqual([
        question,
        spelt,
        "right",
      ]);
    for (const other of others(answer))
      expect([question, other, await graded(item, `答案：${other}`)]).toEqual([
        question,
        other,
        "wrong",
      ]);
  }
});

const days = Array.from("一二三四五六日");

/** The answer as other people write it. */
function respelt(answer: string, question: string): readonly string[] {
  if (answer.startsWith("星期"))
    return [answer.replace("星期", "周"), answer.replace("星期", "礼拜")];
  if (/第几天/.test(question)) return [`第${answer}天`, `${answer}天`];
  if (/多少天/.test(question)) return [`${answer}天`, `${answer} 天`];
  if (/生肖/.test(question)) return [`属${answer}`, `“${answer}”`];
  if (answer.includes("年"))
    return [answer.replace("日", "号"), answer.replaceAll(/[年月]/g, "-").replace("日", "")];
  return [answer.replace("廿", "二十"), answer.replace("冬月", "十一月").replace("腊月", "十二月")];
}

function others(answer: string): readonly string[] {
  if (answer.startsWith("星期"))
    return [`星期${days[(days.indexOf(answer.slice(-1)) + 1) % 7] ?? ""}`];
  return /^\d+$/.test(answer) ? [String(Number(answer) + 1)] : [];
}

test("an ordering puzzle has one answer among its options", async () => {
  for (const { options, answer, question = "" } of await make("logic", 9, 60)) {
    const lettered = options as Readonly<Record<string, string>>;
    expect(question).toContain(lettered[String(answer)]);
    expect(Object.keys(lettered)).toHaveLength(5);
  }
});

test("clues of an ordering puzzle never say a position", async () => {
  for (const clues of ["plain", "compound"] as const)
    for (const { question = "" } of await make("logic", 4, 60, { clues }))
      expect(question).not.toMatch(/排在最/);
});

test("a generator says so when it has no more questions", async () => {
  await expect(make("count", 1, 400, { sentences: 1 })).resolves.toHaveLength(400);
  const generator = await loadGenerator("date");
  if (generator === null) throw new Error("date");
  const same = { ...generator, make: () => ({ question: "一加一？", answer: 2 }) };
  await expect(generatedItems(same, { n: 2, seed: 1, with: {} }).at(1)).rejects.toThrow(
    "has only about 1 different questions",
  );
});

test("the rows of a seed of 48 bits differ at the first draw", () => {
  const first = (row: number): number => createDraw(2 ** 47 + 12_345, row, 0).int(0, 999_999);
  expect(new Set(Array.from({ length: 200 }, (_, row) => first(row))).size).toBe(200);
});

test("a needle occurs once in a text of the requested length", async () => {
  const items = await make("needle", 6, 3, { length: 5000 });
  for (const { context, answer } of items) {
    const text = String(context);
    expect(Math.abs(text.length - 5000)).toBeLessThan(100);
    expect(text.split(String(answer))).toHaveLength(2);
  }
});
