/** What the parent and the box tell each other. Nothing here says what a right result would be. */

export const languages = ["python", "javascript", "sql"] as const;
export type CodeLanguage = (typeof languages)[number];

export type BoxLimits = {
  /** Processor time of one job. */
  readonly time_ms: number;
  /** Of the interpreter's linear memory, its own part included. */
  readonly memory_bytes: number;
  /** Of what the program prints, files that it writes, and each value. */
  readonly output_bytes: number;
};

/** Code that prepares a test, and the expressions whose values are asked for afterwards. */
export type Probe = { readonly setup: string; readonly expressions: readonly string[] };

/** One program in one fresh interpreter. */
export type BoxJob = {
  readonly language: CodeLanguage;
  readonly program: string;
  /** What the program reads; null where it is not run as a whole but asked for values. */
  readonly stdin: string | null;
  readonly probes: readonly Probe[];
  /** SQL alone: what stands in the database before the program runs. */
  readonly before: string;
  readonly limits: BoxLimits;
};

/**
 * A value as its interpreter stores it, tagged by kind: `["i", "12"]`, `["l", [["s", "甲"]]]`. Which tags there are and
 * what they mean differs by language; numbers are text, so that none is rounded on its way.
 */
export type WireValue = readonly [tag: string, ...parts: readonly unknown[]];

/**
 * `error`: the program raised; `closed`: it reached for what the box does not have; `crash`: its interpreter or process
 * ended; `unavailable`: the box could not be started, which says nothing about the program. The others name the limit
 * that it met.
 */
export type FailureKind =
  | "error"
  | "time"
  | "memory"
  | "output"
  | "closed"
  | "crash"
  | "unavailable";
export type BoxFailure = { readonly kind: FailureKind; readonly message: string };

export type ProbeResult =
  | { readonly values: readonly WireValue[] }
  | { readonly failure: BoxFailure };

/** Rows of the last statement that had columns; SQL alone. */
export type ResultTable = { readonly rows: readonly (readonly WireValue[])[] };

export type BoxResult = {
  /** What the program printed, as far as it is kept. */
  readonly stdout: string;
  /** Why the program itself did not reach its end; the probes then have no results. */
  readonly failure: BoxFailure | null;
  /** One per probe, up to the one that broke the interpreter. */
  readonly probes: readonly ProbeResult[];
  readonly table: ResultTable | null;
};

/** Sent to the box's process: the nonce comes back with the result and is known to neither program nor interpreter. */
export type BoxRequest = { readonly nonce: string; readonly job: BoxJob };
export type BoxReply = { readonly nonce: string; readonly result: BoxResult };

/** Files of the interpreters, as absolute paths; null where the package is not installed. */
export type InterpreterFiles = Readonly<Record<CodeLanguage, string | null>>;

/** First message to a box. */
export type BoxStart = {
  readonly files: InterpreterFiles;
  /** Memory of a started Python, made by a box that never ran a program; null to start it from nothing. */
  readonly snapshot: string | null;
};

/** Told while a job runs, so that what came before a program had to be ended is not lost. */
export type Progress = {
  /** The program has reached its end; its probes follow. */
  readonly loaded: () => void;
  readonly probed: (result: ProbeResult) => void;
};

/** An interpreter whose state ends with each job. */
export type Interpreter = {
  /** Never throws: what the program does comes back as a failure. */
  readonly run: (job: BoxJob, progress: Progress) => BoxResult;
  /** True after a job whose traces are still there. */
  readonly isSpent: () => boolean;
  /** Makes it fresh again; absent where only a new thread can. */
  readonly renew?: () => Promise<void>;
};

/** Thrown through an interpreter to end its program. */
export class BoxStop extends Error {
  readonly kind: FailureKind;
  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

export const noResult = (failure: BoxFailure): BoxResult => ({
  stdout: "",
  failure,
  probes: [],
  table: null,
});
