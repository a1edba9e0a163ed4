/** How the text of a reply goes on while nothing comes but more of it. */
export type TextFlow = {
  /** Of its latest piece. */
  readonly last_ms: number;
  /** `increments`: each piece is new. `repeating`: so far only what repeats the latest piece to the letter is known to be. */
  readonly form: "increments" | "repeating";
};

/** Pieces of text that came one after another, read together. */
export type TextRun = {
  /** Of all of them. */
  readonly text: string;
  /** How many moments they came at, the last of them, and the longest time between two or before the first. */
  readonly chunks: number;
  readonly last_ms: number;
  readonly max_gap_ms: number;
};
