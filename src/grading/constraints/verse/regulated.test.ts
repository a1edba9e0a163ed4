import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { constraint as rhyme } from "../../../constraints/rhyme.ts";
import { constraint as tones } from "../../../constraints/tones.ts";
import { canBe } from "./reading.ts";
import { versesOf } from "./verses.ts";

/** Genre, title, author and text of Tang poems that follow the rules of their genre. */
const poems = readFileSync(new URL("../testing/regulated-poems.txt", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split(" "))
  .map(([genre = "", title = "", author = "", text = ""]) => ({ genre, title, author, text }));

const tonesOf = (pattern: string, text: string) =>
  tones.test(text, tones.options.parse({ pattern }), { question: "" });

test("a hundred regulated poems follow their genre and rhyme", async () => {
  expect(poems).toHaveLength(100);
  const faults: string[] = [];
  for (const { genre, title, text } of poems) {
    const results = [
      await tonesOf(genre, text),
      await rhyme.test(text, rhyme.options.parse({ book: "平水韵", tone: "平" }), { question: "" }),
    ];
    faults.push(...results.flatMap(({ ok, why }) => (ok ? [] : [`${title} ${why.zh}`])));
  }
  expect(faults).toEqual([]);
});

test("one planted fault is found in each of them", async () => {
  const missed: string[] = [];
  for (const [index, { genre, title, text }] of poems.entries()) {
    const planted = withFault(text, index);
    if ((await tonesOf(genre, planted)).ok) missed.push(`${title} ${planted}`);
  }
  expect(missed).toEqual([]);
});

/** Puts a character of the other class where every form of the genre asks for one, in a line that depends on the number. */
function withFault(text: string, number: number): string {
  const verses = versesOf(text);
  const places = verses.flatMap((verse, line) => {
    const size = Array.from(verse).length;
    const fixed = number % 2 === 0 ? 1 : size - 1;
    // The end of the first line may rhyme or not.
    return line === 0 && fixed > 1 ? [] : [{ line, place: fixed, verse }];
  });
  const sure = places.filter(({ verse, place }) => {
    const point = Array.from(verse)[place] ?? "";
    return canBe(point, "平", "平水韵") !== canBe(point, "仄", "平水韵");
  });
  const chosen = sure[number % sure.length];
  if (chosen === undefined) throw new Error(`nothing to change in ${text}`);
  const points = Array.from(chosen.verse);
  const other = canBe(points[chosen.place] ?? "", "平", "平水韵") ? "石" : "天";
  return verses.with(chosen.line, points.with(chosen.place, other).join("")).join("，");
}

test.each([
  ["五绝", "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。", true],
  ["五绝仄起首句不入韵", "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。", true],
  ["五绝平起首句不入韵", "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。", false],
  // 拗救: the fifth place of the second line makes good for the first.
  [
    "五律",
    "离离原上草，一岁一枯荣。野火烧不尽，春风吹又生。远芳侵古道，晴翠接荒城。又送王孙去，萋萋满别情。",
    true,
  ],
  ["五绝", "千山鸟飞绝，万径人踪灭。孤舟蓑笠翁，独钓寒江雪。", false],
])("%s: %s: %s", async (pattern, text, ok) => {
  expect(await tonesOf(pattern, text)).toMatchObject({ ok });
});

test.each([
  [["孤平"], "客远不归路，月明一夜寒。", false],
  [["孤平"], "客远不归路，月明千里寒。", true],
  [["孤平"], "客远不归路，明月一夜寒。", true],
  // 闻 has two readings, and one of them is oblique.
  [["孤平"], "客远不归路，月明一夜闻。", true],
  [["三平尾"], "月落大江边，闲看青天云。", false],
  [["粘对"], "白日依山尽，落月满空山。", false],
])("%j: %s: %s", async (rules, text, ok) => {
  const options = tones.options.parse({ rules });
  expect(await tones.test(text, options, { question: "" })).toMatchObject({ ok });
});
