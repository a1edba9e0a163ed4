import type { Group } from "../group.ts";
import type { ChoiceReading } from "../reading.ts";
import type { Pronoun } from "./pronouns.ts";
import type { OptionJudgement } from "./words.ts";

/** One thing that a reply says of options. */
export type Saying = OptionJudgement & {
  readonly letters: readonly string[];
  /** chosen: 选B, 只有B, 符合的是B; judged: B 正确; named: 就是B, perhaps a conclusion. */
  readonly force: "chosen" | "judged" | "named";
  readonly sentence: number;
};

/** What a clause can speak of: options by label, or words that stand for some. */
export type ClauseSubject =
  | (Group & { readonly kind: "group" })
  | (Pronoun & { readonly hedged?: false });

/** What has been read of a reply so far. */
export type ClauseState = {
  readonly reading: ChoiceReading;
  /** The longest part of what is asked that the reply speaks of. */
  readonly word: string | null;
  /** All of what is asked. */
  readonly whole: string | null;
  readonly sayings: Saying[];
  readonly possible: Set<string>;
  readonly concluding: Set<number>;
  readonly places: Map<string, Set<number>>;
  /** The options that a clause without one goes on about. */
  subject: readonly string[];
  /** Something has been said of it. */
  judged: boolean;
  /** The options named in this sentence, in the one before. */
  focus: string[];
  earlier: readonly string[];
  excepted: readonly string[];
  /** The last options that were said to be the only ones. */
  only: readonly string[];
  /** In a supposition or in a remark about what others choose. */
  beside: "supposition" | "remark" | null;
  sentence: number;
};

/** Notes what is said of some options. */
export function say(
  state: ClauseState,
  letters: readonly string[],
  judgement: OptionJudgement,
  force: Saying["force"],
): void {
  if (letters.length === 0) return;
  state.judged = true;
  state.sayings.push({ ...judgement, letters, force, sentence: state.sentence });
}

/** All options but these. */
export const without = ({ reading }: ClauseState, letters: readonly string[]): readonly string[] =>
  reading.labels.list.filter((label) => !letters.includes(label));
