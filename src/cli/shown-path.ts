import { isAbsolute, relative } from "node:path";

import type { Context } from "./context.ts";

/** A file as its user would name it: relative if it lies below the current folder. */
export function shownPath(file: string, { cwd }: Pick<Context, "cwd">): string {
  const short = relative(cwd, file);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? file : short;
}
