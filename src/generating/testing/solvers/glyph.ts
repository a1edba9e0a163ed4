import type { Asked } from "./asked.ts";

import { groups } from "./asked.ts";
import { divisions, drawnStrokes } from "./glyph-data.ts";

const strokes = new Map(
  drawnStrokes
    .trim()
    .split("\n")
    .flatMap((row) => {
      const [count = "", characters = ""] = row.split(" ");
      return Array.from(characters, (each) => [each, Number(count)] as const);
    }),
);

const divided = divisions
  .trim()
  .split(/\s+/)
  .map((each) => {
    const [character = "", ways = ""] = each.split("=");
    return { character, ways: ways.split("|") };
  });

/** Counts what hanzi-writer draws, and looks for the character that kfcd/chaizi divides into the two halves. */
export function solveGlyph({ question }: Asked): string | number {
  const row = question.split("\n")[1];
  if (row !== undefined) return solveRow(Array.from(row), question);
  const exact = / (\d+) 画|正好是 (\d+) /.exec(question);
  if (exact !== null) {
    const wanted = Number(exact[1] ?? exact[2]);
    const [list = ""] = groups(/((?:\p{Script=Han}、){3,}\p{Script=Han})/u, question);
    return list
      .split("、")
      .filter((each) => strokes.get(each) === wanted)
      .join("、");
  }
  const steps = [...question.matchAll(/([左右])(?:半边|边)(?:不要|的)“(.)”.{2,7}?“(.)”/g)];
  if (steps.length === 0)
    return sum(Array.from(question.matchAll(/“(\p{Script=Han})”/gu), ([, each = ""]) => each));
  let [, current = ""] = /“(.)”/.exec(question) ?? [];
  const results = steps.map(([, side = "", from = "", to = ""]) => {
    const isLeft = side === "左";
    const ways = divided.find(({ character }) => character === current)?.ways ?? [];
    const made = new Set(
      ways
        .map((way) => way.split("+"))
        .filter((way) => way[isLeft ? 0 : 1] === from)
        .map(([left = "", right = ""]) => (isLeft ? `${to}+${right}` : `${left}+${to}`)),
    );
    const found = divided.filter((each) => each.ways.some((way) => made.has(way)));
    current = found.length === 1 ? (found[0]?.character ?? "") : "none";
    return current;
  });
  if (/乘几|编号×|步数和/.test(question))
    return results.reduce((total, each, at) => total + countOf(each) * (at + 1), 0);
  return question.includes("画") ? sum(results) : current;
}

const countOf = (character: string): number => strokes.get(character) ?? Number.NaN;

/** Of a row of characters: a walk over it, or those that stand out among their neighbours. */
function solveRow(row: readonly string[], question: string): number {
  const last = /记完第 (\d+) 步|停过 (\d+) 步|前 (\d+) 步里/.exec(question)?.slice(1).join("");
  let total = 0;
  if (last !== undefined) {
    const ring = [...row];
    for (let step = 1; step <= Number(last); step += 1) {
      const own = countOf(ring[0] ?? "");
      total += own * step;
      for (let turn = 0; turn < own; turn += 1) ring.push(ring.shift() ?? "");
    }
    return total;
  }
  for (let place = 2; place < row.length; place += 1) {
    const [left, own, right] = row.slice(place - 2, place + 1).map(countOf);
    if (left === undefined || own === undefined || right === undefined) continue;
    const isFound = question.includes("都多的字")
      ? Math.max(left, right) < own
      : question.includes("不比后")
        ? left < own && right >= own
        : question.includes("介于")
          ? Math.min(left, right) < own && own < Math.max(left, right)
          : left % 2 !== right % 2;
    if (isFound) total += place * own;
  }
  return total;
}

const sum = (characters: readonly string[]): number =>
  characters.reduce((total, each) => total + (strokes.get(each) ?? Number.NaN), 0);
