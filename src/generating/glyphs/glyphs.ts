import type { Draw } from "../draw.ts";

import { halves } from "./halves.ts";
import { commonStrokes, rareStrokes } from "./strokes.ts";

/** How common the characters of a question are. */
export type Band = "common" | "rare";

/** Characters on whose strokes dictionaries and printed type differ, or with a part that is counted in two ways. */
const disputed = new Set(
  "裒纛瀣璺熜璁骢囱赍毒碡差磋嵯嗟麽鬯鬻黾渑绳鼎卵凸凹臾亟噩乃孕及肺芾巨臣姬牙雅穿邪车舆贯毋母每敏骨过鼠龟廿革鞋燕寒鬼魏瓦瓶卸",
);

/** The strokes of every character of a band. */
const strokesOf: Readonly<Record<Band, ReadonlyMap<string, number>>> = {
  common: read(commonStrokes),
  rare: read(rareStrokes),
};

function read(table: string): ReadonlyMap<string, number> {
  const rows = table.trim().split("\n");
  return new Map(
    rows.flatMap((row) => {
      const [count = "", characters = ""] = row.split(" ");
      return Array.from(characters, (each) => [each, Number(count)] as const);
    }),
  );
}

/** The strokes of those on which nobody disagrees. */
export const sureStrokesOf = (band: Band): ReadonlyMap<string, number> => sure[band];

const sure: Readonly<Record<Band, ReadonlyMap<string, number>>> = {
  common: sureOf(strokesOf.common),
  rare: sureOf(strokesOf.rare),
};

function sureOf(strokes: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...strokes].filter(([each]) => !disputed.has(each)));
}

type Halved = { readonly character: string; readonly left: string; readonly right: string };

const all: readonly Halved[] = halves
  .trim()
  .split(/\s*[\n/]\s*/)
  .flatMap((family) => {
    const [right = "", members = ""] = family.split(" ");
    const points = Array.from(members);
    return points.flatMap((character, at) =>
      at % 2 === 0 ? [{ character, left: points[at + 1] ?? "", right }] : [],
    );
  });

/** Characters of two halves, each with its left one. */
export const leftHalves: ReadonlyMap<string, string> = new Map(
  all.map(({ character, left }) => [character, left]),
);

/** One change of a half: which, from what to what, and the character that comes of it. */
export type Swap = {
  readonly side: "left" | "right";
  readonly from: string;
  readonly to: string;
  readonly result: string;
};

/** A character and changes of its halves in turn, none of which leads back; null where the draw comes to a dead end. */
export function drawSwaps(
  draw: Draw,
  count: number,
): { readonly start: string; readonly swaps: readonly Swap[] } | null {
  const first = draw.pick(all);
  const met = [first];
  const swaps: Swap[] = [];
  let isLeft = draw.int(0, 1) === 1;
  while (swaps.length < count) {
    const last = met.at(-1) ?? first;
    const others = all.filter(
      (each) =>
        !met.includes(each) && (isLeft ? each.right === last.right : each.left === last.left),
    );
    if (others.length === 0) return null;
    const next = draw.pick(others);
    const side = isLeft ? "left" : "right";
    swaps.push({ side, from: last[side], to: next[side], result: next.character });
    met.push(next);
    isLeft = !isLeft;
  }
  return { start: first.character, swaps };
}
