import { relative } from "node:path";

import type { Context } from "./context.ts";

/** A file as its user would name it: relative where it lies below the folder they are in. */
export function shownPath(file: string, { cwd }: Context): string {
  const short = relative(cwd, file);
  return short.startsWith("..") ? file : short;
}
