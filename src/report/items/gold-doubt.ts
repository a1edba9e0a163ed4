/** What one model said of an item, however often it was asked. */
export type Witness = {
  /** Its share of right answers on the other items, in (0, 1). */
  readonly skill: number;
  /** How often it gave each answer. The first is the gold's; the others differ from it and from each other. */
  readonly counts: readonly number[];
  /** How often it gave a wrong answer that nobody could name. */
  readonly unnamed: number;
};

export type Doubt = {
  /** Posterior probability that the gold is wrong, in [0, 1]. */
  readonly probability: number;
  /** Natural logarithm of its odds, by which doubts are ranked. */
  readonly log_odds: number;
  /** Index of the answer that is right most probably if the gold is wrong; null for one that nobody named. */
  readonly answer: number | null;
};

/**
 * Share of golds that are wrong, before any answer is seen: 3.3% is the mean over ten published test sets (Northcutt,
 * Athalye and Mueller, Pervasive Label Errors in Test Sets, NeurIPS 2021).
 */
export const priorDoubt = 0.033;

/** Part of the wrong answers that goes to one distractor which attracts: unknown, so all of these are tried. */
const attractions: readonly number[] = [0, 0.4, 0.8];

/** How much harder an item is than the others, on the logit scale: N(0, 1.2²) at its five Gauss–Hermite points. */
const difficulties: readonly { readonly shift: number; readonly weight: number }[] = [
  { shift: -3.42836, weight: 0.011257 },
  { shift: -1.62676, weight: 0.222076 },
  { shift: 0, weight: 0.533333 },
  { shift: 1.62676, weight: 0.222076 },
  { shift: 3.42836, weight: 0.011257 },
];

/**
 * How probable it is that the gold of an item with `choices` possible answers is wrong. Each model answers right with its
 * skill, made harder or easier by the item; wrong answers go to any of the others, part of them to one distractor that
 * attracts. Both are averaged over, so that a hard item and a popular distractor explain what they can before the gold is
 * doubted. A model has one vote, which its repeated answers share, because it repeats its mistakes.
 * After Dawid and Skene, Applied Statistics 28 (1979), with the skills known from the other items.
 */
export function goldDoubt(witnesses: readonly Witness[], choices: number): Doubt {
  const seen = Math.max(1, ...witnesses.map(({ counts }) => counts.length));
  const wrong = Math.max(1, choices - 1, seen - 1);
  const truths = likelihoods(witnesses.map(voteOf), seen, wrong);
  const [gold = 0, ...others] = truths;
  const unseen = wrong + 1 - seen;
  const weighed = others.map((log, index) => ({
    answer: index + 1 < seen ? index + 1 : null,
    log: log + Math.log((priorDoubt * (index + 1 < seen ? 1 : unseen)) / wrong),
  }));
  const doubted = logSum(weighed.map(({ log }) => log));
  const log_odds = doubted - gold - Math.log(1 - priorDoubt);
  const best = weighed.reduce((a, b) => (b.log > a.log ? b : a));
  return { probability: 1 / (1 + Math.exp(-log_odds)), log_odds, answer: best.answer };
}

/** One model's vote: what share of it each answer has. */
type Vote = {
  readonly logit: number;
  readonly shares: readonly number[];
  readonly unnamed: number;
};

function voteOf({ skill, counts, unnamed }: Witness): Vote {
  const total = counts.reduce((sum, count) => sum + count, unnamed);
  return {
    logit: Math.log(skill / (1 - skill)),
    shares: counts.map((count) => count / total),
    unnamed: unnamed / total,
  };
}

/** The log-likelihood of the votes if each seen answer is the truth, and last, if there are more, one that nobody gave. */
function likelihoods(votes: readonly Vote[], seen: number, wrong: number): readonly number[] {
  const unseen = wrong + 1 - seen;
  const truths = Array.from({ length: seen + (unseen > 0 ? 1 : 0) }, (_, index) => index);
  const terms = truths.map((): number[] => []);
  for (const { shift, weight } of difficulties) {
    for (const attraction of attractions) {
      const world = worldOf(votes, seen, { shift, attraction, wrong });
      for (const truth of truths) {
        for (const distractor of truths) {
          const of =
            distractor < seen ? Number(distractor !== truth) : unseen - (truth < seen ? 0 : 1);
          if (of === 0) continue;
          const chance = (of * weight) / (wrong * attractions.length);
          terms[truth]?.push(Math.log(chance) + logOf(world, truth, distractor));
        }
      }
    }
  }
  return terms.map(logSum);
}

/** Logarithms of the votes' probability under one difficulty and attraction, by what the answers are. */
type World = {
  /** If all answers were plain distractors. */
  readonly base: number;
  /** What an answer adds by being the truth, and by being the distractor that attracts. */
  readonly truth: readonly number[];
  readonly distractor: readonly number[];
  /** Of the unnamed wrong answers: if the gold is the truth, if it attracts, and if neither. */
  readonly unnamed: { readonly true: number; readonly attracts: number; readonly neither: number };
};

function worldOf(
  votes: readonly Vote[],
  seen: number,
  how: { readonly shift: number; readonly attraction: number; readonly wrong: number },
): World {
  const truth = Array.from({ length: seen + 1 }, () => 0);
  const distractor = [...truth];
  const unnamed = { true: 0, attracts: 0, neither: 0 };
  let base = 0;
  for (const vote of votes) {
    const right = 1 / (1 + Math.exp(how.shift - vote.logit));
    const plain = ((1 - right) * (1 - how.attraction)) / how.wrong;
    const attracting = plain + (1 - right) * how.attraction;
    for (const [answer, share] of vote.shares.entries()) {
      base += share * Math.log(plain);
      truth[answer] = (truth[answer] ?? 0) + share * Math.log(right / plain);
      distractor[answer] = (distractor[answer] ?? 0) + share * Math.log(attracting / plain);
    }
    unnamed.true += vote.unnamed * Math.log(1 - right);
    unnamed.attracts += vote.unnamed * Math.log(1 - attracting);
    unnamed.neither += vote.unnamed * Math.log(1 - plain);
  }
  return { base, truth, distractor, unnamed };
}

/** The gold is answer 0. */
const logOf = ({ base, ...world }: World, truth: number, distractor: number): number =>
  base +
  (world.truth[truth] ?? 0) +
  (world.distractor[distractor] ?? 0) +
  (truth === 0
    ? world.unnamed.true
    : distractor === 0
      ? world.unnamed.attracts
      : world.unnamed.neither);

/** log Σ exp, without overflow. */
function logSum(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}
