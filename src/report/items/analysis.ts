import type { Interval } from "../../stats/interval.ts";
import type { Doubt } from "./gold-doubt.ts";
import type { ItemResponse, ItemResponses, Responses } from "./responses.ts";

import { correlation, correlationInterval } from "./correlation.ts";
import { goldDoubt } from "./gold-doubt.ts";
import { restScores, type RestScores } from "./rest-scores.ts";
import {
  type ChosenAnswer,
  chosenAnswers,
  choicesByItem,
  goldAnswer,
  type AnswerTally,
  tallyOf,
} from "./tally.ts";

/** Below this many respondents there is no discrimination, and nobody calls an item dead. */
export const leastRespondents = 3;

/** The answer that stands against a gold. */
export type DoubtedGold = Pick<Doubt, "probability" | "log_odds"> & {
  /** The answer that is right most probably if the gold is wrong; null where no reply could be named. */
  readonly answer: string | null;
  /** Targets that gave it, the strongest first; without a named answer, those that differ from the gold. */
  readonly targets: readonly string[];
  /** Models that gave it, and models that answered. */
  readonly models: number;
  readonly of: number;
};

export type ItemStatistics = Omit<ItemResponses, "responses" | "options" | "refuse"> & {
  /** From 1; above it where the runs hold several prompts or golds under one id. */
  readonly version: number;
  /** Answers that count, each from another respondent, and the targets that gave them. */
  readonly answers: number;
  readonly targets: number;
  /** Mean value in [0, 1]; null without answers. */
  readonly share: number | null;
  /** Correlation of the value with the respondent's mean over the suite's other items; null where it says nothing. */
  readonly discrimination: number | null;
  /** Null below five respondents. */
  readonly discrimination_interval: Interval | null;
  /** What was answered how often, the gold's answers together. */
  readonly chosen: readonly ChosenAnswer[];
  /** Answers beyond those, and respondents whose answer is not known or who gave none. */
  readonly others: number;
  readonly unknown: number;
  readonly dead: "all_right" | "all_wrong" | null;
  /** Null where fewer than two models answered, where all agree with the gold, and where there is no written gold. */
  readonly doubt: DoubtedGold | null;
};

export type ItemAnalysis = Pick<Responses, "runs"> & {
  readonly respondents: number;
  readonly targets: readonly {
    readonly target: string;
    readonly respondents: number;
    readonly simulated: boolean;
    /** Mean value over all its answers. */
    readonly share: number;
  }[];
  /** Left out. */
  readonly baselines: readonly string[];
  /** In the order of the runs. */
  readonly items: readonly ItemStatistics[];
};

/** Item analysis over all respondents: see docs/items.md for every figure. */
export function itemAnalysis(responses: Responses): ItemAnalysis {
  const { runs, respondents, items, simulated, baselines } = responses;
  const rest = restScores(items);
  const choices = choicesByItem(items);
  const versions = new Map<string, number>();
  const statistics = items
    .filter((item) => item.responses.length > 0)
    .map((item) => {
      const version = (versions.get(item.item) ?? 0) + 1;
      versions.set(item.item, version);
      return statisticsOf(item, version, { responses, rest, choices: choices.get(item) ?? 0 });
    });
  const shares = targetShares(responses);
  const byTarget = Map.groupBy(respondents, ({ target }) => target);
  return {
    runs,
    respondents: respondents.length,
    targets: [...byTarget].map(([target, own]) => ({
      target,
      respondents: own.length,
      simulated: simulated.has(target),
      share: shares.get(target) ?? 0,
    })),
    baselines: [...baselines],
    items: statistics,
  };
}

type Surroundings = {
  readonly responses: Responses;
  readonly rest: RestScores;
  /** How many answers the item may have. */
  readonly choices: number;
};

function statisticsOf(
  { responses, options, refuse, ...item }: ItemResponses,
  version: number,
  around: Surroundings,
): ItemStatistics {
  const { respondents } = around.responses;
  const values = responses.map(({ value }) => value);
  const tally = tallyOf(responses, { ...item, options });
  const isEnough = responses.length >= leastRespondents;
  return {
    ...item,
    version,
    answers: responses.length,
    targets: new Set(responses.map(({ respondent }) => respondents[respondent]?.target)).size,
    share: mean(values),
    ...(isEnough ? discriminationOf(item.suite, responses, around.rest) : noDiscrimination),
    ...chosenAnswers(tally),
    dead: !isEnough
      ? null
      : values.every((value) => value === 1)
        ? "all_right"
        : values.every((value) => value === 0)
          ? "all_wrong"
          : null,
    doubt: refuse || item.gold === "" ? null : doubtOf(item.suite, responses, tally, around),
  };
}

