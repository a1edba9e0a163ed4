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
  return {
    ids: () => [...new Set([...graderIds(), ...Object.keys(house)])].toSorted(),
    load: (id) => {
      const file = Object.hasOwn(house, id) ? house[id] : undefined;
      return file === undefined || config === null
        ? loadGrader(id)
        : loadGraderFile(resolve(dirname(config.file), file));
    },
  };
}
