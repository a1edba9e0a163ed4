import type { Context } from "./context.ts";
import { relative } from "node:path";

const scripts: ReadonlySet<string> = new Set(["start", "baimo"]);

/** How the user can call baimo again: through npm or npx as before, else by its name. */
export function ownName({ env }: Pick<Context, "env">): string {
  const event = env["npm_lifecycle_event"];
  if (event === "npx") return "npx baimo";
  return event !== undefined && scripts.has(event) ? "npm run -s baimo --" : "baimo";
}

/** A file as its user would name it: relative where it lies below the folder they are in. */
export function shownPath(file: string, { cwd }: Context): string {
  const short = relative(cwd, file);
  return short.startsWith("..") ? file : short;
}
