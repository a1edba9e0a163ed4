import type { Home } from "../kit/program.ts";

/** What a program is asked to do: all rows of `sums.jsonl` in its folder, so many at once. */
export type Job = {
  /** The server, without `/v1`. */
  readonly url: string;
  /** Holds `sums.jsonl`, rows of `{id, question, answer}`; the program's files go there as well. */
  readonly folder: string;
  readonly items: number;
  readonly streams: number;
};

export type Command = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
};

/** A program that asks a model and, most of them, grades what it says. */
export type Tool = {
  readonly name: string;
  /** Where it is looked for; null where this tree has it. */
  readonly home: Home | null;
  /** Null for a program without versions; `at` is the folder of `home`. */
  readonly version: (at: string) => string | null;
  /** Whether it reads replies as streams. */
  readonly isStreaming: boolean;
  /** Items in a table; as many as others unless these would take it more than a minute and a half. */
  readonly items?: number;
  /** Writes what it reads into the job's folder and says how it is started. */
  readonly prepare: (job: Job, at: string) => Command;
  /** How many answers it found right, from what it printed or left in the folder; null where it grades nothing, or says nothing. */
  readonly right: (job: Job, stdout: string) => number | null;
};

/** What every program is asked, with the placeholder of its own templates in the place of the question. */
export const promptWith = (question: string): string => `计算：${question}`;

/** How an answer names its result, with the placeholder of a gold. */
export const resultWith = (answer: string): string => `答案：${answer}`;
