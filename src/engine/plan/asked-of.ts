import { globMatches } from "../../text/glob.ts";

/** Whether a target is asked in a wording: in one that names the targets it was written for, only these are. */
export const isAskedOf = (
  { for: written }: { readonly for?: readonly string[] | undefined },
  ref: string,
): boolean => written === undefined || written.some((glob) => globMatches(glob, ref));
