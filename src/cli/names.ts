import { isAbsolute, relative } from "node:path";

import type { Problem } from "../domain/text.ts";
import type { Context } from "./context.ts";

const scripts: ReadonlySet<string> = new Set(["start", "baimo"]);

/** How the user can call baimo again: through npm or npx if it was started that way, else by its name. */
export function ownName({ env }: Pick<Context, "env">): string {
  const event = env["npm_lifecycle_event"];
  if (event === "npx") return "npx baimo";
  return event !== undefined && scripts.has(event) ? "npm run -s baimo --" : "baimo";
}

/** A file as its user would name it: relative if it lies below the current folder. */
export function shownPath(file: string, { cwd }: Pick<Context, "cwd">): string {
  const short = relative(cwd, file);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? file : short;
}

/** A problem with its file as its user would name it. A file that stands as it was typed stays so. */
export const shownProblem = (problem: Problem, context: Pick<Context, "cwd">): Problem =>
  isAbsolute(problem.place.file)
    ? { ...problem, place: { ...problem.place, file: shownPath(problem.place.file, context) } }
    : problem;
