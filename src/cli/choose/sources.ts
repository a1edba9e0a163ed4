import { resolve } from "node:path";

import type { Board } from "../../domain/board.ts";
import type { LoadSummary } from "../../domain/load/summary.ts";
import type { ChoiceCandidate, ChooseSource } from "../../report/choose/criterion.ts";
import type { Context } from "../context.ts";

import { Prices } from "../../domain/choosing/prices.ts";
import { Traffic } from "../../domain/choosing/traffic.ts";
import { UserError } from "../../domain/text.ts";
import { billOf, type MonthlyBill } from "../../report/bill/bill.ts";
import { leaderboardOf } from "../../report/leaderboard/leaderboard.ts";
import { summaryOf as summaryOfLoad } from "../../report/load/summary.ts";
import { migrationReport, migrationSeed, readMigration } from "../../report/migration/migration.ts";
import { withOwnBanks } from "../../report/safety/own-banks.ts";
import { buildTree, itemsOf } from "../../report/score/tree.ts";
import { steadinessFigures } from "../../report/steadiness/figure.ts";
import { type View } from "../../report/view/model.ts";
import { readView } from "../../report/view/read.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig } from "../../store/config.ts";
import { readLoad } from "../../store/load/load-file.ts";
import { openVendors } from "../../store/providers/providers.ts";
import { readYaml } from "../../store/yaml/yaml.ts";
import { callFactsOf } from "../bill/call-facts.ts";
import { readSteadiness } from "../steadiness/read-steadiness.ts";

type ChooseFiles = {
  readonly runs: readonly string[];
  readonly board: Board | null;
  readonly traffic: string | null;
  readonly prices: string | null;
  readonly loads: readonly string[];
  readonly config: string | null;
  /** A folder of nights; null for the runs themselves. */
  readonly history: string | null;
  readonly incumbent: string | null;
  /** Criteria that the card names: the others are not worked out. */
  readonly uses: ReadonlySet<string>;
};

/** Reads all that a choice looks at. Rejects with a `UserError` for what cannot be read, or holds no target. */
export async function readSources(
  files: ChooseFiles,
  { cwd }: Pick<Context, "cwd">,
): Promise<{ readonly source: ChooseSource; readonly candidates: readonly ChoiceCandidate[] }> {
  const runs = files.runs.map((file) => resolve(cwd, file));
  const view = await readView(runs);
  const prices =
    files.prices === null ? null : (await readYaml(resolve(cwd, files.prices), Prices)).value;
  const board = withOwnBanks(view, files.board);
  const leaderboard = leaderboardOf(view, { board });
  const root = buildTree(view, board);
  const source: ChooseSource = {
    view,
    leaderboard,
    root,
    method: board?.total.method ?? "macro",
    inside: itemsOf(root, view.items.length),
    bill: await readBill(view, files, prices, cwd),
    prices,
    loads: await Promise.all(files.loads.map((file) => readSummary(resolve(cwd, file)))),
    steadiness:
      files.uses.has("steadiness") || files.uses.has("latency_tail")
        ? await readFigures(files, cwd)
        : new Map(),
    migration:
      files.incumbent === null || !files.uses.has("migration")
        ? null
        : migrationReport(await readMigration(runs), {
            incumbent: files.incumbent,
            seed: migrationSeed,
          }),
  };
  const candidates = leaderboard.entries.flatMap((entry): readonly ChoiceCandidate[] => {
    const { target: ref, baseline, reference } = entry.summary;
    const target = view.byRef.get(ref);
    return target === undefined || baseline || reference ? [] : [{ ref, entry, target }];
  });
  if (candidates.length === 0) throw nobody;
  return { source, candidates };
}

async function readFigures({ runs, history }: ChooseFiles, cwd: string) {
  const names = history === null ? runs : [history];
  const figures = steadinessFigures(await readSteadiness(names, null, { cwd }));
  return new Map(figures.map((figure) => [figure.target, figure]));
}

async function readBill(
  view: View,
  { traffic: named, config }: ChooseFiles,
  own: Prices | null,
  cwd: string,
): Promise<MonthlyBill | null> {
  if (named === null) return null;
  const traffic = (await readYaml(resolve(cwd, named), Traffic)).value;
  const vendors = openVendors(builtinFolder("providers"), await readConfig(cwd, config), cwd);
  return billOf(traffic, await callFactsOf(view, own, vendors));
}

async function readSummary(file: string): Promise<LoadSummary> {
  const load = await readLoad(file);
  return load.end?.summary ?? summaryOfLoad(load);
}

const nobody = new UserError({
  zh: "这些运行里没有可选的目标：基线和参照不参与选型",
  en: "these runs hold no target to choose: baselines and references are not candidates",
});
