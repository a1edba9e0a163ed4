import { z } from "zod";

import type { Passage } from "./app/passage.ts";
import type { ChatMessage, ToolCall } from "./call.ts";
import type { CodeRunner } from "./config.ts";
import type { JudgeRequestOptions, Ballot, BaselineRef, Needs, Panel } from "./judging.ts";
import type { LabelsSaid, SubScore } from "./run-file/sub-score.ts";
import type { EnvironmentRef, GraderRef, Tool } from "./suite.ts";
import type { Text } from "./text.ts";

import { byName, list, Present, record } from "./schema/readonly.ts";

export const verdicts = [
  "right",
  "wrong",
  "partial",
  "unresolved",
  "filtered",
  "overflow",
  "ungraded",
  "failed",
] as const;
/** Definitions: docs/metrics.md. `filtered`, `overflow` and `failed` come from the call, the others from a grader. */
export type Verdict = (typeof verdicts)[number];

export const Scalar = z.union([z.string(), z.number(), z.boolean()]);
export type Scalar = z.infer<typeof Scalar>;

const OneOrMore = z.union([Scalar, list(Scalar)]);

/** A standard answer decides right and wrong, a sample only shows how deep a reply may go, and none is not shown. */
const referenceKinds = ["answer", "sample", "none"] as const;

export const goldShape = {
  question: z.string(),
  /** Letter to text; null if the turn has no options. */
  options: byName(z.string()).nullable(),
  answer: OneOrMore.nullable(),
  /** An answer of several parts by name; absent where the suite gives none, and `answer` is then null where it is there. */
  answer_map: byName(z.json()).exactOptional(),
  answers: list(OneOrMore).nullable(),
  aliases: list(z.string()),
  tolerance: z.number().nonnegative().nullable(),
  unit: z.string().nullable(),
  points: z.number().positive().nullable(),
  partial: z.string().nullable(),
  reference: z.string().nullable(),
  /** What the reference is; absent where the suite does not say. */
  reference_kind: z.enum(referenceKinds).exactOptional(),
  rubric: Present,
  constraints: list(Present).nullable(),
  tests: Present,
  /** Programs that must fail the tests; absent where none are written. */
  mutants: list(z.string()).exactOptional(),
  expected_calls: list(Present).nullable(),
  /** What the item is there for: to be refused, or to be answered although it looks like one that is refused. */
  expect: z.enum(["refuse", "answer"]).nullable(),
  /** Passages that hold the answer, by id, title or text; absent where the suite names none. */
  gold_passages: list(z.string()).exactOptional(),
  /** A reply that is right; absent where the suite gives none. */
  witness: z.string().exactOptional(),
};

/** What counts as a right reply to one turn, as recorded in the run file. */
const Gold = record(goldShape);
export type Gold = z.infer<typeof Gold>;

/** One reply to be graded. `reply` is only the answer text, as the vendor sent it. */
export type Sample = {
  readonly gold: Gold;
  readonly reply: string;
  readonly finish_reason: string | null;
  /** What the target retrieved, else the passages of the item's context; absent where there are neither. */
  readonly passages?: readonly Passage[];
  /** The conversation before this reply, including the current turn; absent if only the reply is known. */
  readonly dialogue?: readonly ChatMessage[];
  /** The calls that the vendor sent beside the text. */
  readonly calls?: readonly ToolCall[];
  /** The item's tools. */
  readonly tools?: readonly Tool[];
  /** Where an environment answered the calls: how it began, and the calls of each reply. */
  readonly play?: {
    readonly environment: EnvironmentRef;
    readonly steps: readonly (readonly ToolCall[])[];
  };
};

export type Grade = {
  readonly verdict: "right" | "wrong" | "partial" | "unresolved" | "ungraded";
  /** In [0, 1]; 0 for unresolved; null for ungraded. */
  readonly value: number | null;
  /** What the grader took for the answer. */
  readonly extracted: string | null;
  /** The rule that decided, in a word or two: `marker`, `boxed`, `last number`. */
  readonly why: string;
  /** Facts counted separately, such as `format_followed`. `doubtful: true` sends the answer to `review`. */
  readonly notes?: Readonly<Record<string, Scalar>>;
  /** The judges' votes, if judges graded. */
  readonly ballots?: readonly Ballot[];
  /** What each of several checks or fields scored, if the grader has such. */
  readonly sub_scores?: readonly SubScore[];
  /** The labels that the reply gives, if the grader reads labels. */
  readonly labels?: LabelsSaid;
};

