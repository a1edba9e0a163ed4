import { z } from "zod";

import type { Draw } from "../generating/draw.ts";
import type { Made } from "../generating/generator.ts";
import type { ChainRules, IdiomGraph } from "../generating/idioms/chains.ts";

import { defineGenerator } from "../generating/generator.ts";
import { bestChain, graphOf, greedyChain, mostPoints } from "../generating/idioms/chains.ts";
import { drawCount } from "../generating/idioms/counts.ts";
import { idioms } from "../generating/idioms/idioms.ts";
import { chainQuestion, countQuestion, pointsQuestion } from "../generating/idioms/texts.ts";

const Options = z.strictObject({
  size: z.int().min(6).max(240).default(16).describe("idioms in the list"),
  rules: z
    .int()
    .min(0)
    .max(3)
    .default(1)
    .describe("last idiom, one that must and a character that must not occur"),
  asks: z
    .enum(["chain", "most", "count"])
    .default("chain")
    .describe("a chain; the most points that a chain can make; how many chains there are"),
  chains: z
    .int()
    .min(20)
    .max(10_000)
    .default(200)
    .describe("of count: chains of the asked length, at least, before what points rule out"),
});

/**
 * 成语接龙 from a closed list: the longest chain, or the shortest between two idioms, any of which is right and which taking
 * the first that follows never makes; where each idiom has points, the most that a chain can make; or how many chains of one
 * length keep rules on their points.
 */
export const generator = defineGenerator({
  id: "idiom-chain",
  version: "3",
  title: { zh: "成语接龙", en: "idiom chains" },
  grader: "constraints",
  options: Options,
  levels: [
    { size: 6, rules: 0 },
    { size: 8, rules: 0 },
    { size: 14, rules: 1 },
    { size: 48, rules: 1, asks: "most" as const },
    { size: 40, rules: 1, asks: "count" as const, chains: 180 },
    { size: 46, rules: 2, asks: "count" as const, chains: 350 },
    { size: 52, rules: 2, asks: "count" as const, chains: 700 },
    { size: 58, rules: 2, asks: "count" as const, chains: 1_400 },
    { size: 70, rules: 2, asks: "count" as const, chains: 2_200 },
    { size: 78, rules: 2, asks: "count" as const, chains: 3_000 },
  ].map(({ asks, ...options }) => ({
    options: { ...options, ...(asks === undefined ? {} : { asks }) },
    floor: asks === undefined ? 0 : 0.03,
  })),
  make: (draw, { size, rules: count, asks, chains }): Made => {
    if (asks === "count") {
      const { answer, ...asked } = drawCount(draw, { size, chains, rules: count });
      return { question: countQuestion(draw, asked), answer, grader: { use: "numeric" } };
    }
    for (;;) {
      const graph = graphOf(drawWords(draw, size));
      if (asks === "most") {
        const made = withPoints(draw, graph, count > 0);
        if (made === null) continue;
        return made;
      }
      const aim = draw.int(0, 3) === 0 && count > 0 ? "shortest" : "longest";
      const found = drawRules(draw, graph, count, aim);
      if (found === null) continue;
      const { rules, chain } = found;
      return {
        question: chainQuestion(draw, graph.words, rules, aim),
        constraints: constraintsOf(graph.words, rules, chain),
        witness: chain.join("、"),
        ...(aim === "shortest"
          ? {}
          : { lazy: [greedyChain(graph, chain[0] ?? "", rules).join("、")] }),
      };
    }
  },
});

/** Null where chains are short, or where too many would have to be tried. */
function withPoints(draw: Draw, graph: IdiomGraph, isLimited: boolean): Made | null {
  const { words } = graph;
  const points = words.map(() => draw.int(1, 20));
  const longest = bestChain(graph, free, "longest");
  if (longest === null || longest.length < leastLength(words.length, "longest")) return null;
  const without = isLimited ? draw.pick(Array.from(draw.pick(longest))) : null;
  const most = mostPoints(graph, points, without);
  if (most === null) return null;
  const question = pointsQuestion(draw, words, points, without);
  return { question, answer: most, grader: { use: "numeric" } };
}

