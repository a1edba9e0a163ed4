import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { Text } from "../../domain/text.ts";
import type { Skipped } from "../import-suite.ts";
import type { ForeignFile, ForeignRow, ForeignSample, RunImporter } from "./run-importer.ts";

import { digestOf } from "../../domain/digest.ts";
import { createKeySet } from "../../store/suites/key-set.ts";
import { createSkips } from "./skips.ts";

/** What becomes of a sample: the item that it answers, or why there is none. */
export type ItemOf = (
  sample: ForeignSample,
) => ItemLine | { readonly skip: Text } | Promise<ItemLine | { readonly skip: Text }>;

/** One answer of the file at its place in the run: which trial of its target it is. */
export type PlannedAnswer = {
  readonly sample: ForeignSample;
  readonly item: ItemLine;
  readonly trial: number;
};

/** What a first pass over the files found out, which the header of the run file has to say. */
export type ForeignPlan = {
  readonly files: number;
  /** Records, those that hold no reply included. */
  readonly rows: number;
  readonly answers: number;
  readonly items: number;
  /** Items by suite. */
  readonly bySuite: ReadonlyMap<string, number>;
  /** Models as the files call them, with the moments of their first and last answer. */
  readonly models: ReadonlyMap<string, { first: string | null; last: string | null }>;
  readonly trials: number;
  readonly version: string | null;
  readonly graders: readonly GraderRef[];
  readonly skipped: readonly Skipped[];
  /** Covers every item. */
  readonly digest: string;
};

/** Reads the files once without keeping a reply: only what counts them. */
export async function planForeign(
  importer: RunImporter,
  files: readonly ForeignFile[],
  itemOf: ItemOf,
): Promise<ForeignPlan> {
  const items = createKeySet();
  const bySuite = new Map<string, number>();
  const models = new Map<string, { first: string | null; last: string | null }>();
  const graders = new Map<string, GraderRef>();
  const skips = createSkips();
  const versions = new Set<string>();
  let [rows, answers, trials, digest] = [0, 0, 1, ""];
  for await (const each of answersIn(importer, files, itemOf, (version) => versions.add(version))) {
    rows += 1;
    if ("skip" in each) {
      skips.add(each.skip, each.place);
      continue;
    }
    const { sample, item, trial } = each;
    answers += 1;
    trials = Math.max(trials, trial);
    takeMoment(models, sample);
    if (items.has(item.item)) continue;
    items.add(item.item);
    bySuite.set(item.suite, (bySuite.get(item.suite) ?? 0) + 1);
    digest = digestOf([digest, item.item, item.gold_digest, item.asks[0]?.ask_digest]);
    for (const { grader } of item.turns) {
      if (grader !== null) graders.set(JSON.stringify(grader), grader);
    }
  }
  return {
    files: files.length,
    rows,
    answers,
    items: items.size(),
    bySuite,
    models,
    trials,
    version: versions.size === 0 ? null : [...versions].join(", "),
    graders: [...graders.values()],
    skipped: skips.all(),
    digest,
  };
}

function takeMoment(
  models: Map<string, { first: string | null; last: string | null }>,
  { model, when }: ForeignSample,
): void {
  const known = models.get(model) ?? { first: null, last: null };
  models.set(model, known);
  if (when === null) return;
  if (known.first === null || Date.parse(when) < Date.parse(known.first)) known.first = when;
  if (known.last === null || Date.parse(when) > Date.parse(known.last)) known.last = when;
}

/**
 * The answers of the files in their order, and what is left out. A second reply of a model to the same item is a further
 * trial. An item whose prompt differs from the one that was met first under its name becomes one of its own, `…-2`.
 */
export async function* answersIn(
  importer: RunImporter,
  files: readonly ForeignFile[],
  itemOf: ItemOf,
  version: (version: string) => void = () => {},
): AsyncGenerator<
  ({ readonly place: string } & PlannedAnswer) | { readonly place: string; readonly skip: Text }
> {
  const prompts = new Map<string, string[]>();
  const trials = new Map<string, number>();
  for (const file of files) {
    for await (const row of importer.read(file, version)) {
      const place = files.length > 1 ? `${file.name}:${row.place}` : row.place;
      yield { ...(await answerOf(row, itemOf, prompts, trials)), place };
    }
  }
}

async function answerOf(
  row: ForeignRow,
  itemOf: ItemOf,
  prompts: Map<string, string[]>,
  trials: Map<string, number>,
): Promise<PlannedAnswer | { readonly skip: Text }> {
  if ("skip" in row) return { skip: row.skip };
  const { sample } = row;
  const found = await itemOf(sample);
  if ("skip" in found) return found;
  const item = ownItem(found, prompts);
  const key = digestOf([item.item, sample.model]).slice(0, 16);
  const trial = (trials.get(key) ?? 0) + 1;
  trials.set(key, trial);
  return { sample, item, trial };
}

function ownItem(item: ItemLine, prompts: Map<string, string[]>): ItemLine {
  const asked = digestOf([item.asks[0]?.ask_digest, item.gold_digest]).slice(0, 16);
  const known = prompts.get(item.item) ?? [];
  const place = known.indexOf(asked);
  if (place < 0) prompts.set(item.item, [...known, asked]);
  const number = place < 0 ? known.length : place;
  return number === 0 ? item : { ...item, item: `${item.item}-${number + 1}` };
}
