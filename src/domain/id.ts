import { z } from "zod";

/** Ids of suites, tasks, items, providers, wordings and variants: letters, digits, `.`, `_`, `-`. */
export const Id = z
  .string()
  .regex(/^[\p{L}\p{N}._-]+$/u)
  .describe("letters, digits, . _ -");

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