/** How much of a list hangs together; the rest has nothing to do with it but by chance. */
const related = 0.8;

const byFirst = Map.groupBy(idioms, (each) => each[0]);
const byLast = Map.groupBy(idioms, (each) => each.at(-1));

function drawWords(draw: Draw, size: number): readonly string[] {
  const chosen = new Set([draw.pick(idioms)]);
  for (let tries = 0; chosen.size < size * related && tries < size * 20; tries += 1) {
    const member = draw.pick([...chosen]);
    const beside = [...(byFirst.get(member.at(-1)) ?? []), ...(byLast.get(member[0]) ?? [])];
    const near = beside.filter((each) => !chosen.has(each));
    if (near.length > 0) chosen.add(draw.pick(near));
  }
  while (chosen.size < size) chosen.add(draw.pick(idioms));
  return draw.shuffle([...chosen]);
}

const free: ChainRules = { first: null, last: null, via: null, without: null };

/** So many sets of rules are tried on one list. */
const mostTries = 12;

type Found = { readonly rules: ChainRules; readonly chain: readonly string[] };

/** Rules that the best chain without them breaks, and the best one with them; null where a list has none that is worth asking. */
function drawRules(
  draw: Draw,
  graph: IdiomGraph,
  count: number,
  aim: "longest" | "shortest",
): Found | null {
  const first = aim === "shortest" || draw.int(0, 1) === 1 ? draw.pick(graph.words) : null;
  const longest = bestChain(graph, { ...free, first }, "longest");
  const least = leastLength(graph.words.length, aim);
  if (longest === null || longest.length < least) return null;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const rules = tryRules(draw, graph, { count, aim, first, longest });
    const chain = rules === null ? null : bestChain(graph, rules, aim);
    if (rules === null || chain === null || chain.length < least) continue;
    const greedy = greedyChain(graph, chain[0] ?? "", rules);
    if (aim === "shortest" || greedy.length < chain.length) return { rules, chain };
  }
  return null;
}

const leastLength = (size: number, aim: "longest" | "shortest"): number =>
  aim === "longest" ? 3 + Math.floor(size / 10) : 4;

type Wanted = {
  readonly count: number;
  readonly aim: "longest" | "shortest";
  readonly first: string | null;
  readonly longest: readonly string[];
};

/** Null where the rules that were drawn contradict each other. */
function tryRules(
  draw: Draw,
  { words }: IdiomGraph,
  { count, aim, first, longest }: Wanted,
): ChainRules | null {
  let rules: ChainRules = { ...free, first };
  const kinds = draw.sample(["last", "via", "without"] as const, count);
  const needsEnd = aim === "shortest" && !kinds.includes("last");
  for (const kind of needsEnd ? [...kinds.slice(1), "last" as const] : kinds) {
    const named = new Set([rules.first, rules.last, rules.via]);
    const isFree = (word: string): boolean => !named.has(word);
    const inner = longest.slice(1, -1).filter(isFree);
    const from = words.filter(
      (word) =>
        isFree(word) && (kind === "last" && aim === "shortest" ? true : !longest.includes(word)),
    );
    if ((kind === "without" ? inner : from).length === 0) return null;
    rules =
      kind === "without"
        ? { ...rules, without: draw.pick(Array.from(draw.pick(inner))) }
        : { ...rules, [kind]: draw.pick(from) };
  }
  const { without } = rules;
  const isBarred = [rules.first, rules.last, rules.via].some(
    (word) => without !== null && word?.includes(without) === true,
  );
  return isBarred ? null : rules;
}

function constraintsOf(
  words: readonly string[],
  { first, last, via, without }: ChainRules,
  chain: readonly string[],
): NonNullable<Made["constraints"]> {
  const scope = "line last";
  return [
    {
      check: "idiom-chain",
      from: [...words],
      ...(first === null ? {} : { first }),
      equal: chain.length,
      scope,
    },
    ...(last === null ? [] : [{ check: "ends", text: last, scope }]),
    ...(via === null ? [] : [{ check: "contains", text: via, scope }]),
    ...(without === null ? [] : [{ check: "excludes", text: without, scope }]),
  ];
}
