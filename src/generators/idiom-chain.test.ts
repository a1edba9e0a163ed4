import { expect, inject, test } from "vitest";

import type { Item } from "../domain/suite.ts";

import { madeAt, tenLevels } from "../generating/testing/made.ts";
import { gradeSample } from "../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../grading/graders.ts";
import { sampleOf } from "../grading/testing/sample.ts";

const perLevel = inject("matrix") ? 200 : 12;
/** All walks of the hard levels together are many. */
const solvedPerLevel = inject("matrix") ? 60 : 3;

/** What a question says, read from its text alone. */
type Game = {
  readonly list: readonly string[];
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly via: string | undefined;
  readonly without: string | undefined;
  readonly isLongest: boolean;
};

function read({ question = "" }: Item): Game {
  const lines = question.split("\n");
  const rule = lines.findIndex((line) => /末字|最后一个字|首尾相接/.test(line));
  const list = lines.slice(1, rule).flatMap((line) => line.split(/[、　]/));
  const ask = lines[rule + 1] ?? "";
  const named = (pattern: RegExp): string | undefined => pattern.exec(ask)?.[1];
  return {
    list,
    first: named(/(?:第一条必须是|从|以|由)“(.{4})”(?:开始接|打头|起头|，|。)/),
    last: named(/(?:最后一条必须是|接到|以)“(.{4})”(?:为止|收尾|，|。)/),
    via:
      named(/必须用到“(.{4})”/) ?? named(/“(.{4})”这一条不能漏掉/) ?? named(/接龙里要有“(.{4})”/),
    without: named(/[带有]“(.)”字/),
    isLongest: /最长|最多|条数最多|尽可能多/.test(ask),
  };
}

/** Characters are the places and idioms the roads between them: walks from every road and takes none twice. */
function best({ list, first, last, via, without, isLongest }: Game): number {
  const roads = list.filter((word) => without === undefined || !word.includes(without));
  const from = Map.groupBy(roads, (word) => word.slice(0, 1));
  let found = isLongest ? 0 : Number.POSITIVE_INFINITY;
  const walk = (at: string, length: number, taken: ReadonlySet<string>, end: string): void => {
    const isWhole = length > 1 && (last ?? end) === end && (via === undefined || taken.has(via));
    if (isWhole) found = isLongest ? Math.max(found, length) : Math.min(found, length);
    for (const road of from.get(at) ?? []) {
      if (!taken.has(road)) walk(road.slice(-1), length + 1, new Set([...taken, road]), road);
    }
  };
  for (const road of roads)
    if (first === undefined || road === first) walk(road.slice(-1), 1, new Set([road]), road);
  return found;
}

type Road = { readonly word: string; readonly points: number };

/** The idioms with their points, as they are listed. */
const roadsIn = ({ question = "" }: Item): readonly Road[] =>
  question
    .split("\n")
    .slice(1, -3)
    .flatMap((line) => line.split(/[、；]/))
    .map((each) => each.split(" "))
    .map(([word = "", points = ""]) => ({ word, points: Number(points) }));

/** The most points of any walk, by where it can go on from. */
function mostPoints(item: Item): number {
  const without = /[带有]“(.)”字/.exec(item.question ?? "")?.[1];
  const usable = roadsIn(item).filter(
    ({ word }) => without === undefined || !word.includes(without),
  );
  const from = Map.groupBy(usable, ({ word }) => word.slice(0, 1));
  const taken = new Set<string>();
  const walk = (word: string): number => {
    taken.add(word);
    const on = (from.get(word.slice(-1)) ?? []).filter((road) => !taken.has(road.word));
    const most = Math.max(0, ...on.map((road) => road.points + walk(road.word)));
    taken.delete(word);
    return most;
  };
  const begun = usable.map(({ word, points }) => ({ points, more: walk(word) }));
  return Math.max(...begun.filter(({ more }) => more > 0).map(({ points, more }) => points + more));
}