const noDiscrimination = { discrimination: null, discrimination_interval: null };

/** Corrected item-total correlation: the item itself is left out of the score (Henrysson, Psychometrika 28, 1963). */
function discriminationOf(
  suite: string,
  responses: readonly ItemResponse[],
  rest: RestScores,
): Pick<ItemStatistics, "discrimination" | "discrimination_interval"> {
  const pairs = responses.flatMap(({ respondent, value }): (readonly [number, number])[] => {
    const score = rest.without(suite, respondent, value);
    return score === null ? [] : [[value, score.sum / score.n]];
  });
  const discrimination = pairs.length < leastRespondents ? null : correlation(pairs);
  return {
    discrimination,
    discrimination_interval:
      discrimination === null ? null : correlationInterval(discrimination, pairs.length),
  };
}

/** What the models that answered say of the gold. */
function doubtOf(
  suite: string,
  responses: readonly ItemResponse[],
  tally: AnswerTally,
  { responses: { respondents }, rest, choices }: Surroundings,
): DoubtedGold | null {
  const answered = responses.flatMap((response, index) => {
    const who = respondents[response.respondent];
    const answer = tally.answers[index] ?? null;
    const score = rest.without(suite, response.respondent, response.value);
    // Partial credit for an answer that is not known says neither right nor wrong.
    const isClear = answer !== null || response.value === 0;
    if (who === undefined || score === null || !response.answered || !isClear) return [];
    return [{ who, answer, score }];
  });
  const models = [...Map.groupBy(answered, ({ who }) => who.model).values()];
  if (models.length < 2 || answered.every(({ answer }) => answer === goldAnswer)) return null;
  const known = models.map((own) => ({
    own,
    witness: {
      skill: skillOf(own.map(({ score }) => score)),
      counts: tally.names.map((_, answer) => own.filter((each) => each.answer === answer).length),
      unnamed: own.filter(({ answer }) => answer === null).length,
    },
  }));
  const { probability, log_odds, answer } = goldDoubt(
    known.map(({ witness }) => witness),
    choices,
  );
  const strongestFirst = known
    .toSorted((a, b) => b.witness.skill - a.witness.skill)
    .map(({ own }) => own);
  const giving = (test: (given: number | null) => boolean) =>
    strongestFirst.map((own) => own.filter((each) => test(each.answer))).filter(isFilled);
  const same = giving((given) => given !== null && given === answer);
  // Nobody gave the likeliest answer by name: those who differ from the gold are what there is.
  const against = same.length > 0 ? same : giving((given) => given !== goldAnswer);
  return {
    probability,
    log_odds,
    answer: same.length > 0 ? (tally.names[answer ?? goldAnswer] ?? null) : null,
    targets: [...new Set(against.flatMap((own) => own.map(({ who }) => who.target)))],
    models: against.length,
    of: models.length,
  };
}

const isFilled = (list: readonly unknown[]): boolean => list.length > 0;

/** The share of right answers on the other items over all trials, drawn a little to one half, so that it is never 0 or 1. */
function skillOf(scores: readonly { readonly sum: number; readonly n: number }[]): number {
  const sum = scores.reduce((total, score) => total + score.sum / scores.length, 0);
  const n = scores.reduce((total, score) => total + score.n / scores.length, 0);
  return (sum + 1) / (n + 2);
}

/** The mean value of each target over all its answers. */
function targetShares({ items, respondents }: Responses): ReadonlyMap<string, number> {
  const sums = respondents.map(() => ({ sum: 0, n: 0 }));
  for (const { respondent, value } of items.flatMap(({ responses }) => responses)) {
    const own = sums[respondent];
    if (own === undefined) continue;
    own.sum += value;
    own.n += 1;
  }
  const byTarget = Map.groupBy(sums, (_, respondent) => respondents[respondent]?.target ?? "");
  return new Map(
    [...byTarget].map(([target, own]) => {
      const [sum, n] = own.reduce(([a, b], each) => [a + each.sum, b + each.n], [0, 0]);
      return [target, n === 0 ? 0 : sum / n];
    }),
  );
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