/** What a grader may use besides its sample. */
export type GradeContext = {
  /** Graders by id, those of the config included; absent where only built-in ones are in reach. */
  readonly load?: (id: string) => Promise<Grader | null>;
  /** Calls a judge model; absent if the run has no judge. Rejects if the judge cannot be reached. */
  readonly ask?: (
    judge: string,
    prompt: string | readonly ChatMessage[],
    how?: JudgeRequestOptions,
  ) => Promise<string>;
  /** The panel of this name in the config, or a target by its own name; null if there is none. */
  readonly panel?: (name: string) => Panel | null;
  /** The other side's replies up to the graded turn; null if it has none. */
  readonly baseline?: (from: BaselineRef) => Promise<readonly string[] | null>;
  readonly baselineDigest?: (from: BaselineRef) => string | null;
  /** The target whose reply is graded. */
  readonly candidate?: string;
};

/** A problem of a gold: the path below the turn, such as `answer`, and what is wrong. */
export type GoldProblem = { readonly path: string; readonly message: Text };

/** The fields of a gold that some graders read and others do not. Every grader declares its own. */
export const goldFields = [
  "answer",
  "answers",
  "aliases",
  "tolerance",
  "unit",
  "partial",
  "reference",
  "rubric",
  "constraints",
  "tests",
  "mutants",
  "expected_calls",
  "gold_passages",
] as const;
export type GoldField = (typeof goldFields)[number];

/** A grader that another one uses. */
export type GraderPart = {
  /** In the options of the grader that uses it, such as `rule` or `checks[0]`. */
  readonly path: string;
  readonly ref: GraderRef;
  /** What it is called in messages; absent where its path says enough. */
  readonly name?: string;
  /** The gold that it is given; absent where it is the item's, null where this item has none for it. */
  readonly gold?: (gold: Gold) => Gold | null;
};

/** A grader is one file in `src/graders/` that exports `grader`; the file's name is its id. */
export type Grader<Options = unknown> = {
  readonly id: string;
  /** Changes whenever a verdict could change. */
  readonly version: string;
  readonly title: Text;
  readonly options: z.ZodType<Options>;
  /** The fields of a gold that it reads, those of its parts aside; `check` warns of the others. Absent where it cannot say. */
  readonly reads?: readonly GoldField[];
  /** True if an answer may be a map of several parts by name. */
  readonly takesMap?: true;
  /** True if it grades in processes of its own or by other graders, which makes no sense to do from a worker. */
  readonly isApart?: boolean;
  /** True if grading this sample would block the event loop for long: it then runs in a worker. */
  readonly heavy?: (sample: Sample, options: Options) => boolean;
  /** Judges and other answers that it needs; absent for graders that need none. */
  readonly needs?: (options: Options) => Needs;
  /** What else affects verdicts besides version and options, such as who judges; part of the grader's digest. */
  readonly stamp?: (options: Options, context: GradeContext) => unknown;
  /** Graders that it uses itself, with their path in the options; they are checked too. */
  readonly parts?: (options: Options) => readonly GraderPart[];
  /** True if it grades tool calls, so that a reply without a word says something. */
  readonly readsCalls?: true;
  /** The same grader with what the config says of its languages. */
  readonly withRunners?: (runners: Readonly<Record<string, CodeRunner>>) => Grader<Options>;
  /** What has to be installed before it can grade with these options; null where nothing is missing. */
  readonly missing?: (options: Options) => Text | null;
  /** Problems of a gold that make grading impossible; found before any call is made. `tools` are the item's. */
  readonly check: (
    gold: Gold,
    options: Options,
    tools?: readonly Tool[],
  ) => readonly GoldProblem[] | Promise<readonly GoldProblem[]>;
  /** Tries out what a gold claims of itself, as long as that takes; `baimo check` alone asks for it. */
  readonly prove?: (gold: Gold, options: Options) => Promise<readonly GoldProblem[]>;
  /** What it can only guess about a gold that it accepts; `baimo check` shows it. */
  readonly remarks?: (gold: Gold, options: Options) => readonly Text[];
  readonly grade: (
    sample: Sample,
    options: Options,
    context: GradeContext,
  ) => Grade | Promise<Grade>;
};

/** Gives a grader's options their type from its schema. */
export const defineGrader = <Options>(grader: Grader<Options>): Grader<Options> => grader;
