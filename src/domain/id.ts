import { z } from "zod";

import { expected } from "./schema/expected.ts";

/**
 * Ids of suites, tasks, items, providers, wordings and variants: letters, digits, `.`, `_`, `-`; not `.` or `..`, which
 * name a folder wherever an id becomes the name of a file.
 */
export const Id = z
  .string()
  .regex(/^(?!\.{1,2}$)[\p{L}\p{N}._-]+$/u, {
    error: expected(
      "标识（字母、数字、汉字、. _ -，且不能只是 . 或 ..）",
      "an id (letters, digits, . _ -; not . or .. alone)",
    ),
  })
  .describe("letters, digits, . _ -; not . or .. alone");

export type KeyParts = {
  /** `suite/task/item` */
  readonly item: string;
  /** Null for the base wording. */
  readonly wording: string | null;
  readonly trial: number;
  /** `provider/model` or `provider/model@variant`. */
  readonly target: string;
};

/** The key of an answer: `suite/task/item~wording#trial@target`. Keys are compared, never parsed. */
export function answerKey({ item, wording, trial, target }: KeyParts): string {
  return `${item}${wording === null ? "" : `~${wording}`}#${trial}@${target}`;
}
