import type { Interval } from "../../stats/interval.ts";
import type { Reviewed, TargetView, View } from "../view/model.ts";

import {
  leastRuled,
  predictionPowered,
  type RuledMark,
} from "../../stats/agreement/prediction-powered.ts";
import { clusteredInterval, clusteredMean } from "../../stats/interval.ts";
import { rulingInForce } from "../view/opinions.ts";

/** What a target's mean at the judges is, and what people would give it. */
export type CorrectedMean = {
  readonly target: string;
  /** Answers that judges were to mark, and how many they did. */
  readonly answers: number;
  readonly judged: number;
  /** The judges' mean over what they marked, in [0, 1]. */
  readonly raw: number | null;
  /** Of these answers, those in the random sample that people gave a value. */
  readonly ruled: number;
  /** People's mean over these, with mean ± t · se. */
  readonly alone: number | null;
  readonly alone_interval: Interval | null;
  /** The prediction-powered mean over all answers; null where `why` says so. */
  readonly corrected: number | null;
  readonly corrected_interval: Interval | null;
  /** How far the judges are followed: 0 where they tell nothing. */
  readonly lambda: number | null;
  /** Too few rulings, or a sample that was not ruled on to its end and so is none. */
  readonly why: "few" | "unfinished" | null;
};

export type CorrectedMeans = {
  readonly targets: readonly CorrectedMean[];
  /** Answers that were drawn at random, and how many of them somebody ruled on. */
  readonly drawn: number;
  readonly ruled: number;
};

/** A sample of which less was ruled on is none: what is left out is left out for a reason. */
const leastDone = 0.9;

/**
 * The judged answers of each target, in the base wording, corrected by the rulings on a recorded random draw. Rulings on
 * what was doubtful are in no figure, unless the draw picked the answer as well. Every answer had the same chance in each
 * draw, and so in all of them together. Null where no judge marked, or nobody ruled on a recorded draw.
 */
export function correctedMeans(
  view: View,
  counts: (item: number) => boolean = () => true,
): CorrectedMeans | null {
  const done = doneOf(view);
  if (done === null) return null;
  const isDone = done.ruled >= leastDone * done.drawn;
  const targets = view.targets.flatMap((target) => meanOf(view, target, counts, isDone) ?? []);
  return targets.length === 0 ? null : { targets, ...done };
}

/** Draws by different seeds overlap by chance: of N answers, N · Π(1 - drawn / N) are in none of them. */
function doneOf({ targets }: View): { readonly drawn: number; readonly ruled: number } | null {
  const draws = targets.flatMap(({ reviews }) =>
    [...reviews.values()].flatMap(({ draw }) => draw ?? []),
  );
  if (draws.length === 0) return null;
  let drawn = 0;
  for (const [of, group] of Map.groupBy(draws, (draw) => draw.of)) {
    const seeds = Map.groupBy(group, ({ seed }) => seed);
    const none = [...seeds.values()].reduce(
      (share, own) => share * (1 - Math.max(...own.map((draw) => draw.drawn)) / of),
      1,
    );
    drawn += Math.round(of * (1 - none));
  }
  return { drawn, ruled: draws.length };
}

type JudgedAnswer = {
  readonly judge: number | null;
  readonly person: number | null;
  readonly cluster: number;
};

function meanOf(
  view: View,
  target: TargetView,
  counts: (item: number) => boolean,
  isDone: boolean,
): CorrectedMean | null {
  const answers = answersOf(view, target, counts);
  if (answers.length === 0) return null;
  const marks = answers.flatMap(({ judge }) => judge ?? []);
  const raw = marks.length === 0 ? null : marks.reduce((sum, each) => sum + each, 0) / marks.length;
  // What a judge would not mark stands at the mean of what it did: any fixed guess leaves the estimate unbiased.
  const guess = raw ?? 0;
  const ruled = answers.flatMap(({ judge, person, cluster }): readonly RuledMark[] =>
    person === null ? [] : [{ person, judge: judge ?? guess, cluster }],
  );
  const alone = clusteredMean({
    values: ruled.map(({ person }) => person),
    clusters: ruled.map(({ cluster }) => cluster),
  });
  const found = isDone ? predictionPowered(ruled, { n: answers.length, mean: guess }) : null;
  return {
    target: target.ref,
    answers: answers.length,
    judged: marks.length,
    raw,
    ruled: ruled.length,
    alone: ruled.length === 0 ? null : alone.mean,
    alone_interval: alone.clusters < leastRuled ? null : clusteredInterval(alone),
    corrected: found?.value ?? null,
    corrected_interval: found?.interval ?? null,
    lambda: found?.lambda ?? null,
    why: found !== null ? null : isDone ? "few" : "unfinished",
  };
}

function answersOf(
  view: View,
  { judged, reviews, rows: { at } }: TargetView,
  counts: (item: number) => boolean,
): readonly JudgedAnswer[] {
  return [...judged.keys()]
    .toSorted((a, b) => a - b)
    .flatMap((row): readonly JudgedAnswer[] => {
      const item = at.item[row] ?? 0;
      if (!counts(item) || at.wording[row] !== 0) return [];
      const reviewed = reviews.get(row);
      const said = reviewed === undefined ? (at.value[row] ?? Number.NaN) : reviewed.said.value;
      return [
        {
          judge: said === null || Number.isNaN(said) ? null : said,
          person: reviewed === undefined ? null : drawnValue(reviewed),
          cluster: view.items.at.cluster[item] ?? 0,
        },
      ];
    });
}

const drawnValue = (reviewed: Reviewed): number | null =>
  reviewed.draw === null ? null : (rulingInForce(reviewed)?.value ?? null);
