import type { GoldTurn } from "../../domain/run-file/lines.ts";
import type { Random } from "../random.ts";

export type Intent = "right" | "wrong" | "silent";
export type Style = "reasoned" | "terse" | "markdown" | "hedged" | "bare_text";

/** Everything a reply depends on. */
export type Cue = {
  readonly prompt: string;
  readonly gold: GoldTurn;
  readonly intent: Intent;
  readonly style: Style;
  readonly random: Random;
  /** Golds of other items of the task, used as wrong answers. */
  readonly others: readonly string[];
  /** The model's own last reply in a dialogue. */
  readonly previous: string | null;
};

/** A solution and its steps, before a style is applied. */
export type Solution = {
  /** Complete sentences that lead to the value. */
  readonly steps: readonly string[];
  /** The text after 答案：. */
  readonly value: string;
  /** The same value in other words, such as an option's text; null where there are none. */
  readonly meaning: string | null;
  /** Other values that were considered. */
  readonly rivals: readonly string[];
};
