import type { z } from "zod";

import type { Lang, Text } from "../../domain/text.ts";

/** Whether a text keeps a constraint; `why` says what was found and what was asked, in one sentence. */
export type Tested = { readonly ok: boolean; readonly why: Text };

/** What a constraint may know of the item beside the reply. */
export type AskedOf = { readonly question: string };

/**
 * A constraint is one file in `src/constraints/` that exports `constraint`; the file's name is its id. It sees one text:
 * the reply, or the part of it that the item's `scope` names.
 */
export type Constraint<Options = unknown> = {
  readonly id: string;
  /** Changes whenever a result could change. */
  readonly version: string;
  readonly title: Text;
  readonly options: z.ZodType<Options>;
  /** What makes the options senseless together, or impossible to test here; null where nothing does. */
  readonly check?: (options: Options) => Text | null;
  /** The demand in words, such as 至多 12 个汉字; without the scope. */
  readonly describe: (options: Options, lang: Lang) => string;
  readonly test: (text: string, options: Options, asked: AskedOf) => Tested | Promise<Tested>;
  /** Texts that a reply must hold to keep it: a reply of these alone should not pass an item. */
  readonly words?: (options: Options) => readonly string[];
  /** A question that a judge answers with yes or no beside the test; null where there is none. */
  readonly asks?: (options: Options) => string | null;
};

/** Gives a constraint's options their type from its schema. */
export const defineConstraint = <Options>(constraint: Constraint<Options>): Constraint<Options> =>
  constraint;

export const kept = (zh: string, en: string): Tested => ({ ok: true, why: { zh, en } });
export const broken = (zh: string, en: string): Tested => ({ ok: false, why: { zh, en } });

/** A text of the reply as a message quotes it. */
export function quoted(text: string): string {
  const points = Array.from(text.replaceAll(/\s+/g, " ").trim());
  return points.length <= 24 ? points.join("") : `${points.slice(0, 24).join("")}…`;
}
