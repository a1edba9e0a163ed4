import type { Gold } from "../../domain/grader.ts";
import type { Labels, Stem } from "./labels.ts";
import type { Trigger } from "./markers.ts";
/** The options that a reply chose. No letters: it says that there is no answer, or does not decide. */
export type Found = { readonly letters: readonly string[]; readonly why: string };

export type ChoiceReading = {
  readonly text: string;
  readonly gold: Gold;
  readonly labels: Labels;
  readonly several: boolean;
  readonly stem: Stem;
  /** Weak announcements skipped so far. */
  readonly weak: Trigger[];
};
