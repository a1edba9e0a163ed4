import { z } from "zod";

import type { WrapperKind } from "./wrappers.ts";

import { sentence } from "../schema/expected.ts";
import { wrapNames, wrapperKinds } from "./wrappers.ts";

/** Another way to ask: a prompt, a system prompt, or both; of all targets or of some. */
export const Wording = z.union([
  z.string().min(1),
  z
    .strictObject({
      system: z.string().min(1).optional(),
      prompt: z.string().min(1).optional(),
      for: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe("globs over the targets that it was written for; others are not asked in it"),
    })
    .refine(({ system, prompt }) => system !== undefined || prompt !== undefined, {
      error: sentence("要写 system 或 prompt，或两样都写", "needs a system, a prompt or both"),
    }),
]);

/** The `wrap:` of a task or of a suite's defaults. */
export const Wrap = z
  .union([z.literal(true), z.array(z.enum(wrapperKinds)).min(1)])
  .describe(
    "with --wordings, ask every item in these disguises as well, each in several wordings: true for all of them",
  );

type Wrapping = {
  readonly wordings?: Readonly<Record<string, unknown>> | undefined;
  readonly wrap?: true | readonly WrapperKind[] | undefined;
  readonly expect?: string | undefined;
};

/**
 * Names of the further wordings that a task's items can be asked in: its own, then its wrappers. The suite's wrappers are for
 * tasks that say whether to refuse.
 */
export const wordingNames = (
  suite: { readonly defaults?: Pick<Wrapping, "wrap"> | undefined },
  { wordings = {}, wrap, expect }: Wrapping,
): readonly string[] => [
  ...Object.keys(wordings),
  ...wrapNames(wrap ?? (expect === undefined ? undefined : suite.defaults?.wrap)),
];