/** Lays all walks of the asked length side by side, from their ends backwards, and only then looks at their points. */
function countOf(item: Item): number {
  const ask = item.question?.split("\n").at(-2) ?? "";
  const numberIn = (pattern: RegExp): number => Number(pattern.exec(ask)?.[1] ?? Number.NaN);
  const length = numberIn(/(?:恰好接|正好由|不多不少) (\d+) 条/);
  const least = numberIn(/(?:不得低于|至少要有|总分要达到) (\d+)/);
  const apart = numberIn(/(?:至少相差|不得小于|相差须在) (\d+)/);
  const roads = roadsIn(item);
  const to = Map.groupBy(roads, ({ word }) => word.slice(-1));
  let walks = roads.map((road): readonly Road[] => [road]);
  while ((walks[0]?.length ?? length) < length)
    walks = walks.flatMap((walk) =>
      (to.get(walk[0]?.word.slice(0, 1) ?? "") ?? []).flatMap((road) =>
        walk.includes(road) ? [] : [[road, ...walk]],
      ),
    );
  return walks.filter(
    (walk) =>
      walk.reduce((sum, { points }) => sum + points, 0) >= least &&
      walk.every(({ points }, at) => {
        const before = walk[at - 1]?.points;
        return Number.isNaN(apart) || before === undefined || Math.abs(before - points) >= apart;
      }),
  ).length;
}

const grader = await loadGrader("constraints");

async function isRight(item: Item, reply: string): Promise<boolean> {
  if (grader === null) throw new Error("no grader");
  const sample = sampleOf(reply, { constraints: item.constraints ?? null });
  return (await gradeSample(grader, parseGraderOptions(grader, {}), sample)).verdict === "right";
}

test.each(tenLevels)(
  "level %i: another search finds the same length, and the witness has it",
  async (level) => {
    for (const item of await madeAt("idiom-chain", level, solvedPerLevel, 40)) {
      if (item.answer !== undefined) {
        const solved = level === 4 ? mostPoints(item) : countOf(item);
        expect([item.question, solved]).toEqual([item.question, item.answer]);
        continue;
      }
      const game = read(item);
      const chain = item.witness?.split("、") ?? [];
      expect([item.question, best(game)]).toEqual([item.question, chain.length]);
      expect(await isRight(item, `先列出首尾相同的字。\n\n${chain.join(" → ")}`)).toBe(true);
      expect(await isRight(item, chain.slice(0, -1).join("、"))).toBe(false);
      expect(
        await isRight(
          item,
          `${chain.join("、")}、${game.list.find((each) => !chain.includes(each)) ?? ""}`,
        ),
      ).toBe(false);
      for (const lazy of item.lazy ?? [])
        if (game.isLongest) expect(await isRight(item, lazy)).toBe(false);
    }
  },
);

test("whoever goes on with any idiom that follows is hardly ever right", async () => {
  for (const level of [1, 2, 3]) {
    let right = 0;
    const items = await madeAt("idiom-chain", level, perLevel, 90);
    for (const [row, item] of items.entries()) {
      const { list, first, without } = read(item);
      const usable = list.filter((word) => without === undefined || !word.includes(without));
      const chain = [first ?? usable[row % usable.length] ?? ""];
      for (;;) {
        const open = usable.filter(
          (word) => !chain.includes(word) && word[0] === chain.at(-1)?.at(-1),
        );
        const next = open[row % Math.max(1, open.length)];
        if (next === undefined) break;
        chain.push(next);
      }
      if (await isRight(item, chain.join("、"))) right += 1;
    }
    expect([level, right / items.length < 0.35]).toEqual([level, true]);
  }
});

test("of the levels with a number, no number is right more often than the floor", async () => {
  for (const level of [4, 5, 7]) {
    const golds = (await madeAt("idiom-chain", level, perLevel * 4, 60)).map(
      ({ answer }) => answer,
    );
    const most = Math.max(
      ...[...Map.groupBy(golds, (each) => each).values()].map((own) => own.length),
    );
    // The most frequent of so few draws is more frequent than in the long run.
    expect(most / golds.length).toBeLessThan(0.03 + 4 / Math.sqrt(perLevel * 100));
  }
});

test("questions are put in at least twenty ways", async () => {
  const forms = new Set<string>();
  for (const level of tenLevels)
    for (const item of await madeAt("idiom-chain", level, level < 7 ? 20 : 3, 7)) {
      const { list } = read(item);
      const bare = list.reduce((text, word) => text.replaceAll(word, ""), item.question ?? "");
      forms.add(bare.replaceAll(/\d+|[、　；\n ]|“.”/g, ""));
    }
  expect(forms.size).toBeGreaterThanOrEqual(20);
});
