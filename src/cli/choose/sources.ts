import { resolve } from "node:path";

import type { Board } from "../../domain/board.ts";
import type { LoadSummary } from "../../domain/load/summary.ts";
import type { ChoiceCandidate, ChooseSource } from "../../report/choose/criterion.ts";
import type { Context } from "../context.ts";

import { Prices } from "../../domain/choosing/prices.ts";
import { Traffic } from "../../domain/choosing/traffic.ts";
import { UserError } from "../../domain/text.ts";
import { billOf, type MonthlyBill } from "../../report/bill/bill.ts";
import { windowCounter } from "../../report/choose/windows.ts";
import { leaderboardOf } from "../../report/leaderboard/leaderboard.ts";
import { summaryOf as summaryOfLoad } from "../../report/load/summary.ts";
import { withOwnBanks } from "../../report/safety/own-banks.ts";
import { buildTree, itemsOf } from "../../report/score/tree.ts";
import { type View } from "../../report/view/model.ts";
import { readView } from "../../report/view/read.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig } from "../../store/config.ts";
import { readLoad } from "../../store/load/load-file.ts";
import { openVendors } from "../../store/providers/providers.ts";
import { readYaml } from "../../store/yaml/yaml.ts";
import { callFactsOf } from "../bill/call-facts.ts";

type ChooseFiles = {
  readonly runs: readonly string[];
  readonly board: Board | null;
  readonly traffic: string | null;
  readonly prices: string | null;
  readonly loads: readonly string[];
  readonly config: string | null;
};

/** Reads all that a choice looks at. Rejects with a `UserError` for what cannot be read, or holds no target. */
export async function readSources(
  files: ChooseFiles,
  { cwd }: Pick<Context, "cwd">,
): Promise<{ readonly source: ChooseSource; readonly candidates: readonly ChoiceCandidate[] }> {
  const counter = windowCounter();
  const view = await readView(
    files.runs.map((file) => resolve(cwd, file)),
    counter.take,
  );
  const board = withOwnBanks(view, files.board);
  const leaderboard = leaderboardOf(view, { board });
  const root = buildTree(view, board);
  const source: ChooseSource = {
    view,
    leaderboard,
    root,
    method: board?.total.method ?? "macro",
    inside: itemsOf(root, view.items.length),
    bill: await readBill(view, files, cwd),
    loads: await Promise.all(files.loads.map((file) => readSummary(resolve(cwd, file)))),
    windows: counter.windows(),
  };
  const candidates = leaderboard.entries.flatMap((entry): readonly ChoiceCandidate[] => {
    const { target: ref, baseline, reference } = entry.summary;
    const target = view.byRef.get(ref);
    return target === undefined || baseline || reference ? [] : [{ ref, entry, target }];
  });
  if (candidates.length === 0) throw nobody;
  return { source, candidates };
}

async function readBill(
  view: View,
  { traffic: named, prices, config }: ChooseFiles,
  cwd: string,
): Promise<MonthlyBill | null> {
  if (named === null) return null;
  const traffic = (await readYaml(resolve(cwd, named), Traffic)).value;
  const own = prices === null ? null : (await readYaml(resolve(cwd, prices), Prices)).value;
  const vendors = openVendors(builtinFolder("providers"), await readConfig(cwd, config));
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
