import { z } from "zod";

import type { Grade, GradeContext, Grader, Sample } from "../../domain/grader.ts";
import type { Needs } from "../../domain/judging.ts";
import type { AnswerForm } from "./answer-form.ts";

/** The option of graders that a model can help to read. */
export const readerOption = {
  reader: z
    .string()
    .min(1)
    .optional()
    .describe(
      "a panel of the config, or a target, that reads the replies which the rules cannot read, or only with doubt; it never sees the gold",
    ),
} as const;
export type ReaderOption = { readonly reader?: string | undefined };

/** What a grader with a reader says of itself. */
export const readerNeeds = ({ reader }: ReaderOption): Needs => ({
  judges: reader === undefined ? [] : [reader],
  optional: true,
  // Who sees no gold and can answer only with the reply's own words favours nobody.
  same_family: "allow",
  baselines: [],
  calls: () => (reader === undefined ? 0 : 1),
});

/** Changes with the prompt of readers. */
const readerVersion = "1";

export const readerStamp: NonNullable<Grader<ReaderOption>["stamp"]> = ({ reader }, { panel }) =>
  reader === undefined
    ? undefined
    : { prompt: readerVersion, judges: panel?.(reader)?.judges.map(({ ref }) => ref) ?? null };

/** A grader by rule alone. */
export type ByRule<Options> = (sample: Sample, options: Options) => Grade;

/**
 * A grader by rule that lets a model read what its rules leave open or read only with doubt. What the model read is graded
 * by the same rules, as if the reply ended with it; what cannot be found in the reply changes nothing.
 */
export const withReader =
  <Options extends ReaderOption>(
    byRule: ByRule<Options>,
    askedOf: (sample: Sample, options: Options) => AnswerForm,
  ) =>
  (sample: Sample, options: Options, context: GradeContext): Grade | Promise<Grade> => {
    const ruled = byRule(sample, options);
    return options.reader === undefined || isSettled(ruled)
      ? ruled
      : asReader(sample, options, ruled, { byRule, asked: askedOf(sample, options) }, context);
  };

/** Loaded where a reader is asked, which few runs have. */
const asReader: typeof import("./read.ts").readByModel = async (...given) =>
  (await import("./read.ts")).readByModel(...given);

/** Read without doubt; or nothing but the question said again, in which there is nothing to be read. */
const isSettled = ({ verdict, why, notes }: Grade): boolean =>
  verdict === "unresolved" ? why === "repeats the question" : notes?.["doubtful"] !== true;
