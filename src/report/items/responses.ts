/** One model that answers once: a target in one trial of one run. */
export type Respondent = {
  readonly target: string;
  /** Targets that serve the same model share it, whoever hosts it. */
  readonly model: string;
  /** The run's id. */
  readonly run: string;
  readonly trial: number;
};

/** What became of one answer in the written order and wording. */
export type ItemResponse = {
  /** Index of the respondent. */
  readonly respondent: number;
  /** In [0, 1]. */
  readonly value: number;
  /** True where the model answered: not cut off by a filter, and something was read. */
  readonly answered: boolean;
  /** What it answered, as the grader took it; null where that is not known. */
  readonly said: string | null;
};

/** An item with one prompt and one gold. The same id with another prompt or gold is another item. */
export type ItemResponses = {
  /** `suite/task/item` */
  readonly item: string;
  readonly ask_digest: string;
  readonly gold_digest: string;
  readonly suite: string;
  readonly task: string;
  readonly dimension: readonly string[];
  /** The beginning of the question, for people. */
  readonly question: string;
  /** The gold in short: a letter, a number, a few words; empty where it is a rubric. */
  readonly gold: string;
  /** Options of a question with one right letter; 0 for other questions. */
  readonly options: number;
  /** The right reply is a refusal. */
  readonly refuse: boolean;
  readonly responses: readonly ItemResponse[];
};

/** All that runs say about their items. */
export type Responses = {
  readonly runs: readonly string[];
  /** All suites of the runs, whether they were asked for or not. */
  readonly suites: ReadonlySet<string>;
  readonly respondents: readonly Respondent[];
  readonly items: readonly ItemResponses[];
  /** Targets with at least one simulated answer. */
  readonly simulated: ReadonlySet<string>;
  /** Targets that were left out because they are baselines. */
  readonly baselines: ReadonlySet<string>;
};
