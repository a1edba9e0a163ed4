import type { DeclaredFunction } from "../../src/domain/request/tool-function.ts";
import type { Call } from "../sdk.ts";

/** A call as an SDK returned it, with its arguments read. */
export type SdkToolCall = { readonly name: string; readonly arguments: unknown };

/** A question with tools. `play` gives what the calls of the first reply lead to, in their order. */
export type Errand = Call & {
  readonly functions: readonly DeclaredFunction[];
  readonly play: (calls: readonly SdkToolCall[]) => readonly string[];
};

/** Two requests of one conversation: what each reply called, and the tokens of both together. */
export type TwoSteps = {
  readonly replies: readonly (readonly SdkToolCall[])[];
  readonly input: number;
  readonly output: number;
};

/** How a vendor's SDK asks with tools, and asks again with the calls of the reply and what they gave. */
export type ToolTalk = {
  readonly name: string;
  /** The id of the vendor's file, whose adapter must send the same. */
  readonly provider: string;
  /** The members of a request that carry tools and conversation. */
  readonly members: readonly string[];
  readonly converse: (url: string, key: string, errand: Errand) => Promise<TwoSteps>;
};

export const read = (text: string | undefined): unknown => JSON.parse(text ?? "null");

/** Tools in the envelope of OpenAI's chat completions. */
export const enveloped = ({ functions }: Errand) =>
  functions.map((each) => ({
    type: "function" as const,
    function: { ...each, description: each.description ?? "", parameters: { ...each.parameters } },
  }));

export const sum = (...counts: readonly (number | null | undefined)[]): number =>
  counts.reduce<number>((total, count) => total + (count ?? Number.NaN), 0);
