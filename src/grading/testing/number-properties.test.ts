import { expect, inject, test } from "vitest";

import { grader as math } from "../../graders/math.ts";
import { grader as numeric } from "../../graders/numeric.ts";
import { mayHoldFigure } from "../../text/quantity/figure.ts";
import { quantitiesIn } from "../../text/quantity/read.ts";
import { spellNumbers } from "../../text/quantity/spell.ts";
import { gradeSample } from "../grade.ts";
import { parseGraderOptions } from "../graders.ts";
import { formulas, numbers } from "./number-rows.ts";
import { sampleOf } from "./sample.ts";

type Read = readonly [verdict: string, extracted: string | null];

const readNumber = async (
  reply: string,
  answer: string | number,
  unit: string | null,
): Promise<Read> => {
  const options = parseGraderOptions(numeric, {});
  const grade = await gradeSample(numeric, options, sampleOf(reply, { answer, unit }));
  return [grade.verdict, grade.extracted];
};

const readFormula = async (reply: string, answer: string): Promise<Read> => {
  const grade = await gradeSample(math, parseGraderOptions(math, {}), sampleOf(reply, { answer }));
  return [grade.verdict, grade.extracted];
};

/** What is read of a reply as it stands is asked once for every way of wrapping it. */
const bare = new Map<unknown, Promise<Read>>();
function bareRead(row: unknown, read: () => Promise<Read>): Promise<Read> {
  const known = bare.get(row) ?? read();
  bare.set(row, known);
  return known;
}
const bareNumber = (row: (typeof numbers)[number]): Promise<Read> =>
  bareRead(row, () => readNumber(row[0], row[1], row[2]));
const bareFormula = (row: (typeof formulas)[number]): Promise<Read> =>
  bareRead(row, () => readFormula(row[0], row[1]));

/** Every row is wrapped in every way in the matrix, else in one way of three. */
const oneOf = inject("matrix") ? 1 : 3;
const turnOf = <Row>(rows: readonly Row[], way: number): readonly Row[] =>
  rows.filter((_, at) => at % oneOf === way % oneOf);

const answered = numbers.filter(([reply]) => reply !== "" && !reply.startsWith("<think>"));

const offers = [
  "需要我再讲一遍吗？我可以给出 3 种解法。",
  "如果还有问题，欢迎随时告诉我！",
  "Would you like me to show 2 more examples?",
];
const wrapped: readonly (readonly [name: string, wrap: (reply: string) => string])[] = [
  ...offers.map((offer) => ["an offer", (reply: string) => `${reply}\n\n${offer}`] as const),
  ["a label", (reply) => `${reply}\n\n本回答由 AI 生成，仅供参考`],
  ["thinking", (reply) => `<think>大概是 99999</think>\n${reply}`],
  ["a quote", (reply) => reply.replaceAll(/^(?=.)/gm, "> ")],
  ["bold", (reply) => (/[*\n`]/.test(reply) ? reply : `**${reply}**`)],
];

const ways = wrapped.map(([name, wrap], way) => [name, way, wrap] as const);

test.each(ways)("%s changes no number", async (_, way, wrap) => {
  for (const row of turnOf(answered, way)) {
    const [reply, gold, unit] = row;
    expect(await readNumber(wrap(reply), gold, unit), wrap(reply)).toEqual(await bareNumber(row));
  }
});

test.each(ways)("%s changes no formula", async (_, way, wrap) => {
  for (const row of turnOf(formulas, way)) {
    const [reply, gold] = row;
    const [verdict] = await bareFormula(row);
    expect((await readFormula(wrap(reply), gold))[0], wrap(reply)).toBe(verdict);
  }
});

/** Digits and signs of ASCII in full width; LaTeX and code have no such form. */
const fullWidth = (reply: string): string =>
  /[\\$`{#<]/.test(reply)
    ? reply
    : reply.replaceAll(/[!(),.:;?0-9%+=/-]/g, (char) =>
        String.fromCharCode(char.charCodeAt(0) + 0xfee0),
      );

test("full-width forms change no verdict", async () => {
  for (const row of answered) {
    const [reply, gold, unit] = row;
    const [verdict] = await bareNumber(row);
    expect((await readNumber(fullWidth(reply), gold, unit))[0], fullWidth(reply)).toBe(verdict);
  }
});

const corrections = [
  "更正：答案应为 8765432。",
  "不对，应该是 8765432。",
  "Wait, the answer should be 8765432.",
];

test.each([...corrections.entries()])("a correction decides: %i, %s", async (way, correction) => {
  for (const [reply, gold, unit] of turnOf(answered, way)) {
    const [verdict, extracted] = await readNumber(`${reply}\n\n${correction}`, gold, unit);
    expect([verdict, extracted?.trim()], reply).toEqual(["wrong", "8765432"]);
  }
  for (const [reply, gold] of turnOf(formulas, way)) {
    expect((await readFormula(`${reply}\n\n${correction}`, gold))[0], reply).toBe("wrong");
  }
});

test("a text in which no figure may begin holds no number, whichever signs are taken away", () => {
  const texts = [...numbers.map(([reply]) => reply), ...formulas.map(([reply]) => reply)]
    .flatMap((reply) => [reply, reply.replaceAll(/\d/g, ""), reply.replaceAll(/[一-龥]/g, "")])
    .map(spellNumbers)
    .filter((text) => !mayHoldFigure.test(text));
  expect(texts.length).toBeGreaterThan(150);
  expect(texts.flatMap((text) => quantitiesIn(text))).toEqual([]);
});
