import { describe, expect, test } from "vitest";
import { z } from "zod";

import { type EnterpriseItem, itemsOf, verdictOn } from "./lines.ts";

const ids = ["enterprise", "enterprise-documents", "enterprise-sql", "enterprise-service"];
const all = (await Promise.all(ids.map(itemsOf))).flat();
const ofTask = (task: string): readonly EnterpriseItem[] =>
  all.filter(({ line }) => line.task === task);

/** The kinds of work, and the tasks that ask them. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  "questions over passages": ["rag"],
  "fields of documents": ["ticket", "contract", "invoice"],
  "labels of tickets": ["classify"],
  "minutes of talks": ["minutes"],
  "clauses against a list": ["clauses"],
  "copy with brand rules": ["copy"],
  queries: ["query"],
  service: ["expenses-2", "expenses-3", "bookings-4", "bookings-7", "returns-4", "returns-7"],
};
const ofKind = (kind: string): readonly EnterpriseItem[] => (kinds[kind] ?? []).flatMap(ofTask);

/** Characters that a model is sent, without the task's own instructions: passages, question and system prompt. */
function lengthOf({ line, turn, passages }: EnterpriseItem): number {
  const system = line.asks[0]?.messages.map(({ text }) => text).join("") ?? "";
  return Array.from(passages.join("") + turn.question + system).length;
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const shareOf = <Value>(values: readonly Value[], fits: (value: Value) => boolean): number =>
  values.filter(fits).length / values.length;

describe.each(Object.keys(kinds))("%s", (kind) => {
  test("has at least 25 items, the median one over 500 characters", () => {
    expect(ofKind(kind).length).toBeGreaterThanOrEqual(25);
    expect(medianOf(ofKind(kind).map(lengthOf))).toBeGreaterThan(500);
  });

  test("has items of different lengths", () => {
    const lengths = ofKind(kind).map(lengthOf);
    expect(new Set(lengths).size).toBeGreaterThan(lengths.length / 3);
  });
});

test("no kind of work is missing from the table", () => {
  const named = new Set(Object.values(kinds).flat());
  expect(all.filter(({ line }) => !named.has(line.task)).map(({ line }) => line.item)).toEqual([]);
});

test("documents have 300 to 3,000 characters", () => {
  const lengths = ofKind("fields of documents").map(({ passages }) => passages.join("").length);
  expect(Math.min(...lengths)).toBeGreaterThanOrEqual(300);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(3_000);
  expect(Math.max(...lengths)).toBeGreaterThanOrEqual(1_500);
});

const Found = z.strictObject({ answer: z.string(), sources: z.array(z.number()) });
const rag = ofTask("rag").map((item) => ({ ...item, gold: Found.parse(item.turn.answer_map) }));
const cited = rag.flatMap(({ gold, passages }) =>
  gold.sources.map((source) => ({ source, of: passages.length })),
);

describe("passages", () => {
  test("three to eight are given, numbered from 1", () => {
    for (const { passages } of rag) {
      expect(passages.length).toBeGreaterThanOrEqual(3);
      expect(passages.length).toBeLessThanOrEqual(8);
      expect(passages.map((text) => /^\[(\d)\] /.exec(text)?.[1])).toEqual(
        passages.map((_, at) => String(at + 1)),
      );
    }
  });

  test("a fifth to a third of the questions cannot be answered from them", () => {
    const share = shareOf(rag, ({ gold }) => gold.sources.length === 0);
    expect(share).toBeGreaterThanOrEqual(0.2);
    expect(share).toBeLessThanOrEqual(0.34);
    expect(
      rag.every(({ gold }) => (gold.answer === "资料中没有") === (gold.sources.length === 0)),
    ).toBe(true);
  });

  test("the evidence stands in front, in the middle and at the end", () => {
    const thirds = cited.map(({ source, of }) => Math.min(2, Math.floor((3 * (source - 1)) / of)));
    for (const third of [0, 1, 2])
      expect(shareOf(thirds, (each) => each === third)).toBeGreaterThanOrEqual(0.22);
  });

  test("no fixed citation is right in more than a fifth of the items, and several need more than one", () => {
    const sets = Map.groupBy(
      rag.filter(({ gold }) => gold.sources.length > 0),
      ({ gold }) => gold.sources.join(","),
    );
    expect(Math.max(...[...sets.values()].map(({ length }) => length))).toBeLessThanOrEqual(
      rag.length / 5,
    );
    expect(shareOf(rag, ({ gold }) => gold.sources.length > 1)).toBeGreaterThanOrEqual(0.4);
  });

  test("questions without an answer are worded and sized like the others", () => {
    const [bare, answered] = [true, false].map((isBare) =>
      rag.filter(({ gold }) => (gold.sources.length === 0) === isBare),
    );
    const meanOf = (items: typeof rag = []): number =>
      items.reduce((sum, { turn }) => sum + turn.question.length, 0) / items.length;
    expect(meanOf(bare) / meanOf(answered)).toBeGreaterThan(0.5);
    const asksNumber = (items: typeof rag = []): number =>
      shareOf(items, ({ turn }) => /只写数字|百分数/.test(turn.question));
    expect(Math.abs(asksNumber(bare) - asksNumber(answered))).toBeLessThan(0.35);
  });

  test("the passage that shares most words with the question, or the longest one, is seldom the evidence alone", () => {
    const overlapOf = (text: string, question: string): number => {
      const own = gramsOf(text, 2);
      return [...gramsOf(question, 2)].filter((gram) => own.has(gram)).length;
    };
    const picked: readonly ((item: (typeof rag)[number]) => number)[] = [
      ({ passages, turn }) => firstLargest(passages.map((text) => overlapOf(text, turn.question))),
      ({ passages }) => firstLargest(passages.map(({ length }) => length)),
    ];
    for (const pick of picked) {
      const right = shareOf(rag, (item) => String(pick(item) + 1) === item.gold.sources.join(","));
      expect(right).toBeLessThanOrEqual(0.25);
    }
  });

  test("no answer is copied from its question, but for the choice between two words", () => {
    const told = rag.filter(
      ({ gold, turn }) =>
        turn.question.includes(gold.answer) &&
        !/写“\S+”或“\S+”|不能退写“0”|写“0”/.test(turn.question),
    );
    expect(told.map(({ line }) => line.item)).toEqual([]);
  });
});

describe("labels", () => {
  const golds = ofTask("classify").map(({ turn }) => [turn.answer ?? []].flat().map(String));

  test("one, two and more are right about as often as in a real queue", () => {
    expect(shareOf(golds, ({ length }) => length === 1)).toBeLessThanOrEqual(0.55);
    expect(shareOf(golds, ({ length }) => length > 2)).toBeGreaterThan(0);
  });

  test("a sixth to a quarter of the tickets are left to people", () => {
    const share = shareOf(golds, (gold) => gold.includes("人工研判"));
    expect(share).toBeGreaterThanOrEqual(0.15);
    expect(share).toBeLessThanOrEqual(0.25);
  });

  test("no ticket names one of its labels", () => {
    const named = ofTask("classify").filter(({ turn }) =>
      [turn.answer ?? []].flat().some((label) => turn.question.includes(String(label))),
    );
    expect(named.map(({ line }) => line.item)).toEqual([]);
  });
});

describe("clauses", () => {
  const Points = z.strictObject({ missing: z.array(z.number()), violated: z.array(z.number()) });
  const golds = ofTask("clauses").map(({ turn }) => Points.parse(turn.answer_map));
  const points = golds.flatMap(({ missing, violated }) => [...missing, ...violated]);

  test("every point of the lists is at fault somewhere, none in a fifth of all", () => {
    for (const point of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const share = shareOf(points, (each) => each === point);
      expect([point, share > 0, share <= 0.2]).toEqual([point, true, true]);
    }
  });

  test("no fixed answer is right in more than a tenth", () => {
    const same = Map.groupBy(golds, (gold) => JSON.stringify(gold));
    expect(Math.max(...[...same.values()].map(({ length }) => length))).toBeLessThanOrEqual(
      golds.length / 9,
    );
  });
});

/** Replies in the right form that took no reading. */
const guesses: Readonly<Record<string, (item: EnterpriseItem) => string>> = {
  "nothing found": ({ turn }) =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries(turn.answer_map ?? {}).map(([key, value]) => [key, emptyAs(value)]),
      ),
    ),
  "all null": ({ turn }) =>
    JSON.stringify(
      Object.fromEntries(Object.keys(turn.answer_map ?? {}).map((key) => [key, null])),
    ),
  "an empty object": () => "{}",
  "all passages": ({ passages }) =>
    JSON.stringify({ answer: "是", sources: passages.map((_, at) => at + 1) }),
  "left to people": () => "标签：人工研判",
};

