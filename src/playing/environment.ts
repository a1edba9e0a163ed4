import type { z } from "zod";

import type { Members } from "../domain/json.ts";
import type { Tool } from "../domain/suite.ts";
import type { Text } from "../domain/text.ts";

import { textOf } from "../domain/json.ts";
import { loadPlugin } from "../plugins.ts";

/** Seeded random choices, as a generator's. */
export type Chance = {
  /** An integer from `low` to `high`, both included. */
  readonly int: (low: number, high: number) => number;
  readonly pick: <Value>(from: readonly Value[]) => Value;
  readonly sample: <Value>(from: readonly Value[], count: number) => readonly Value[];
  readonly shuffle: <Value>(from: readonly Value[]) => readonly Value[];
};

/** A call whose arguments have been read. */
export type EnvironmentCall = { readonly name: string; readonly arguments: Members };

/** How things stand. */
export type PlayOutcome = {
  /** The final state is the one that was asked for. */
  readonly reached: boolean;
  /** What is not as it should be, in a word or two each; empty where `reached`. */
  readonly lacking: readonly string[];
  /** What must never happen and has happened: any of it makes the whole worthless. */
  readonly forbidden: readonly string[];
  /** Rules of the policy that were broken, though the goal may be reached. */
  readonly breaches: readonly string[];
};

/** What an environment starts with: the hidden state, what the user asks for, and the rules that the model is given. */
export type PlayStart<State> = {
  readonly state: State;
  readonly instruction: string;
  readonly policy: string;
};

export type UserAnswer<State> = { readonly state: State; readonly says: string };

/** The name that words to the user have among calls. */
const userName = "user";

/** Words to the scripted user, as a plan holds them. */
export const sayToUser = (said: string): EnvironmentCall => ({
  name: userName,
  arguments: { said },
});

/** What a call says to the user; null where it is a call of a tool. */
export const saidToUser = ({ name, arguments: given }: EnvironmentCall): string | null =>
  name === userName ? textOf(given["said"]) : null;

/** One rung of an environment's ladder. */
export type PlayLevel<Options = unknown> = {
  readonly options: Partial<Options>;
  /** What an agent gets that calls nothing: 0, since nothing is done. */
  readonly floor: 0;
};

/** Rungs of an environment whose only knob is its level, from 1 to `count`. */
export const playLevels = (count: number): readonly PlayLevel<{ level: number }>[] =>
  Array.from({ length: count }, (_, at) => ({ options: { level: at + 1 }, floor: 0 }));

/**
 * A simulated backend is one file in `src/environments/` that exports `environment`; the file's name is its id. All of it
 * is pure: the state is JSON, holds the clock too, and the same calls always lead to the same state and results.
 */
export type Environment<State = unknown, Options = unknown> = {
  readonly id: string;
  /** Changes whenever the same seed or the same calls can give something else. */
  readonly version: string;
  readonly title: Text;
  readonly options: z.ZodType<Options>;
  /** From the easiest, level 1, to the hardest, as a generator's; absent where difficulty has no knob. */
  readonly levels?: readonly PlayLevel<Options>[];
  readonly state: z.ZodType<State>;
  readonly tools: readonly Tool[];
  readonly initial: (draw: Chance, options: Options) => PlayStart<State>;
  /** The state after a call, and what the model reads of it. A call that makes no sense gives an error, and no throw. */
  readonly step: (
    state: State,
    call: EnvironmentCall,
  ) => { readonly state: State; readonly result: unknown };
  /**
   * What a scripted user answers to words without calls, by what is asked and by how things stand; null where there is
   * nothing to answer. Absent where nobody answers. Words that nobody answers end the conversation.
   */
  readonly user?: (state: State, said: string) => UserAnswer<State> | null;
  readonly outcome: (state: State) => PlayOutcome;
  /** The fewest calls that lead from this state to the goal, or null if none do. What is said to the user is a call too. */
  readonly plan: (state: State) => readonly EnvironmentCall[] | null;
};

/** Infers the types of an environment from its schemas. */
export const defineEnvironment = <State, Options>(
  environment: Environment<State, Options>,
): Environment<State, Options> => environment;

/** An environment, or null where there is none of that name. */
export const loadEnvironment = (id: string): Promise<Environment | null> =>
  loadPlugin("environments", id);
