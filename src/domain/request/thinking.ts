import type { Thinking } from "../params.ts";
import type { RequestQuirks, ThinkingRule } from "../provider.ts";

/** Vendors have two words for no thinking. */
export const isOffWord = (thinking: Thinking): boolean => thinking === "off" || thinking === "none";

/** The thinking rule of a model, or undefined if it has no switch. */
export const thinkingRule = ({ thinking }: RequestQuirks): ThinkingRule | undefined =>
  thinking === false ? undefined : thinking;

/** The reason of a level of thinking that is sent as asked, and that the vendor is known to treat as another. */
export const treatedAsAnother = "the vendor treats it as another level";
