import type { Interval } from "../../stats/interval.ts";
import type { View } from "../view/model.ts";

import { rotationOf } from "../../domain/rotate.ts";
import { UserError } from "../../domain/text.ts";
import { wrapperKindOf } from "../../domain/wrap/wrappers.ts";
import { isAskedOf } from "../../engine/plan/asked-of.ts";
import { type BestOf, bestOf } from "../../stats/difference/cross-fit.ts";
import { pairedInterval } from "../../stats/difference/paired.ts";
import { studentQuantile } from "../../stats/distributions.ts";
import { clusteredMean } from "../../stats/interval.ts";
import { numberOf } from "../view/columns.ts";
import { readView } from "../view/read.ts";

/** Run files with what a view does not hold: the prompts of each item, and for whom they were written. */
export type MigrationReading = {
  readonly view: View;
  /** By number of the item: its wordings, with the targets that each was written for. */
  readonly asks: readonly (readonly Ask[])[];
};

type Ask = { readonly wording: string | null; readonly for?: readonly string[] };

/** A difference of means over the same items, in fractions. */
type Change = { readonly value: number; readonly interval: Interval | null };

/** What moving to a target costs in effect, with the prompts in use and with some of its own. */
export type Migration = {
  readonly target: string;
  readonly items: number;
  /** Mean value with the prompts in use, items of equal weight. */
  readonly unified: number;
  /** With the prompt that does best for it, chosen on other items than those on which it is measured. */
  readonly best: number;
  /** best − unified: what is lost until its prompts are rewritten. */
  readonly cost: Change;
  /** Less the incumbent with its own prompts, over the items of both; null for the incumbent. */
  readonly against: { readonly unified: Change; readonly best: Change } | null;
  /** Wordings that it was asked in beside the one in use. */
  readonly wordings: readonly string[];
  /** The wording that all items choose; null is the one in use. */
  readonly chosen: string | null;
  /** The mean of that wording on the items that chose it, which is too high where there are several. */
  readonly chosen_mean: number;
  /** Tasks whose prompt the chosen wording changes, of all tasks. */
  readonly prompts: { readonly change: number; readonly all: number };
};

/** Of the splits of items, unless another is named: one run gives one cost wherever it is shown. */
export const migrationSeed = 7;

export type MigrationReport = {
  readonly incumbent: string;
  readonly targets: readonly Migration[];
  /** Targets that were asked in no other wording. */
  readonly untuned: readonly string[];
  readonly seed: number;
};

export async function readMigration(files: readonly string[]): Promise<MigrationReading> {
  const asks: (readonly Ask[])[] = [];
  const view = await readView(files, (line, _place, { itemKeys }) => {
    if (line.kind !== "item") return;
    asks[numberOf(itemKeys, line.item)] = line.asks.filter(
      ({ wording }) => rotationOf(wording) === 0 && wrapperKindOf(wording) === null,
    );
  });
  return { view, asks };
}

/**
 * The cost of migration of every target that was asked in further wordings. Where some wordings were written for it
 * (`for`), only these are its own; else all that it was asked in. Throws a UserError where there are none.
 */
export function migrationReport(
  reading: MigrationReading,
  { incumbent, seed }: { readonly incumbent: string; readonly seed: number },
): MigrationReport {
  const { view } = reading;
  const refs = view.targets.filter(({ entry }) => entry?.baseline !== true).map(({ ref }) => ref);
  if (!refs.includes(incumbent))
    throw new UserError({
      zh: `运行里没有目标 ${incumbent}；有：${refs.join("、") || "无"}`,
      en: `The run holds no target ${incumbent}; it holds: ${refs.join(", ") || "none"}`,
    });
  const columns = new Map(refs.map((ref) => [ref, columnsOf(reading, ref)]));
  const base = columns.get(incumbent);
  const found = refs.flatMap((ref) => {
    const own = columns.get(ref);
    if (own === undefined || own.items.length === 0) return [];
    if (own.names.length < 2 && ref !== incumbent) return [];
    return [migrationOf(reading, ref, own, ref === incumbent ? null : (base ?? null), seed)];
  });
  if (found.every(({ wordings }) => wordings.length === 0))
    throw new UserError({
      zh: "没有目标答过另一种问法。在题集的 wordings 里写上为各目标改写的提示词（for 写明目标），再用 baimo run --wordings 跑。",
      en: "No target was asked in another wording. Write prompts for the targets under wordings of the suite (for names them) and run with baimo run --wordings.",
    });
  return {
    incumbent,
    targets: found,
    untuned: refs.filter((ref) => ref !== incumbent && (columns.get(ref)?.names.length ?? 0) < 2),
    seed,
  };
}

