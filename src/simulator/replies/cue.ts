import type { GoldTurn } from "../../domain/run-file/lines.ts";
import type { Random } from "../random.ts";

export type Intent = "right" | "wrong" | "silent";
export type Style = "reasoned" | "terse" | "markdown" | "hedged" | "bare_text";

/** All that a reply depends on. */
export type Cue = {
  readonly prompt: string;
  readonly gold: GoldTurn;
  readonly intent: Intent;
  readonly style: Style;
  readonly random: Random;
  /** Golds of other items of the task: what a model may mistake for the answer. */
  readonly others: readonly string[];
  /** The model's own last reply in a dialogue. */
  readonly previous: string | null;
};

/** A way to an answer, before it is put into a style. */
export type Solution = {
  /** Sentences that lead to the value, each complete. */
  readonly steps: readonly string[];
  /** What stands behind 答案：. */
  readonly value: string;
  /** The value in other words, where there are any: an option's text. */
  readonly meaning: string | null;
  /** Other values that were in question. */
  readonly rivals: readonly string[];
};