/** What each may get at most, by task; elsewhere it may get nothing. */
const allowed: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "left to people": { classify: 0.25 },
};

test.each(Object.entries(guesses))("%s gets no more than it may", async (name, replyTo) => {
  for (const task of ["rag", "classify", "minutes", "ticket", "contract", "invoice", "clauses"]) {
    const verdicts = await Promise.all(ofTask(task).map((item) => verdictOn(item, replyTo(item))));
    const share = shareOf(verdicts, (verdict) => verdict === "right" || verdict === "partial");
    expect([task, share <= (allowed[name]?.[task] ?? 0)]).toEqual([task, true]);
  }
});

function emptyAs(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return typeof value === "object" && value !== null ? { owner: null, due: null } : null;
}

test("no two written items are alike", () => {
  const own = all
    .filter(({ line }) => line.environment === undefined)
    .map((item) => ({ item, grams: gramsOf(ownTextOf(item)) }));
  const alike = own.flatMap(({ item, grams }, at) =>
    own.slice(at + 1).flatMap((other) => {
      const shared = [...grams].filter((gram) => other.grams.has(gram)).length;
      const union = grams.size + other.grams.size - shared;
      return shared / union > 0.5 ? [`${item.line.item} and ${other.item.line.item}`] : [];
    }),
  );
  expect(alike).toEqual([]);
});

/** What is not shared with the other items of its cluster: the question, and where it has a cluster of its own, the passages. */
function ownTextOf({ line, turn, passages }: EnterpriseItem): string {
  const isAlone = all.filter((other) => other.line.cluster === line.cluster).length === 1;
  return isAlone ? passages.join("") + turn.question : turn.question;
}

function gramsOf(text: string, size = 4): ReadonlySet<string> {
  const count = Math.max(0, text.length - size + 1);
  return new Set(Array.from({ length: count }, (_, at) => text.slice(at, at + size)));
}

const firstLargest = (values: readonly number[]): number => values.indexOf(Math.max(...values));
