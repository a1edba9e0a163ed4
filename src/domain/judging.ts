import type { CallRecord, ChatMessage } from "./call.ts";
import type { Params } from "./params.ts";

/** How a reply fared against another in one order of showing. */
export type Battle = "win" | "tie" | "loss";

/** What one judge said in one vote about one reply. */
export type Ballot = {
  /** The judge's target name. */
  readonly judge: string;
  /** From 1. */
  readonly vote: number;
  /** In [0, 1]; null where there is no valid verdict. */
  readonly value: number | null;
  /** Marks by criterion as the judge gave them; yes and no are 1 and 0. */
  readonly marks?: Readonly<Record<string, number>>;
  /** Of a pair: how the reply fared when it was shown first, and when it was shown second. */
  readonly orders?: readonly [Battle, Battle];
  /** The judge's own words, shortened. */
  readonly reason: string | null;
  /** Why there is no valid verdict; null where there is one. */
  readonly invalid: string | null;
};

/** How the ballots of a panel become one verdict. */
export const combinations = ["mean", "median", "majority"] as const;
export type Combination = (typeof combinations)[number];

/** A judge as a panel names it. */
export type Judge = {
  readonly ref: string;
  /** Of the same family as the model whose reply is graded. */
  readonly kin: boolean;
};

/** Judges under one name of the config; what the config says beside them goes over the suite. */
export type Panel = {
  readonly judges: readonly Judge[];
  readonly votes?: number | undefined;
  readonly combine?: Combination | undefined;
  readonly min_valid?: number | undefined;
  readonly same_family?: "refuse" | "allow" | undefined;
};

/** Where the other answer of a pair comes from: a target of the run, or a file of answers. */
export type BaselineRef = { readonly target: string } | { readonly file: string };

/** What a grader needs beside the reply, by its options. */
export type Needs = {
  /** Panels of the config, or targets. */
  readonly judges: readonly string[];
  readonly baselines: readonly BaselineRef[];
  readonly same_family: "refuse" | "allow";
  /** Calls of each judge for one reply, if none has to be repeated; the panel's own number of votes goes first. */
  readonly calls: (votes?: number) => number;
};

export type JudgeRequestOptions = {
  /** From 1: each vote has a seed of its own. */
  readonly vote: number;
  readonly temperature: number;
};

/** A judge's call as the run file keeps it: whom, with what, and the digest of what it was asked. */
export type JudgeCall = CallRecord & {
  readonly judge?: string;
  readonly params?: Params;
  readonly prompt_digest?: string;
};

/** Asks a judge. Rejects with an `AbortError` where the run stops first; its call is in `calls` all the same. */
export type JudgeRequest = (
  judge: string,
  messages: readonly ChatMessage[],
  how: JudgeRequestOptions,
  keep: (call: JudgeCall) => void,
) => Promise<string>;

/** What a judge may be told of an answer: where it stands in its run. */
export type AnswerPlace = {
  readonly item: string;
  readonly wording: string | null;
  readonly trial: number;
  readonly target: string;
};

/** What grading needs of the world outside, where a run has judges. */
export type JudgeAccess = {
  readonly ask: JudgeRequest;
  /** Null where the config has no such panel and it is no target. */
  readonly panel: (name: string, candidate: string) => Panel | null;
  /** Replies of the other side, turn by turn; null where it has none. */
  readonly baseline: (from: BaselineRef, place: AnswerPlace) => Promise<readonly string[] | null>;
  /** Digests of files of answers, for the grader's digest. */
  readonly baselineDigest: (from: BaselineRef) => string | null;
};
