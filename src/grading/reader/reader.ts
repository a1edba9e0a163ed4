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

/** What a grader with a reader says of itself; `calls` is how often it may ask about one reply. */
export const readerNeeds = ({ reader }: ReaderOption, calls = 1): Needs => ({
  judges: reader === undefined ? [] : [reader],
  optional: true,
  // Who does not know which text is the gold and can answer only with the reply's own words favours nobody.
  same_family: "allow",
  baselines: [],
  calls: () => (reader === undefined ? 0 : calls),
});

/** Changes with the prompt of readers. */
const readerVersion = "1";
/** Changes with the prompt that compares two answers. */
const sameVersion = "1";

export const readerStamp: NonNullable<Grader<ReaderOption>["stamp"]> = ({ reader }, { panel }) =>
  reader === undefined
    ? undefined
    : { prompt: readerVersion, judges: panel?.(reader)?.judges.map(({ ref }) => ref) ?? null };

/** Needs and stamp of a grader of texts, whose reader is also asked whether two of them come to the same. */
export const readsInSense = <Options extends ReaderOption>(
  inSense: (options: Options) => boolean,
): Required<Pick<Grader<Options>, "needs" | "stamp">> => ({
  needs: (options) => readerNeeds(options, inSense(options) ? 2 : 1),
  stamp: (options, context) => {
    const stamp = readerStamp(options, context);
    return stamp === undefined || !inSense(options) ? stamp : { ...stamp, same: sameVersion };
  },
});

/** A grader by rule alone. */
export type ByRule<Options> = (sample: Sample, options: Options) => Grade;

/**
 * A grader by rule that lets a model read what its rules leave open or read only with doubt. What the model read is graded
 * by the same rules, as if the reply ended with it; what cannot be found in the reply changes nothing. Where `inSense` holds,
 * a text that is not the gold is compared with it in sense as well.
 */
export const withReader =
  <Options extends ReaderOption>(
    byRule: ByRule<Options>,
    askedOf: (sample: Sample, options: Options) => AnswerForm,
    inSense: (options: Options) => boolean = () => false,
  ) =>
  (sample: Sample, options: Options, context: GradeContext): Grade | Promise<Grade> => {
    const ruled = byRule(sample, options);
    if (options.reader === undefined) return ruled;
    const asked = askedOf(sample, options);
    const isCompared = inSense(options) && !(asked.kind === "words" && asked.exactly);
    if (!isSettled(ruled))
      return asReader(sample, options, ruled, { byRule, asked, isCompared }, context);
    return isCompared && asked.kind === "words" && ruled.verdict === "wrong"
      ? asAnnounced(sample, options, ruled, asked, context)
      : ruled;
  };

/** Loaded where a reader is asked, which few runs have. */
const asReader: typeof import("./read.ts").readByModel = async (...given) =>
  (await import("./read.ts")).readByModel(...given);
const asAnnounced: typeof import("./same.ts").gradeAnnounced = async (...given) =>
  (await import("./same.ts")).gradeAnnounced(...given);

/** Read without doubt; or nothing but the question said again, in which there is nothing to be read. */
const isSettled = ({ verdict, why, notes }: Grade): boolean =>
  verdict === "unresolved" ? why === "repeats the question" : notes?.["doubtful"] !== true;