/** Values of a target by wording, then by item; the first wording is the one in use. */
type Columns = {
  readonly names: readonly (string | null)[];
  readonly items: readonly number[];
  readonly values: readonly (readonly number[])[];
};

/** Items with a value in every wording that their task has; a wording that a task lacks leaves its prompt as it is. */
function columnsOf({ view, asks }: MigrationReading, ref: string): Columns {
  const target = view.byRef.get(ref);
  if (target === undefined) return { names: [null], items: [], values: [[]] };
  const means = new Map<string, { sum: number; n: number }>();
  const { at, length } = target.rows;
  for (let row = 0; row < length; row++) {
    const value = at.value[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const key = `${at.item[row]}\n${view.wordings[at.wording[row] ?? 0] ?? ""}`;
    const mean = means.get(key) ?? { sum: 0, n: 0 };
    mean.sum += value;
    mean.n++;
    means.set(key, mean);
  }
  const valueOf = (item: number, wording: string | null): number | null => {
    const mean = means.get(`${item}\n${wording ?? ""}`);
    return mean === undefined ? null : mean.sum / mean.n;
  };
  const mine = asks.map((each) => each.filter((ask) => isAskedOf(ask, ref)));
  const isTuned = mine.some((each) => each.some((ask) => ask.for !== undefined));
  const own = mine.map((each) =>
    each.filter((ask) => ask.wording !== null && (!isTuned || ask.for !== undefined)),
  );
  const names = [null, ...new Set(own.flatMap((each) => each.map(({ wording }) => wording)))];
  const items: number[] = [];
  const values: number[][] = names.map(() => []);
  for (const [item, wordings] of own.entries()) {
    const plain = valueOf(item, null);
    const row = names.map((name) =>
      wordings.some(({ wording }) => wording === name) ? valueOf(item, name) : plain,
    );
    if (row.some((value) => value === null)) continue;
    items.push(item);
    for (const [place, value] of row.entries()) values[place]?.push(value ?? 0);
  }
  return { names, items, values };
}

function migrationOf(
  { view, asks }: MigrationReading,
  target: string,
  { names, items, values }: Columns,
  incumbent: Columns | null,
  seed: number,
): Migration {
  const clusters = items.map((item) => view.items.at.cluster[item] ?? 0);
  const found = bestOf(values, clusters, seed);
  const chosen = names[found.chosen] ?? null;
  const tasks = new Map<number, boolean>();
  for (const item of items) {
    const task = view.items.at.task[item] ?? 0;
    const changes = chosen !== null && asks[item]?.some(({ wording }) => wording === chosen);
    tasks.set(task, tasks.get(task) === true || changes === true);
  }
  return {
    target,
    items: items.length,
    unified: found.base,
    best: found.best,
    cost: { value: found.gain, interval: found.interval },
    against:
      incumbent === null ? null : againstIncumbent(view, { items, values }, incumbent, found),
    wordings: names.filter((name) => name !== null),
    chosen,
    chosen_mean: found.chosen_mean,
    prompts: { change: [...tasks.values()].filter(Boolean).length, all: tasks.size },
  };
}

/** Over the items of both, the incumbent with the prompts in use. */
function againstIncumbent(
  view: View,
  { items, values }: Pick<Columns, "items" | "values">,
  incumbent: Columns,
  { by_item }: BestOf,
): Migration["against"] {
  const places = new Map(incumbent.items.map((item, place) => [item, place]));
  const common = items.flatMap((item, place) => {
    const theirs = places.get(item);
    return theirs === undefined ? [] : [{ item, place, theirs }];
  });
  if (common.length === 0) return null;
  const clusters = common.map(({ item }) => view.items.at.cluster[item] ?? 0);
  const changeOf = (own: readonly number[]): Change => {
    const differences = common.map(
      ({ place, theirs }) => (own[place] ?? 0) - (incumbent.values[0]?.[theirs] ?? 0),
    );
    const { mean, se, clusters: count } = clusteredMean({ values: differences, clusters });
    const quantile = studentQuantile(0.975, Math.max(1, count - 1));
    const interval =
      se === null || count < 5 ? null : pairedInterval(mean, se, count, quantile).interval;
    return { value: mean, interval };
  };
  return { unified: changeOf(values[0] ?? []), best: changeOf(by_item) };
}

/**
 * Points of effect that a target loses until its prompts are rewritten, never below 0, for a scorecard; null where it was
 * asked in no wording of its own.
 */
export function migrationPoints(report: MigrationReport, target: string): number | null {
  const found = report.targets.find((each) => each.target === target);
  if (found === undefined || found.wordings.length === 0) return null;
  return 100 * Math.max(0, found.cost.value);
}
