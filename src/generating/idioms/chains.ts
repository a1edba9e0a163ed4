/** A list of idioms as a graph: for each, those that begin with its last character. */
export type IdiomGraph = {
  readonly words: readonly string[];
  readonly next: readonly (readonly number[])[];
};

export function graphOf(words: readonly string[]): IdiomGraph {
  const next = words.map((word, from) =>
    words.flatMap((other, to) => (to !== from && other[0] === word.at(-1) ? [to] : [])),
  );
  return { words, next };
}

/** What a chain has to keep. */
export type ChainRules = {
  readonly first: string | null;
  readonly last: string | null;
  /** An idiom that the chain has to hold. */
  readonly via: string | null;
  /** A character that no idiom of the chain may hold. */
  readonly without: string | null;
};

/** Searching longer than this means another draw. */
const mostSteps = 40_000;

/**
 * The longest or the shortest chain of at least two idioms that keeps the rules, none twice; null where there is none, or
 * where the search takes too long.
 */
export function bestChain(
  { words, next }: IdiomGraph,
  { first, last, via, without }: ChainRules,
  aim: "longest" | "shortest",
): readonly string[] | null {
  let steps = 0;
  let best: readonly number[] = [];
  const isUsable = words.map((word) => without === null || !word.includes(without));
  const used = new Uint8Array(words.length);
  const isBetter = (length: number): boolean =>
    best.length === 0 || (aim === "longest" ? length > best.length : length < best.length);
  const extend = (path: number[]): void => {
    steps += 1;
    if (steps > mostSteps) return;
    const end = path.at(-1) ?? 0;
    const isWhole =
      path.length > 1 &&
      (last === null || words[end] === last) &&
      (via === null || path.some((at) => words[at] === via));
    if (isWhole && isBetter(path.length)) best = [...path];
    if (aim === "shortest" && best.length > 0 && path.length + 1 >= best.length) return;
    for (const to of next[end] ?? []) {
      if (used[to] === 1 || isUsable[to] !== true) continue;
      used[to] = 1;
      path.push(to);
      extend(path);
      path.pop();
      used[to] = 0;
    }
  };
  words.forEach((word, at) => {
    if (isUsable[at] !== true || (first !== null && word !== first)) return;
    used[at] = 1;
    extend([at]);
    used[at] = 0;
  });
  if (steps > mostSteps) return null;
  return best.length === 0 ? null : best.map((at) => words[at] ?? "");
}

/** The most points that a chain of at least two idioms makes, none twice; null where the search takes too long. */
export function mostPoints(
  { words, next }: IdiomGraph,
  points: readonly number[],
  without: string | null,
): number | null {
  let [steps, best] = [0, 0];
  const used = words.map((word) => without !== null && word.includes(without));
  const extend = (at: number, sum: number, isChain: boolean): void => {
    steps += 1;
    if (steps > mostSteps) return;
    if (isChain) best = Math.max(best, sum);
    for (const to of next[at] ?? []) {
      if (used[to] === true) continue;
      used[to] = true;
      extend(to, sum + (points[to] ?? 0), true);
      used[to] = false;
    }
  };
  for (const at of words.keys()) {
    if (used[at] === true) continue;
    used[at] = true;
    extend(at, points[at] ?? 0, false);
    used[at] = false;
  }
  return steps > mostSteps || best === 0 ? null : best;
}

/** Goes on with the first idiom of the list that follows and keeps the rules, until none does. */
export function greedyChain(
  { words, next }: IdiomGraph,
  start: string,
  { without }: ChainRules,
): readonly string[] {
  const path = [words.indexOf(start)];
  for (;;) {
    const to = (next[path.at(-1) ?? 0] ?? []).find(
      (each) =>
        !path.includes(each) && (without === null || words[each]?.includes(without) !== true),
    );
    if (to === undefined) return path.map((at) => words[at] ?? "");
    path.push(to);
  }
}
