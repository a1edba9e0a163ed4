import type { RunLine, Settings, SuiteEntry } from "../../domain/run-file/header.ts";
import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { Soon } from "../../domain/schema/soon.ts";
import type { Task } from "../../domain/suite.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { Generators, ItemSource } from "../../store/suites/expand/item-source.ts";
import type { SuiteFile } from "../../store/suites/suites.ts";

import { digestOf } from "../../domain/digest.ts";
import { itemLine } from "../../domain/prompt.ts";
import { bankOf } from "../../domain/risk/bank.ts";
import { circularOf, rotationsOf } from "../../domain/rotate.ts";
import { isInShard } from "../../domain/run-file/shard.ts";
import { whenThere } from "../../domain/schema/soon.ts";
import { UserError } from "../../domain/text.ts";
import { wordingNames } from "../../domain/wrap/task-wrap.ts";
import { wordingOf } from "../../domain/wrap/wording.ts";
import { openItems } from "../../store/suites/items.ts";
import { isAskedOf } from "./asked-of.ts";
import { type Drawable, type BankDraw, drawn } from "./draw.ts";
import { parseFilter } from "./selection.ts";
import { numbersTo, shuffle, shuffled } from "./shuffle.ts";

/** Everything a run will send, without holding it in memory: four bytes per item besides the suites' own index. */
export type Plan = {
  readonly suites: readonly SuiteEntry[];
  readonly targets: readonly ResolvedTarget[];
  readonly settings: Settings;
  /** Covers suites, targets and the settings that must not change on resume. */
  readonly digest: string;
  readonly size: RunLine["size"];
  /** Number of items that take part. */
  readonly count: number;
  /** The item at an index in the order sent to every target, with all its wordings. */
  readonly item: (place: number) => Soon<ItemLine>;
  readonly close: () => Promise<void>;
};

export type PlanInput = {
  readonly suites: readonly SuiteFile[];
  readonly targets: readonly ResolvedTarget[];
  readonly settings: Settings;
  readonly generators?: Generators;
};

type Opened = {
  readonly suite: SuiteFile;
  readonly task: Task;
  readonly source: ItemSource;
  /** Null (the original) and the wordings in use. */
  readonly wordings: readonly (string | null)[];
  /** How many rows take part. */
  readonly items: number;
  /** Total over all rows of the option rotations sent besides the written order. */
  readonly rotations: number;
};

/** With the rows that take part, while the order is made. */
type Chosen = Omit<Opened, "items" | "rotations"> & { readonly rows: Uint32Array };

/**
 * Plans a run: picks items by filter and limit and shuffles those of all tasks by the seed, so that a run cut
 * short has covered some of everything. Throws a UserError if no item is left; only a shard may be empty.
 */
export async function makePlan(input: PlanInput): Promise<Plan> {
  const { suites, targets, settings } = input;
  const { opened, order } = await openTasks(input);
  if (order.length === 0 && settings.shard === undefined) {
    await closeAll(opened);
    throw nothingToAsk(settings.filter);
  }
  const sizeFor = (ref: string | null): number =>
    settings.trials *
    opened.reduce((sum, { task, items, wordings, rotations }) => {
      const asked = wordings.filter(
        (name) => ref === null || isAskedOf(wordingOf(task, name), ref),
      );
      return sum + items * asked.length + rotations;
    }, 0);
  return {
    suites: suites.map((suite) => suiteEntry(suite, opened)),
    targets,
    settings,
    digest: planDigest(input),
    size: {
      items: order.length,
      // Of a target that is asked in every wording.
      per_target: sizeFor(null),
      answers: targets.reduce((sum, { entry }) => sum + sizeFor(entry.ref), 0),
    },
    count: order.length,
    item: (place) => itemAt(opened, order[place] ?? 0),
    close: () => closeAll(opened),
  };
}

/**
 * Two runs with this digest send the same requests; where to, how fast and at what price does not matter. Shards of one
 * plan share it.
 */
function planDigest({ suites, targets, settings }: PlanInput): string {
  const { trials, seed, limit, draw, filter, wordings, params, via_sim, cold } = settings;
  return digestOf({
    suites: suites.map(({ suite, digest }) => ({ id: suite.id, digest })),
    targets: targets.map(({ entry }) => ({
      ref: entry.ref,
      model: entry.model,
      protocol: entry.protocol,
      params: entry.params,
      ...(entry.body === undefined ? {} : { body: entry.body }),
    })),
    settings: {
      trials,
      seed,
      limit,
      ...(draw === undefined ? {} : { draw }),
      filter,
      wordings,
      params,
      via_sim,
      // The mark itself is another each time.
      ...(cold === undefined ? {} : { cold: true }),
    },
  });
}

