import { z } from "zod";

import { fold } from "../../text/normalise.ts";

/** One text or several. */
export const Texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
export type Texts = z.infer<typeof Texts>;

/** Whether ： and : count as one; off, because exact form is what is asked. */
export const foldShape = {
  fold: z.boolean().default(false).describe("full-width and half-width forms count as one"),
};

export const listOf = (texts: Texts): readonly string[] => [texts].flat();

export const folded = (text: string, isFolded: boolean): string => (isFolded ? fold(text) : text);

/** “甲”“乙” as a message lists texts. */
export const inQuotes = (texts: readonly string[]): string =>
  texts.map((text) => `“${text}”`).join("");

/** How often a text occurs, without overlaps. */
export function occurrences(text: string, wanted: string): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length))
    count += 1;
  return count;
}
