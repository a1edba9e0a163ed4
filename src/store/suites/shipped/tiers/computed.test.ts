import { describe, expect, test } from "vitest";

import { simplify } from "../../../../text/normalise.ts";
import { itemsOf } from "../enterprise/lines.ts";

/* What a program can tell of the golds of language-hard: conversion by a dictionary, rules of metre, the cuts of a text. */

const items = await itemsOf("language-hard");
const itemsIn = (task: string) => items.filter(({ line }) => line.task === task);

test("traditional golds are the question's text where a dictionary simplifies them, and so the other way round", () => {
  const differing = itemsIn("script").flatMap(({ line, turn }) => {
    const quoted = /“(.+)”/u.exec(turn.question)?.[1] ?? "";
    const [traditional, simplified] = turn.question.includes("写成繁体字")
      ? [String(turn.answer), quoted]
      : [quoted, String(turn.answer)];
    return simplify(traditional) === simplified && traditional !== simplified ? [] : [line.item];
  });
  expect(differing).toEqual([]);
});

test("every option of a punctuation item is the text itself, cut as often", () => {
  for (const { turn } of itemsIn("punctuation")) {
    const text = /“(.+)”/u.exec(turn.question)?.[1];
    const options = Object.values(turn.options ?? {});
    expect(options.map((option) => option.replaceAll("/", ""))).toEqual(options.map(() => text));
    expect(new Set(options.map((option) => option.split("/").length)).size).toBe(1);
    expect(new Set(options).size).toBe(4);
  }
});

describe("lines that follow by the rules of metre", () => {
  test.each([
    { item: "metre/i001", first: "仄仄平平仄", line: 2 },
    { item: "metre/i002", first: "仄仄平平仄", line: 3 },
    { item: "metre/i003", first: "平平仄仄仄平平", line: 2 },
    { item: "metre/i004", first: "仄仄平平平仄仄", line: 5 },
    { item: "metre/i009", first: "平平仄仄平", line: 8 },
  ])("$item", ({ item, first, line }) => {
    const turn = items.find(({ line: each }) => each.item.endsWith(item))?.turn;
    expect(turn?.options?.[String(turn.answer)]).toBe(lineAfter(first, line));
  });
});

/** The line of that number of a regulated poem: even lines rhyme and are opposed to the one before, odd ones cohere with it. */
function lineAfter(first: string, number: number): string {
  let line = first;
  for (let at = 2; at <= number; at++) {
    const second = line.charAt(1);
    const isEven = at % 2 === 0;
    line = lineOf(isEven ? opposite(second) : second, isEven ? "平" : "仄", first.length);
  }
  return line;
}

/** The only regular line of that length whose second and last syllables are of these tones. */
function lineOf(second: string, last: string, length: number): string {
  const inner = length === 7 ? opposite(second) : second;
  const five = fives.find((each) => each.charAt(1) === inner && each.endsWith(last)) ?? "";
  return length === 7 ? `${second}${second}${five}` : five;
}

const fives = ["仄仄平平仄", "仄仄仄平平", "平平平仄仄", "平平仄仄平"];
const opposite = (tone: string): string => (tone === "平" ? "仄" : "平");