/** The tasks, and all rows that take part in the order they are sent, as `itemAt` numbers them. */
async function openTasks(
  input: PlanInput,
): Promise<{ readonly opened: readonly Opened[]; readonly order: Uint32Array }> {
  const { suites, settings, generators = {} } = input;
  const selection = parseFilter(settings.filter);
  const opened: Chosen[] = [];
  try {
    for (const suite of suites) {
      for (const task of suite.suite.tasks) {
        if (!selection.task(suite.suite, task)) continue;
        const source = await openItems(suite, task, generators);
        const chosen = selection.readsItems
          ? await chosenRows(source, (item) => selection.item(suite.suite, task, item))
          : numbersTo(source.count);
        const rows = limited(chosen, settings, `${suite.suite.id}/${task.id}`);
        const names = settings.wordings ? wordingNames(suite.suite, task) : [];
        opened.push({ suite, task, source, wordings: [null, ...names], rows });
      }
    }
    const drawn =
      settings.draw === undefined ? opened : await drawnFrom(opened, settings.draw, settings.seed);
    const chosen = await Promise.all(
      drawn.map(async (each) => ({ ...each, rows: await ofShard(each, settings) })),
    );
    const order = shuffledRows(chosen, settings.seed);
    const tasks = chosen.map(async ({ rows, ...each }) => ({
      ...each,
      items: rows.length,
      rotations: await rotationsIn({ ...each, rows }),
    }));
    return { opened: await Promise.all(tasks), order };
  } catch (error) {
    await closeAll(opened);
    throw error;
  }
}

/** The rows that a draw takes from the banks of all tasks; tasks without any stay, with no rows. */
async function drawnFrom(
  opened: readonly Chosen[],
  draw: BankDraw,
  seed: number,
): Promise<readonly Chosen[]> {
  const candidates: Drawable[] = [];
  for (const [at, { suite, task, source, rows }] of opened.entries()) {
    for (const row of rows) {
      const line = itemLine(suite.suite, task, await source.at(row), []);
      candidates.push({ task: at, row, bank: bankOf(line), risk: line.risk ?? task.id });
    }
  }
  const taken = drawn(candidates, draw, (values, name) => {
    const places = Uint32Array.from(values.keys());
    return [...shuffled(places, seed ^ Number.parseInt(digestOf(name).slice(0, 8), 16))].flatMap(
      (place) => values.slice(place, place + 1),
    );
  });
  return opened.map((each, at) => ({
    ...each,
    rows: Uint32Array.from(
      taken.flatMap(({ task, row }) => (task === at ? [row] : [])).toSorted((a, b) => a - b),
    ),
  }));
}

/** Reads items only if their task is circular. */
async function rotationsIn({ source, rows, suite: { suite }, task }: Chosen): Promise<number> {
  if (circularOf(suite, task) === false) return 0;
  let sum = 0;
  for (const row of rows) sum += rotationsOf(suite, task, await source.at(row)).length;
  return sum;
}

async function chosenRows(
  source: ItemSource,
  wanted: (item: Awaited<ReturnType<ItemSource["at"]>>) => boolean,
): Promise<Uint32Array> {
  const rows: number[] = [];
  for (let row = 0; row < source.count; row += 1) {
    if (wanted(await source.at(row))) rows.push(row);
  }
  return Uint32Array.from(rows);
}

/** The first rows of a seeded permutation, so that a larger limit includes all items of a smaller one. */
function limited(rows: Uint32Array, { limit, seed }: Settings, name: string): Uint32Array {
  if (limit === null || rows.length <= limit) return rows;
  return shuffled(rows, seed ^ Number.parseInt(digestOf(name).slice(0, 8), 16)).subarray(0, limit);
}

/** The rows of this shard: its items are read, because what decides is their key. */
async function ofShard(
  { suite: { suite }, task, source, rows }: Chosen,
  { shard }: Settings,
): Promise<Uint32Array> {
  if (shard === undefined) return rows;
  const own: number[] = [];
  for (const row of rows) {
    const { id } = await source.at(row);
    if (isInShard(`${suite.id}/${task.id}/${id}`, shard)) own.push(row);
  }
  return Uint32Array.from(own);
}

/** The rows of all tasks that take part, shuffled; the rows of a task are numbered on from those of the task before it. */
function shuffledRows(chosen: readonly Chosen[], seed: number): Uint32Array {
  const all = new Uint32Array(chosen.reduce((sum, { rows }) => sum + rows.length, 0));
  let [at, first] = [0, 0];
  for (const { rows, source } of chosen) {
    for (const row of rows) all[at++] = first + row;
    first += source.count;
  }
  return shuffle(all, seed);
}

function itemAt(opened: readonly Opened[], number: number): Soon<ItemLine> {
  let row = number;
  for (const { suite, task, source, wordings } of opened) {
    if (row >= source.count) {
      row -= source.count;
      continue;
    }
    return whenThere(source.at(row), (item) =>
      itemLine(suite.suite, task, item, [...wordings, ...rotationsOf(suite.suite, task, item)]),
    );
  }
  throw new RangeError(`no item ${number} in the plan`);
}

function suiteEntry({ suite, digest, recipe }: SuiteFile, opened: readonly Opened[]): SuiteEntry {
  const own = opened.filter((each) => each.suite.suite.id === suite.id);
  const seeds = suite.tasks.flatMap(({ items }) =>
    "generate" in items ? [[items.generate, items.seed] as const] : [],
  );
  return {
    id: suite.id,
    title: suite.title ?? null,
    license: suite.license ?? null,
    source: suite.source ?? null,
    data_class: suite.data_class ?? "公开",
    digest,
    items: own.reduce((sum, { items }) => sum + items, 0),
    seeds: Object.fromEntries(seeds),
    recipe,
  };
}

async function closeAll(opened: readonly Pick<Opened, "source">[]): Promise<void> {
  await Promise.all(opened.map(({ source }) => source.close()));
}

const nothingToAsk = (filter: string | null): UserError =>
  new UserError(
    filter === null
      ? { zh: "题集里没有题目。", en: "the suites hold no items." }
      : {
          zh: `--filter "${filter}" 没有选中任何题目。`,
          en: `--filter "${filter}" selects no item.`,
        },
  );
