import type { Board } from "../../domain/board.ts";
import type { View } from "../view/model.ts";

import { formats } from "../../domain/formats.ts";
import { defaultRules } from "../leaderboard/leaderboard.ts";
import { noSuite } from "./suites-text.ts";

/**
 * A board of the named suites alone, all of the same weight, by the rules that hold without one; null where none is named.
 * Throws a `UserError` for a suite that none of the runs holds.
 */
export function boardOfSuites(
  suites: readonly string[],
  runs: Pick<View, "runs">["runs"],
): Board | null {
  if (suites.length === 0) return null;
  const held = new Set(runs.flatMap((run) => run.suites.map(({ id }) => id)));
  const absent = suites.find((id) => !held.has(id));
  if (absent !== undefined) throw noSuite(absent, [...held]);
  return {
    schema: formats.board,
    id: suites.join(" + "),
    members: [...new Set(suites)].map((suite) => ({ suite, weight: 1 })),
    total: { method: "macro" },
    reference: [],
    ...defaultRules,
  };
}
