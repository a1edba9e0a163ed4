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

const sum = (characters: readonly string[]): number =>
  characters.reduce((total, each) => total + (strokes.get(each) ?? Number.NaN), 0);
