import { z } from "zod";

import type { ChatMessage } from "./call.ts";

import { callShape } from "./call.ts";
import { Params } from "./params.ts";
import { byName, record } from "./schema/readonly.ts";

/** The result of a reply against another in one order of presentation. */
const Battle = z.enum(["win", "tie", "loss"]);
export type Battle = z.infer<typeof Battle>;

/** One judge's vote on one reply. */
export const Ballot = record({
  /** The judge's target name. */
  judge: z.string(),
  /** From 1. */
  vote: z.int().positive(),
  /** In [0, 1]; null if there is no valid verdict. */
  value: z.number().min(0).max(1).nullable(),
  /** Marks by criterion as the judge gave them; yes and no are 1 and 0. */
  marks: byName(z.number()).exactOptional(),
  /** For a pair: the result with the reply shown first, and with it shown second. */
  orders: z.tuple([Battle, Battle]).readonly().exactOptional(),
  /** The judge's own words, shortened. */
  reason: z.string().nullable(),
  /** Why there is no valid verdict; null if there is one. */
  invalid: z.string().nullable(),
});
export type Ballot = z.infer<typeof Ballot>;

/** How the ballots of a panel become one verdict. */
export const combinations = ["mean", "median", "majority"] as const;
export type Combination = (typeof combinations)[number];

/** A member of a panel. */
export type Judge = {
  readonly ref: string;
  /** Of the same family as the model whose reply is graded. */
  readonly kin: boolean;
};

/** The judges under one name in the config; the config's settings override the suite's. */
export type Panel = {
  readonly judges: readonly Judge[];
  readonly votes?: number | undefined;
  readonly combine?: Combination | undefined;
  readonly min_valid?: number | undefined;
  readonly same_family?: "refuse" | "allow" | undefined;
};

/** Where the other answer of a pair comes from: a target of the run, or a file of answers. */
export type BaselineRef = { readonly target: string } | { readonly file: string };

/** What a grader needs besides the reply, depending on its options. */
export type Needs = {
  /** Panels of the config, or targets. */
  readonly judges: readonly string[];
  /** True where grading goes on without them, so that nobody is told that they are missing. */
  readonly optional?: true;
  readonly baselines: readonly BaselineRef[];
  readonly same_family: "refuse" | "allow";
  /** Calls per judge for one reply, without retries; `votes` is the panel's own number, which takes precedence. */
  readonly calls: (votes?: number) => number;
};

export type JudgeRequestOptions = {
  /** From 1: each vote has a seed of its own. */
  readonly vote: number;
  readonly temperature: number;
};

/** A judge's call as recorded in the run file, with the judge, the params and the prompt's digest. */
export const JudgeCall = record({
  ...callShape,
  judge: z.string().exactOptional(),
  params: Params.exactOptional(),
  prompt_digest: z.string().exactOptional(),
});
export type JudgeCall = z.infer<typeof JudgeCall>;

/** Calls a judge. `keep` gets each finished call. Rejects with an `AbortError` if the run stops first. */
export type JudgeRequest = (
  judge: string,
  messages: readonly ChatMessage[],
  how: JudgeRequestOptions,
  keep: (call: JudgeCall) => void,
) => Promise<string>;

/** The position of an answer in its run. */
export type AnswerPlace = {
  readonly item: string;
  readonly wording: string | null;
  readonly trial: number;
  readonly target: string;
};

/** What grading may use of a run that has judges. */
export type JudgeAccess = {
  readonly ask: JudgeRequest;
  /** Null if the config has no such panel and no target has this name. */
  readonly panel: (name: string, candidate: string) => Panel | null;
  /** Replies of the other side, turn by turn; null if it has none. */
  readonly baseline: (from: BaselineRef, place: AnswerPlace) => Promise<readonly string[] | null>;
  /** Digests of files of answers, for the grader's digest. */
  readonly baselineDigest: (from: BaselineRef) => string | null;
};
