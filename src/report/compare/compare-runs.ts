import type { Board } from "../../domain/board.ts";
import type { Summary } from "../score/summary.ts";
import type { View } from "../view/model.ts";
import type { Comparison } from "./comparison.ts";
import type { TargetMatch, TargetPair } from "./match-targets.ts";
import type { Side } from "./pairing.ts";
import type { ShownComparison } from "./text.ts";

import { readRedLines } from "../score/red-line-replies.ts";
import { summaryOf } from "../score/summary.ts";
import { buildTree } from "../score/tree.ts";
import { compareTargets } from "./comparison.ts";
import { readFlips } from "./flips.ts";
import { matchTargets } from "./match-targets.ts";
import { compareSlices } from "./slices.ts";

/** A run file with the view of it. */
export type ComparedRun = { readonly file: string; readonly view: View };

export type RunRules = {
  readonly map: readonly TargetPair[];
  readonly board: Board | null;
  /** Suites to look at alone, which are then the board's; none for all. */
  readonly suites?: readonly string[];
  /** What slices are made by. */
  readonly by: readonly string[];
  readonly margin: number;
  readonly seed: number;
  /** Flips whose texts are read, in each direction. */
  readonly flips?: number;
  /** Called before the texts of a comparison are read; throws to refuse it. */
  readonly admit?: (comparison: Comparison) => void;
};

/** Compares every target that both runs hold, with the texts of what changed. */
export async function compareRuns(
  { base, new: fresh }: { readonly base: ComparedRun; readonly new: ComparedRun },
  { map, by, flips = 20, admit, ...rules }: RunRules,
): Promise<readonly ShownComparison[]> {
  const match = matchTargets(base.view, fresh.view, map);
  const shown: ShownComparison[] = [];
  for (const targets of match.pairs) {
    const views = { base: base.view, new: fresh.view };
    const oneFile = base.file === fresh.file;
    const comparison = compareTargets(views, targets, { ...rules, oneFile });
    if (comparison === null) continue;
    admit?.(comparison);
    shown.push(
      ...(await withTexts(comparison, { base, fresh, match, board: rules.board, by, flips })),
    );
  }
  return shown;
}

type Matched = {
  readonly base: ComparedRun;
  readonly fresh: ComparedRun;
  readonly match: TargetMatch;
  readonly board: Board | null;
  readonly by: readonly string[];
  readonly flips: number;
};

async function withTexts(
  comparison: Comparison,
  { base, fresh, match, board, by, flips }: Matched,
): Promise<readonly ShownComparison[]> {
  const before = base.view.byRef.get(comparison.targets.base);
  const after = fresh.view.byRef.get(comparison.targets.new);
  if (before === undefined || after === undefined) return [];
  const runs = { base: base.view.run?.id ?? "", new: fresh.view.run?.id ?? "" };
  const sides = {
    base: { view: base.view, target: before },
    new: { view: fresh.view, target: after },
  };
  const files = { base: base.file, new: fresh.file };
  const summary = ({ view, target }: Side): Summary =>
    summaryOf(view, target, { root: buildTree(view, board), board });
  return [
    {
      comparison,
      runs,
      match,
      sides: { base: summary(sides.base), new: summary(sides.new) },
      red_lines: await redLineTexts(comparison, sides, files),
      slices: await compareSlices(
        { ...sides.base, file: files.base },
        { ...sides.new, file: files.new },
        comparison,
        { by, board },
      ),
      lost: await readFlips(sides, files, comparison.lost, flips),
      won: await readFlips(sides, files, comparison.won, flips),
    },
  ];
}

async function redLineTexts(
  { red_lines }: Comparison,
  sides: { readonly base: Side; readonly new: Side },
  files: { readonly base: string; readonly new: string },
) {
  const read = async (name: "base" | "new") => {
    const { view, target } = sides[name];
    const found = await readRedLines(view, [files[name]], [{ target, lines: red_lines[name] }]);
    return found[0] ?? null;
  };
  return { base: await read("base"), new: await read("new") };
}
