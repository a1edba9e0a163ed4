import { dirname, resolve } from "node:path";

import type { Grader } from "../domain/grader.ts";
import type { ConfigFile } from "./config.ts";

import { graderIds, loadGrader, loadGraderFile } from "../grading/graders.ts";

/** The graders in reach: those that ship, overridden by those the config names. */
export type Graders = {
  readonly ids: () => readonly string[];
  /** Null if there is none of that name; rejects with a `UserError` if an in-house file is not a grader. */
  readonly load: (id: string) => Promise<Grader | null>;
};

/** The graders of a run. Paths of in-house files are relative to the config. */
export function openGraders(config: ConfigFile | null): Graders {
  const house = config?.config.graders ?? {};
  const runners = config?.config.runners ?? {};
  // One object for each, because what is prepared for a grader is kept by it.
  const bound = new Map<string, Grader>();
  const builtin = async (id: string): Promise<Grader | null> => {
    const grader = await loadGrader(id);
    if (grader?.withRunners === undefined || Object.keys(runners).length === 0) return grader;
    const own = bound.get(id) ?? grader.withRunners(runners);
    bound.set(id, own);
    return own;
  };
  return {
    ids: () => [...new Set([...graderIds(), ...Object.keys(house)])].toSorted(),
    load: (id) => {
      const file = Object.hasOwn(house, id) ? house[id] : undefined;
      return file === undefined || config === null
        ? builtin(id)
        : loadGraderFile(resolve(dirname(config.file), file));
    },
  };
}
