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
  return question.includes("画") ? sum(results) : current;
}

const countOf = (character: string): number => strokes.get(character) ?? Number.NaN;

/** Of a row of characters: a ring from which they are taken, or rounds in which they go. */
function solveRow(row: readonly string[], question: string): number {
  const rule = question.split("\n").at(-1) ?? "";
  const last = /做满 (\d+) 步|走 (\d+) 步|进行 (\d+) 步/.exec(rule)?.slice(1).join("");
  return last === undefined ? roundsOf(row, rule) : ringOf(row, Number(last), rule);
}

/** Turns the ring itself, so that what is next always stands at the front, and turns it over where the way is turned. */
function ringOf(row: readonly string[], steps: number, rule: string): number {
  const turning = new Set(
    Array.from(rule.matchAll(/“(\p{Script=Han})”/gu), ([, each = ""]) => each),
  );
  const ring = [...row];
  let total = 0;
  for (let step = 1; step <= steps; step += 1) {
    const gone = ring.shift() ?? "";
    total += countOf(gone) * step;
    const ways = divided.find(({ character }) => character === gone)?.ways ?? [];
    if (ways.some((way) => turning.has(way.split("+")[0] ?? ""))) ring.reverse();
    for (let turn = 1; turn < countOf(gone); turn += 1) ring.push(ring.shift() ?? "");
  }
  return total;
}

/** Marks what goes, round after round, in a row in which what went before leaves holes. */
function roundsOf(row: readonly string[], rule: string): number {
  const goneIn = row.map(() => 0);
  const isLeft = (at: number): boolean => goneIn[at] === 0;
  const next = (from: number, by: 1 | -1): number | undefined => {
    let at = from + by;
    while (at >= 0 && at < row.length && !isLeft(at)) at += by;
    const found = row[at];
    return found === undefined ? undefined : countOf(found);
  };
  for (let round = 1; ; round += 1) {
    const going = [...row.keys()].filter((at) => {
      const [own, one, other] = [countOf(row[at] ?? ""), next(at, -1), next(at, 1)];
      if (!isLeft(at) || one === undefined || other === undefined) return false;
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      if (rule.includes("都多的字")) return own > high;
      return rule.includes("都少的字") ? own < low : low < own && own < high;
    });
    if (going.length === 0) break;
    for (const at of going) goneIn[at] = round;
  }
  return row.reduce((total, each, at) => total + countOf(each) * (goneIn[at] ?? 0), 0);
}

const sum = (characters: readonly string[]): number =>
  characters.reduce((total, each) => total + (strokes.get(each) ?? Number.NaN), 0);
