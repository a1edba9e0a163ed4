import { z } from "zod";

import type { Chance } from "./environment.ts";

export const LevelOptions = z.strictObject({
  level: z
    .int()
    .min(1)
    .max(10)
    .default(1)
    .describe(
      "1: one plain request; from 2: rules that depend on the case, and other data beside; from 4: requests to be declined; from 5: calls that fail; from 6: rules that override others; 10: six requests",
    ),
});
export type LevelOptions = z.infer<typeof LevelOptions>;

/** How many requests of each kind an item holds, and what else makes it hard. */
export type Mix = {
  readonly plain: number;
  /** The answer depends on a rule that must be looked up or on a choice among several. */
  readonly tricky: number;
  /** The policy forbids what is asked. */
  readonly declined: number;
  /** One rule overrides another. */
  readonly conflicting: number;
  /** Records that look like those asked for. */
  readonly distractors: number;
  /** Tools that fail before they work. */
  readonly failures: number;
};

const mix = (
  plain: number,
  tricky: number,
  declined: number,
  conflicting: number,
  distractors: number,
  failures: number,
): Mix => ({ plain, tricky, declined, conflicting, distractors, failures });

const mixes: readonly Mix[] = [
  mix(1, 0, 0, 0, 0, 0),
  mix(0, 1, 0, 0, 1, 0),
  mix(1, 1, 0, 0, 1, 0),
  mix(1, 0, 1, 0, 2, 0),
  mix(0, 1, 1, 0, 2, 1),
  mix(1, 1, 0, 1, 2, 1),
  mix(0, 1, 1, 1, 3, 1),
  mix(1, 1, 1, 1, 3, 1),
  mix(0, 2, 2, 1, 3, 2),
  mix(1, 1, 2, 2, 4, 2),
];

/** What an item of a level from 1 to 10 consists of. */
export function mixOf(level: number): Mix {
  const found = mixes[level - 1];
  if (found === undefined) throw new RangeError(`no level ${level}`);
  return found;
}

/** The plots of an environment's requests, by what they add to a `Mix`. No item has one of them twice. */
export type Plots<Plot extends string> = Readonly<
  Record<"plain" | "tricky" | "declined" | "conflicting", readonly Plot[]>
>;

/** The plots of one item, in random order. */
export const drawPlots = <Plot extends string>(
  draw: Chance,
  { plain, tricky, declined, conflicting }: Mix,
  plots: Plots<Plot>,
): readonly Plot[] =>
  draw.shuffle([
    ...draw.sample(plots.plain, plain),
    ...draw.sample(plots.tricky, tricky),
    ...draw.sample(plots.declined, declined),
    ...draw.sample(plots.conflicting, conflicting),
  ]);

/** What a user says: a frame of `{who}` and `{asks}` around the requests, one of several joined in some way. */
export function sayRequests(
  draw: Chance,
  frames: readonly string[],
  who: string,
  asks: readonly string[],
): string {
  const usable = asks.length > 3 ? joins.slice(0, numbered) : joins;
  const said = asks.length === 1 ? asks.join("") : draw.pick(usable)(asks);
  const text = draw.pick(frames).replaceAll("{who}", who).replaceAll("{asks}", said);
  // Punctuation that ends a clause has no place on a line of its own.
  return text
    .replace(/，?\n1\. /, (found) => found.replace("，", "："))
    .replace(/\n[。，？]/, "\n")
    .trim();
}

const ordinals = ["一", "二", "三", "四", "五", "六"];

/** How many of the joins number the requests: long lists are always numbered. */
const numbered = 3;
const joins: readonly ((asks: readonly string[]) => string)[] = [
  (asks) => asks.map((each, at) => `第${ordinals[at] ?? at + 1}，${each}`).join("；"),
  (asks) => asks.map((each, at) => `${at + 1}）${each}`).join("；"),
  (asks) => `\n${asks.map((each, at) => `${at + 1}. ${each}`).join("\n")}\n`,
  (asks) => asks.join("；另外，"),
  (asks) => asks.join("；还有，"),
];
