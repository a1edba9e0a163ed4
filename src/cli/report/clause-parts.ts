import { resolve } from "node:path";

import type { Board } from "../../domain/board.ts";
import type { PaperPart } from "../../report/export/format.ts";
import type { Context } from "../context.ts";

import { readEvidence } from "../../report/clauses/evidence.ts";
import { readClauses } from "../../report/clauses/read/read-clauses.ts";
import { responseTable } from "../../report/clauses/respond.ts";
import { responseColumns, responseGuide } from "../../report/clauses/text.ts";
import { inBoth } from "../../report/page/both.ts";
import { clean } from "../../report/render/format.ts";

/** Runs and clauses as the user named them; `target` null answers for every target that is no baseline. */
export type ClauseSources = {
  readonly runs: readonly string[];
  readonly clauses: string;
  readonly target: string | null;
  readonly board: Board | null;
};

/** A buyer's clauses answered for each target, as sections of a paper. Loads and traffic are `baimo respond`'s alone. */
export async function clauseParts(
  { runs, clauses: named, target, board }: ClauseSources,
  { cwd }: Pick<Context, "cwd">,
): Promise<readonly PaperPart[]> {
  const clauses = await readClauses(resolve(cwd, named), named);
  const placed = runs.map((shown) => ({ shown, path: resolve(cwd, shown) }));
  const { view, evidence } = await readEvidence(placed, [], clauses);
  const asked = view.targets.filter(({ entry }) => entry?.baseline !== true);
  const targets = target === null ? asked.map(({ ref }) => ref) : [target];
  return targets.map((ref) => {
    const table = responseTable(view, clauses, ref, { ...evidence, board, bills: [] });
    const name = clean(table.target);
    return {
      title: { zh: `逐条响应表 ${name}`, en: `Clauses ${name}` },
      table: inBoth((lang) => responseColumns(table, lang)),
      brief: inBoth((lang) => responseColumns(table, lang, true)),
      // Without its first line, the title.
      lines: responseGuide(table).slice(1),
    };
  });
}
